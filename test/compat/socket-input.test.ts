import { WebSocket } from 'ws';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import { rest } from '../support/rest.js';
import { TestSocket } from '../support/socket-io.js';
import type { Person } from '../support/wire-person.js';

describe('bad input over Socket.IO', () => {
  let server: TestServer;
  let ana: Person;
  let group: string;
  let socket: TestSocket;
  beforeAll(async () => {
    server = await startChatset();
    [ana] = await server.people('ana');
    const made = await rest(server.url, 'POST /groups', { ...ana, body: { title: 'Club', userIds: [] } });
    group = (made.body.data as { id: string }).id;
  });
  beforeEach(async () => {
    socket = await TestSocket.old(server.url, ana.token).welcomed();
  });
  afterEach(async () => {
    socket.close();
    const { body } = await rest(server.url, `GET /conversations/${group}/messages`, ana);
    expect(body.data).toEqual([]);
    expect(await rest(server.url, 'GET /users/me', ana)).toMatchObject({ status: 200 });
  });
  afterAll(() => server.stop());

  it.each<[string, string, unknown[], number]>([
    ['an operator in place of a text', 'new message', [{ conversation: { $ne: null }, content: 'x' }], 400],
    ['an operator in place of the content', 'new message', [{ conversation: '', content: { $gt: '' } }], 400],
    ['a text in place of an object', 'new message', ['hola'], 400],
    ['a list in place of an object', 'message add', [[1, 2]], 400],
    ['a number in place of an object', 'group create', [7], 400],
    ['a missing property', 'message add', [{ content: 'x' }], 400],
    ['an unknown property', 'message add', [{ conversationId: '', content: 'x', $where: '1' }], 400],
    ['two payloads', 'message add', [{}, {}], 400],
    ['a binary payload', 'message add', [Buffer.from('abc')], 400],
    ['binary content', 'message add', [{ conversationId: '', content: Buffer.from('abc') }], 400],
    ['an id that is none', 'conversation open', ['x'], 404],
    ['a number as id', 'conversation open', [12], 404],
    ['nothing as id', 'conversation open', [], 400],
    ['an object as id', 'conversation open', [{ conversationId: {} }], 400],
    ['too long a text', 'new message', [{ conversation: '', content: 'x'.repeat(4_001) }], 400],
    ['a text in place of true or false', 'conversation spam', [{ conversationId: '', spam: 'no' }], 400],
    ['an unknown event', 'conversation destroy', [{}], 404],
    ['an event of the language', 'constructor', [{}], 404],
  ])('is answered: %s', async (...[, event, args, code]) => {
    const real = args.map((arg) => replaced(arg, group));
    const answer = await socket.ask(event, ...real);
    expect(answer).toMatchObject({ code, msg: expect.stringMatching(/\w/) as string });
  });

  it('is told by an event where it cannot be acknowledged', async () => {
    socket.tell('nothing of the kind', {});
    expect(await socket.first('exception')).toMatchObject({ event: 'nothing of the kind', code: 404 });
    socket.tell('message add', { content: 'x' }, 'no function');
    await eventually(() => expect(socket.of('exception').at(-1)).toMatchObject({ event: 'message add', code: 400 }));
    socket.tell('group create', { title: '' });
    expect(await socket.first('group create')).toMatchObject({ code: 400 });
  });

  it('of more than 1 MiB closes its socket, of nobody more than 8 KiB', async () => {
    const modern = await TestSocket.modern(server.url, ana.token, { transports: ['websocket'] }).welcomed();
    modern.tell('message add', { conversationId: group, content: 'x'.repeat(1_100_000) });
    await eventually(() => expect(modern.ended).toBeDefined());
    const nobody = await TestSocket.modern(server.url, undefined, { transports: ['websocket'] }).connected();
    nobody.tell('login', { username: 'x'.repeat(9_000), password: 'x' });
    await eventually(() => expect(nobody.ended).toBeDefined());
  });

  it.each(['websocket', 'polling'] as const)('of more than 8 KiB says nobody in, over %s', async (transport) => {
    const small = await TestSocket.modern(server.url, ana.token, { transports: [transport] }).welcomed();
    small.close();
    const big = TestSocket.modern(server.url, undefined, {
      transports: [transport],
      auth: { token: ana.token, more: 'x'.repeat(9_000) },
    });
    await eventually(() => expect(big.ended).toBeDefined());
    expect(big.received).toEqual([]);
  });

  it('in an unknown namespace is refused', async () => {
    const other = TestSocket.modern(`${server.url}/admin`, ana.token);
    await eventually(() => expect((other.ended as Error).message).toBe('Invalid namespace'));
    other.close();
  });

  it.each([
    '42',
    '42["new message"',
    '42{"a":1}',
    '451-["x",{"_placeholder":true,"num":0}]',
    '999999',
    'b',
    '40/x',
    '42[]',
    '42[1]',
    '42["disconnect"]',
  ])('in a frame such as %s does not harm the server', async (frame) => {
    const headers = { cookie: `sid=${ana.token}` };
    const raw = new WebSocket(`${server.url.replace('http', 'ws')}/sockets/?EIO=3&transport=websocket`, { headers });
    raw.on('error', () => undefined);
    await new Promise((resolve) => raw.once('message', resolve));
    raw.send(frame);
    await socket.ask('user data');
    raw.terminate();
  });
});

/** An empty text stands for the id of the test's own group. */
function replaced(arg: unknown, group: string): unknown {
  if (typeof arg !== 'object' || arg === null || Array.isArray(arg) || Buffer.isBuffer(arg)) return arg;
  return Object.fromEntries(
    Object.entries(arg).map(([name, value]) => [name, value === '' ? group : (value as unknown)]),
  );
}
