import type { OperationRequest } from '../../src/graphql/executor.js';
import { contextOf } from '../support/sample-core.js';
import { connect, post, runOverSocket, startSampleServer, type SampleServer } from '../support/sample-server.js';

/** Bad operations by what is wrong with them, with the code that every transport must answer. */
const badOperations: Record<
  string,
  OperationRequest & { query: string; code: string; anonymous?: true; fields?: unknown }
> = {
  'no identity': { query: '{ whoami }', code: 'UNAUTHENTICATED', anonymous: true },
  'an error of a service': { query: '{ fail(how: "chat") }', code: 'CONFLICT' },
  'a thing that does not exist': { query: '{ note(id: "none") { id } }', code: 'NOT_FOUND' },
  'a lost database': { query: '{ fail(how: "database") }', code: 'UNAVAILABLE' },
  'a fault of the program': { query: '{ fail(how: "bug") }', code: 'INTERNAL' },
  'an empty document': { query: '', code: 'BAD_USER_INPUT' },
  'a document of spaces and comments': { query: ' ,\n# { whoami }', code: 'BAD_USER_INPUT' },
  'a syntax error': { query: '{ whoami(hunter2', code: 'BAD_USER_INPUT' },
  'an unknown field': { query: '{ whoam }', code: 'BAD_USER_INPUT' },
  'a bad literal': {
    query: '{ note(id: { hunter2: "hunter2" }) { id } }',
    code: 'BAD_USER_INPUT',
    fields: [{ path: 'id', message: 'must be an id' }],
  },
  'a bad literal within an input': {
    query: 'mutation { noteAdd(input: { text: 7 }) { id } }',
    code: 'BAD_USER_INPUT',
    fields: [{ path: 'text', message: 'must be a text' }],
  },
  'a list where one value belongs': {
    query: 'mutation { noteAdd(input: { text: ["hunter2"] }) { id } }',
    code: 'BAD_USER_INPUT',
    fields: [{ path: 'text', message: 'must be a text' }],
  },
  'an input literal that lacks a property': {
    query: 'mutation { noteAdd(input: {}) { id } }',
    code: 'BAD_USER_INPUT',
    fields: [{ path: 'text', message: 'is required' }],
  },
  'an input literal with a property too many': {
    query: 'mutation { noteAdd(input: { text: "a", tex: "hunter2" }) { id } }',
    code: 'BAD_USER_INPUT',
    fields: [{ path: 'input', message: 'has a property that NoteInput does not define' }],
  },
  'a broken rule': {
    query: 'mutation { noteAdd(input: { text: "hunter2 hunter2" }) { id } }',
    code: 'BAD_USER_INPUT',
    fields: [{ path: 'text', message: 'must have 1 to 10 characters' }],
  },
  'a bad variable': {
    query: 'mutation($input: NoteInput!) { noteAdd(input: $input) { id } }',
    variables: { input: { text: ['hunter2'] } },
    code: 'BAD_USER_INPUT',
    fields: [{ path: 'text', message: 'must be a text' }],
  },
  'a missing property': {
    query: 'mutation($input: NoteInput!) { noteAdd(input: $input) { id } }',
    variables: { input: {} },
    code: 'BAD_USER_INPUT',
    fields: [{ path: 'text', message: 'is required' }],
  },
  'a property too many': {
    query: 'mutation($input: NoteInput!) { noteAdd(input: $input) { id } }',
    variables: { input: { text: 'a', tex: 'hunter2' } },
    code: 'BAD_USER_INPUT',
    fields: [{ path: 'input', message: 'has a property that NoteInput does not define' }],
  },
  'a missing variable': {
    query: 'query($id: ID!) { note(id: $id) { id } }',
    code: 'BAD_USER_INPUT',
    fields: [{ path: 'id', message: 'is required' }],
  },
  'a variable that is null': {
    query: 'query($id: ID!) { note(id: $id) { id } }',
    variables: { id: null },
    code: 'BAD_USER_INPUT',
    fields: [{ path: 'id', message: 'must not be null' }],
  },
  'a page that is too large': {
    query: '{ notes(first: 201) { pageInfo { endCursor } } }',
    code: 'BAD_USER_INPUT',
    fields: [{ path: 'first', message: 'must not be greater than 200' }],
  },
  'no operation of that name': { query: 'query A { whoami }', operationName: 'B', code: 'BAD_USER_INPUT' },
  'too much depth': { query: `{ ${'a {'.repeat(11)} b ${'}'.repeat(11)} }`, code: 'BAD_USER_INPUT' },
  'too many aliases': {
    query: `{ ${Array.from({ length: 31 }, (_, at) => `a${at}: whoami`).join(' ')} }`,
    code: 'BAD_USER_INPUT',
  },
  'too many directives': { query: `{ whoami ${'@include(if: true) '.repeat(21)} }`, code: 'BAD_USER_INPUT' },
  'too many tokens': { query: `{ ${'whoami '.repeat(2_001)} }`, code: 'BAD_USER_INPUT' },
  'too high a cost': {
    query: `query($n: Int) { ${[1, 2, 3, 4, 5].map((at) => `n${at}: notes(first: $n) { edges { ${'node { id text at } '.repeat(6)} } }`).join(' ')} }`,
    code: 'BAD_USER_INPUT',
  },
  'a subscription that depends on a variable': {
    query: 'subscription($a: Boolean!) { noted(topic: "hunter2") @include(if: $a) { id } }',
    variables: { a: true },
    code: 'BAD_USER_INPUT',
  },
  'a subscription of nothing': {
    query: 'subscription { noted(topic: "hunter2") @skip(if: true) { id } }',
    code: 'BAD_USER_INPUT',
  },
  'a subscription that depends on a condition in a fragment': {
    query:
      'subscription { ...F } fragment F on Subscription { ... @skip(if: true) { noted(topic: "hunter2") { id } } }',
    code: 'BAD_USER_INPUT',
  },
  'a subscription of two things': {
    query: 'subscription { noted(topic: "hunter2") { id } other: noted(topic: "hunter2") { id } }',
    code: 'BAD_USER_INPUT',
  },
  introspection: { query: '{ __schema { types { name } } }', code: 'BAD_USER_INPUT' },
};

