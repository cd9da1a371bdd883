import { startChatset, type TestServer } from '../support/chatset.js';
import { post } from '../support/sample-server.js';
import type { Person } from '../support/wire-person.js';

/** What is wrong, as a literal; the place of each fault. */
const faulty: [literal: string, paths: string[]][] = [
  ['{ title: 7, userIds: [] }', ['title']],
  ['{ title: "a", userIds: ["5f0000000000000000000000", 1.5] }', ['userIds.1']],
  ['{ title: "a", userIds: [{}, true] }', ['userIds.0', 'userIds.1']],
  ['{ title: "a", userIds: [], titel: "b" }', ['input']],
  ['{ userIds: [] }', ['title']],
  ['{ title: null, userIds: [] }', ['title']],
  ['"a"', ['input']],
];

describe('a value of the wrong type', () => {
  let server: TestServer;
  let ana: Person;
  beforeAll(async () => {
    server = await startChatset();
    [ana] = await server.people('ana');
  });
  afterAll(() => server.stop());

  async function pathsOf(query: string, variables?: unknown): Promise<string[]> {
    const response = await post(server.url, { query, variables }, { token: ana.token });
    const { errors } = (await response.json()) as { errors: { extensions: { fields: { path: string }[] } }[] };
    return errors.flatMap(({ extensions }) => extensions.fields.map(({ path }) => path));
  }

  it.each(faulty)('is named the same in the document and in a variable: %s', async (literal, paths) => {
    expect(await pathsOf(`mutation { groupCreate(input: ${literal}) { conversation { id } } }`)).toEqual(paths);
    const value: unknown = JSON.parse(literal.replaceAll(/(\w+):/g, '"$1":'));
    const query = 'mutation ($input: GroupCreateInput!) { groupCreate(input: $input) { conversation { id } } }';
    expect(await pathsOf(query, { input: value })).toEqual(paths);
  });
});
