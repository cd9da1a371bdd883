import { readFileSync } from 'node:fs';
import { buildSchema, parse } from 'graphql';
import { operation, type Operation } from '../../src/compat/operation.js';
import { table } from '../../src/compat/table.js';
import { VariablePlan } from '../../src/compat/variables.js';
import { MessageAddDocument, UsersDocument } from '../../src/generated/operations.js';

const schema = buildSchema(readFileSync(new URL('../../../schema/schema.graphql', import.meta.url), 'utf8'));

/** As the README of the first Chatset lists them, with its typos; a socket connects and disconnects by itself. */
const documented = [
  ...['conversation create', 'conversation remove', 'conversation spam', 'coversation open', 'conversation close'],
  ...['conversation list', 'conversation data', 'message add', 'message reply', 'group create', 'group delete'],
  ...['group user add', 'group user remove', 'group user admin add', 'group user admin remove', 'group user list'],
  ...['user register', 'user unregister', 'user list', 'user data', 'contact user add', 'contact user remote'],
  ...['contact list', 'conversation open', 'contact user remove', 'new message', 'typing', 'stop typing'],
];

describe('the table', () => {
  const plans = table.map((row) => [row.event, row, new VariablePlan(schema, row)] as const);
  const named = table.flatMap((row) => [row.event, ...row.aliases]);

  it.each(documented)('has the documented event %s', (event) => {
    expect(named).toContain(event);
  });

  it('chooses between rows of one event or one route by what is given, and one of them takes the rest', () => {
    const places = table.flatMap((row) => [row.event, ...row.routes.map(({ method, path }) => `${method} ${path}`)]);
    for (const place of new Set(places)) {
      const sharing = table.filter(
        ({ event, routes }) => event === place || routes.some(({ method, path }) => `${method} ${path}` === place),
      );
      const undecided = sharing.filter(({ when, choice }) => when === undefined && choice?.is !== false);
      expect([place, undecided.length <= 1, sharing.length === 1 || undecided[0] === sharing.at(-1)]).toEqual([
        place,
        true,
        true,
      ]);
    }
  });

  it.each(plans)('takes for %s only what the schema knows, and names it once', (_event, row, plan) => {
    const names = plan.properties.flatMap((property) => property.names);
    expect(new Set(names).size).toBe(names.length);
    const own = plan.properties.map(({ name }) => name);
    expect(own.toSorted()).toEqual(
      Object.keys(row.input)
        .filter((name) => plan.has(name) && own.includes(name))
        .toSorted(),
    );
    const inPaths = row.routes.flatMap(({ path }) => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name));
    expect(inPaths.filter((name) => !own.includes(name ?? ''))).toEqual([]);
    expect([row.bare, ...row.either].filter((name) => name !== undefined && !own.includes(name))).toEqual([]);
  });

  it('refuses a row that forgets a variable, when it is written and when it is started', () => {
    const forgotten = operation({
      event: 'message add',
      document: MessageAddDocument,
      // @ts-expect-error -- `content` is missing
      input: { conversationId: [], clientMessageId: [] },
      reply: (data) => data.messageAdd.message,
      routes: [],
    });
    expect(() => new VariablePlan(schema, forgotten)).toThrow('content');
  });

  it('does not compile with a wrong field of a reply or a wrong shape', () => {
    operation({
      event: 'user list',
      title: 'List people',
      says: 'Who is there.',
      document: UsersDocument,
      input: { search: [], first: [], after: [] },
      // @ts-expect-error -- there is no such field
      reply: (data) => data.people as unknown,
      routes: [],
    });
    operation({
      event: 'user list',
      title: 'List people',
      says: 'Who is there.',
      document: UsersDocument,
      input: { search: [], first: [], after: [] },
      reply: (data) => data.users,
      // @ts-expect-error -- a person has no password
      routes: [{ at: 'GET /users', old: { of: (people) => people.map(({ password }) => password as unknown) } }],
    });
    expect(table.length).toBeGreaterThan(0);
  });

  it('refuses a document that holds no operation', () => {
    const row = { ...table[0], document: parse('fragment F on User { id }') } as Operation;
    expect(() => new VariablePlan(schema, row)).toThrow('no operation');
  });
});