describe('a bad operation', () => {
  let sample: SampleServer;
  beforeAll(async () => void (sample = await startSampleServer()));
  afterAll(() => sample.stop());

  it.each(Object.entries(badOperations))('with %s is answered the same on every transport', async (_name, bad) => {
    const { code, anonymous, fields, ...request } = bad;
    const name = anonymous ? undefined : 'ana';
    const response = await post(sample.url, request, name ? { token: `token-of-${name}` } : {});
    const client = connect(sample, name);
    const answers = [
      await response.json(),
      await runOverSocket(client, request),
      await sample.executor.execute(request, contextOf(sample, name)),
    ];
    await client.dispose();
    const [overHttp, overSocket, inProcess] = answers.map(comparable);
    expect(overHttp?.[0]?.extensions.code).toBe(code);
    if (fields) expect(overHttp?.[0]?.extensions.fields).toEqual(fields);
    expect(overSocket).toEqual(overHttp);
    expect(inProcess).toEqual(overHttp);
    expect(sample.logLines.join()).not.toContain('hunter2');
    expect(JSON.stringify(answers)).not.toMatch(/hunter2|Did you mean|secret detail|stack|ECONNREFUSED/i);
  });

  it.each(['', '  ', '# { whoami }'])('with nothing in it (%j) is told what to send', async (query) => {
    const { errors } = (await (await post(sample.url, { query })).json()) as { errors: { message: string }[] };
    expect(errors.map(({ message }) => message)).toEqual([
      'There is no operation in the request. Send a GraphQL document as "query".',
    ]);
  });

  it('that is a fault of the program is logged with its request id', async () => {
    const response = await post(sample.url, { query: '{ fail(how: "bug") }' }, { token: 'token-of-ana' });
    const requestId = response.headers.get('x-request-id')!;
    const line = sample.logLines.find((logged) => logged.includes(requestId));
    expect(JSON.parse(line ?? '')).toMatchObject({
      level: 50,
      field: 'fail',
      err: { message: 'secret detail of the program' },
    });
  });
});

interface Presented {
  message: string;
  path?: unknown;
  extensions: { code: string; fields?: unknown };
}

/** Documents are kept without locations where they are cached, so those may differ. */
function comparable(answer: unknown): Presented[] {
  const { errors } = JSON.parse(JSON.stringify(answer)) as { errors: (Presented & { locations?: unknown })[] };
  return errors.map(({ message, path, extensions }) => ({ message, path, extensions }));
}
