import { httpStatusByCode } from '../../src/errors.js';
import type { Operation } from '../../src/compat/operation.js';
import { table } from '../../src/compat/table.js';
import { VariablePlan } from '../../src/compat/variables.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { Random } from '../embedded-mongo/support/random.js';
import { rest } from '../support/rest.js';
import { TestSocket } from '../support/socket-io.js';
import type { Person } from '../support/wire-person.js';

const rounds = 250;
const text = (length: number): string => 'x'.repeat(length);
const scalars = [
  ...[null, true, false, 0, -1, 2 ** 31, 2 ** 53, 1e308, 0.5],
  ...['', ' ', 'x', '\0', '\ud800', '💥', 'true', '1', 'constructor', '__proto__', '$ne', '../..', 'ADMIN', 'READ'],
  ...[text(5_000), '2026-01-01T00:00:00.000Z', 'f'.repeat(24)],
];
const keys = [
  'id',
  'seq',
  'content',
  '$ne',
  '$where',
  '$regex',
  '__proto__',
  'constructor',
  'toJSON',
  'then',
  'length',
];
/** Those that would end what the others work with. */
const endings = new Set(['user unregister', 'password change', 'logout', 'session revoke', 'group delete']);
const rows = table.filter(({ event }) => !endings.has(event));
const published = new Set<number>([200, 201, ...Object.values(httpStatusByCode).filter((status) => status !== 500)]);

/** Anything that JSON can say, of any shape. */
function anything(random: Random, ids: readonly string[], depth = 0): unknown {
  const inner = (): unknown => anything(random, ids, depth + 1);
  const kind = depth > 4 ? 0 : random.below(12);
  if (kind < 5) return random.pick(scalars);
  if (kind < 8) return random.pick(ids);
  if (kind === 8) return random.many(4, inner);
  if (kind === 9) return Array.from({ length: 200 }, () => random.pick(scalars));
  if (kind === 10) return Array.from({ length: 500 }).reduce<unknown>((nested) => ({ a: [nested] }), 1);
  return Object.fromEntries(random.many(4, () => [random.pick(keys), inner()] as const));
}

describe('whatever is sent', () => {
  let server: TestServer;
  let ana: Person;
  let group: string;
  let ids: string[];
  const log: string[] = [];
  beforeAll(async () => {
    server = await startChatset({}, { log: (line) => log.push(line) });
    const [first, leo] = await server.people('ana', 'leo');
    ana = first;
    const made = await rest(server.url, 'POST /groups', { ...ana, body: { title: 'Club', userIds: [leo.id] } });
    group = (made.body.data as { id: string }).id;
    const said = await rest(server.url, `POST /conversations/${group}/messages`, { ...ana, body: { content: 'Hola' } });
    ids = [group, (said.body.data as { id: string }).id, ana.id, leo.id];
  });
  afterEach(async () => {
    expect(log).toEqual([]);
    const { body } = await rest(server.url, `GET /conversations/${group}/events?after=0&first=200`, ana);
    const seqs = (body.data as { seq: number }[]).map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_seq, at) => at + 1));
    for (const at of ['conversations', 'messages', 'users', 'contacts', 'blocks', 'sessions']) {
      expect(await rest(server.url, `GET /${at}`, ana)).toMatchObject({ status: 200 });
    }
  });
  afterAll(() => server.stop());

  /** Some of what a row takes, and now and then something that it does not. */
  function givenTo(row: Operation, random: Random): Record<string, unknown> {
    const { properties } = new VariablePlan(server.app.rooms.schema, row);
    const names = [...properties.flatMap(({ names }) => names), ...row.ignored, 'spam'];
    const given = names.filter(() => random.chance(0.5)).map((name) => [name, anything(random, ids)] as const);
    const more = random.chance(0.1) ? [[random.pick(keys), anything(random, ids)] as const] : [];
    return Object.fromEntries([...given, ...more]);
  }

  function expectAnswer(code: number, told: string, sent: unknown): void {
    expect([published.has(code), code, sent]).toEqual([true, code, sent]);
    if (code >= 400) expect([told, sent]).toEqual([expect.not.stringMatching(/GraphQL|\[object|native code/), sent]);
  }

  it('over REST is answered with a published code', async () => {
    const random = new Random(6);
    const served = rows.filter(({ routes }) => routes.length > 0);
    for (let round = 0; round < rounds; round += 1) {
      const row = random.pick(served);
      const { method, path } = random.pick(row.routes);
      const at = path.replaceAll(/:\w+/g, () => encodeURIComponent(random.pick([...ids, 'x', '$ne', '\0'])));
      const whole = JSON.stringify(random.chance(0.8) ? givenTo(row, random) : anything(random, ids));
      const body = random.chance(0.1) ? whole.slice(0, random.below(whole.length)) : whole;
      const headers = { 'content-type': random.chance(0.8) ? 'application/json' : 'application/x-www-form-urlencoded' };
      const hasBody = method !== 'GET';
      const answer = await rest(server.url, `${method} ${at}`, { ...ana, ...(hasBody && { body, headers }) });
      expectAnswer(answer.status, answer.text, [method, at, body.slice(0, 300)]);
    }
  });

  it.each(['modern', 'old'] as const)('over a socket of a client that is %s is acknowledged', async (generation) => {
    const random = new Random(7);
    const socket = await TestSocket[generation](server.url, ana.token).welcomed();
    for (let round = 0; round < rounds; round += 1) {
      const row = random.pick(rows);
      const event = random.pick([row.event, ...row.aliases]);
      const binary = random.pick([
        Buffer.from('x'),
        { conversationId: group, content: Buffer.from('x') },
        [Buffer.alloc(9)],
      ]);
      const payload = random.chance(0.7) ? givenTo(row, random) : anything(random, ids);
      const args = [random.chance(0.1) ? binary : payload, ...(random.chance(0.1) ? [anything(random, ids)] : [])];
      const { code, msg } = await socket.ask(event, ...args);
      expectAnswer(code, msg, [event, JSON.stringify(args).slice(0, 300)]);
    }
    socket.close();
  });
});
