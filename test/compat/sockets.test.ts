import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import { rest } from '../support/rest.js';
import { TestSocket } from '../support/socket-io.js';
import type { Person } from '../support/wire-person.js';

describe('Socket.IO', () => {
  let server: TestServer;
  let ana: Person;
  let leo: Person;
  let eva: Person;
  let group: string;
  const open: TestSocket[] = [];
  beforeAll(async () => {
    server = await startChatset();
    [ana, leo, eva] = await server.people('ana', 'leo', 'eva');
    const made = await rest(server.url, 'POST /groups', { ...ana, body: { title: 'Club', userIds: [leo.id] } });
    group = (made.body.data as { id: string }).id;
  });
  afterEach(() => open.splice(0).forEach((socket) => socket.close()));
  afterAll(() => server.stop());

  const modern = (person?: Person, options?: Parameters<typeof TestSocket.modern>[2]): TestSocket => {
    const socket = TestSocket.modern(server.url, person?.token, options);
    open.push(socket);
    return socket;
  };
  const old = (person?: Person, options?: object): TestSocket => {
    const socket = TestSocket.old(server.url, person?.token, options);
    open.push(socket);
    return socket;
  };

  it.each<[string, () => TestSocket, string]>([
    ['4.x over WebSocket', () => modern(ana, { transports: ['websocket'] }), 'websocket'],
    ['4.x over polling', () => modern(ana, { transports: ['polling'] }), 'polling'],
    ['4.x at /socket.io', () => modern(ana, { path: '/socket.io' }), 'websocket'],
    ['2.x with polling and upgrade', () => old(ana), 'websocket'],
    ['2.x over polling', () => old(ana, { transports: ['polling'] }), 'polling'],
    ['2.x over WebSocket', () => old(ana, { transports: ['websocket'] }), 'websocket'],
    ['2.x at /socket.io', () => old(ana, { path: '/socket.io' }), 'websocket'],
  ])('welcomes and answers %s', async (_name, connect, transport) => {
    const socket = await connect().welcomed();
    expect(socket.received.map(([event]) => event)).toEqual(['userInfo', 'userInfo', 'conversation list', 'user data']);
    expect(socket.of('user data')).toMatchObject([{ _id: ana.id, username: ana.username, role: 'user', __v: 0 }]);
    const answer = await socket.ask('message add', { conversationId: group, content: 'Hola' });
    expect(answer).toMatchObject({ code: 201, msg: 'OK', data: { content: 'Hola', conversationId: group } });
    await eventually(() => expect(socket.transport).toBe(transport));
  });

  it('pushes to the members only, once, in order, and not to the socket that sent', async () => {
    const sockets = [modern(ana), old(ana), modern(leo), old(leo, { transports: ['polling'] }), modern(eva)];
    const [sender, other, ...rest] = await Promise.all(sockets.map((socket) => socket.welcomed()));
    const stranger = rest.at(-1)!;
    const contents = Array.from({ length: 20 }, (_, at) => `${at}`);
    for (const content of contents)
      sender!.tell('new message', { content, file_path: content, message_type: 'simple', conversation: group });
    const expected = contents.map((content) => ({ username: ana.username, content, conversation: group }));
    for (const socket of [other!, rest[0]!, rest[1]!]) {
      await eventually(() => expect(socket.of('new message')).toEqual(expected));
      expect(socket.of('message add')).toHaveLength(20);
      expect(Object.keys(socket.of('new message')[0] as object)).toEqual(['username', 'content', 'conversation']);
    }
    expect(sender!.of('new message')).toEqual([]);
    expect(sender!.of('message add')).toEqual([]);
    expect(sender!.of('userInfo')).toHaveLength(22);
    expect(stranger.of('new message')).toEqual([]);
  });
});
