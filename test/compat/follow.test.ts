import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import { rest } from '../support/rest.js';
import { TestSocket } from '../support/socket-io.js';
import type { Person } from '../support/wire-person.js';

interface Entry {
  readonly conversationId: string;
  readonly seq: number;
  readonly type: string;
}

describe('conversation follow', () => {
  let server: TestServer;
  let ana: Person;
  let leo: Person;
  const open: TestSocket[] = [];
  beforeAll(async () => {
    server = await startChatset();
    [ana, leo] = await server.people('ana', 'leo');
  });
  afterEach(() => open.splice(0).forEach((socket) => socket.close()));
  afterAll(() => server.stop());
  const socketOf = async (person: Person): Promise<TestSocket> => {
    const socket = await TestSocket.modern(server.url, person.token).welcomed();
    open.push(socket);
    return socket;
  };
  const groupOf = async (...others: Person[]): Promise<string> => {
    const body = { title: 'Club', userIds: others.map(({ id }) => id) };
    const made = await rest(server.url, 'POST /groups', { ...ana, body });
    return (made.body.data as { id: string }).id;
  };
  const say = (person: Person, conversationId: string, content: string) =>
    rest(server.url, 'POST /messages', { ...person, body: { conversationId, content } });
  const entriesOf = (socket: TestSocket): Entry[] => socket.of('conversation event') as Entry[];

  it('tells of every entry after the known one, its own too, and of messages no other way', async () => {
    const group = await groupOf(leo);
    for (const content of ['a', 'b', 'c']) await say(ana, group, content);
    const socket = await socketOf(leo);
    const answer = await socket.ask('conversation follow', { known: [{ conversationId: group, seq: 2 }] });
    expect(answer).toMatchObject({ code: 200 });
    await socket.first('conversation caught up');
    expect(entriesOf(socket).map(({ seq }) => seq)).toEqual([3, 4]);
    await say(ana, group, 'd');
    await socket.ask('message add', { conversationId: group, content: 'e' });
    await eventually(() => expect(entriesOf(socket).map(({ seq }) => seq)).toEqual([3, 4, 5, 6]));
    expect(Object.keys(entriesOf(socket)[0]!).slice(0, 3)).toEqual(['conversationId', 'seq', 'type']);
    expect([...socket.of('message add'), ...socket.of('new message')]).toEqual([]);
  });

  it('tells of conversations that it must begin anew, and of those that it has left', async () => {
    const group = await groupOf(leo);
    const socket = await socketOf(leo);
    socket.tell('conversation follow', [{ conversationId: '6b03008d1af4942a3f9dfb64', seq: 5 }]);
    await socket.first('conversation caught up');
    expect(socket.of('conversation left')).toEqual([{ conversationId: '6b03008d1af4942a3f9dfb64' }]);
    expect(socket.of('conversation reset')).toContainEqual({ conversationId: group, firstSeq: 1, lastSeq: 1 });
    await rest(server.url, `DELETE /groups/${group}/users/${leo.id}`, ana);
    await eventually(() => expect(socket.of('conversation left')).toContainEqual({ conversationId: group }));
    expect(entriesOf(socket).at(-1)).toMatchObject({ conversationId: group, type: 'MEMBER_REMOVED' });
  });

  it.each<[string, unknown]>([
    ['a negative seq', [{ conversationId: '6b03008d1af4942a3f9dfb64', seq: -1 }]],
    ['a conversation named twice', Array(2).fill({ conversationId: '6b03008d1af4942a3f9dfb64', seq: 1 })],
    ['an operator', { known: [{ conversationId: { $ne: null }, seq: 1 }] }],
    ['a text', 'everything'],
  ])('refuses %s, and goes on as before', async (_case, payload) => {
    const group = await groupOf(leo);
    const socket = await socketOf(leo);
    expect(await socket.ask('conversation follow', payload)).toMatchObject({ code: 400 });
    await say(ana, group, 'still here');
    await eventually(() => expect(socket.of('message add')).toMatchObject([{ content: 'still here' }]));
  });

  it('without known begins with what is new, and may be asked again', async () => {
    const group = await groupOf(leo);
    await say(ana, group, 'before');
    const socket = await socketOf(leo);
    for (const _ of [1, 2]) await socket.ask('conversation follow');
    await eventually(() => expect(socket.of('conversation caught up')).toHaveLength(2));
    await say(ana, group, 'after');
    await eventually(() => expect(entriesOf(socket)).toMatchObject([{ message: { content: 'after' } }]));
  });

  it('is answered also when the session ends while it is being opened', async () => {
    const socket = await socketOf(await server.logIn(leo.username, leo.password));
    const sessions = (await socket.ask('session list')).data as { id: string; current: boolean }[];
    const sessionIds = sessions.filter(({ current }) => current).map(({ id }) => id);
    const end = () => server.app.rooms.core.bus.publish({ kind: 'sessionsEnded', sessionIds });
    const commands = await server.commandsOf(() => socket.ask('conversation follow'));
    const undo = server.beforeCommand(commands.at(-1)!, end);
    expect(await socket.ask('conversation follow')).toMatchObject({ code: 503, reason: 'STOPPING' });
    undo();
    await eventually(() => expect(socket.ended).toBe('io server disconnect'));
  });
});
