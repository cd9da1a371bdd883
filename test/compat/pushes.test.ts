import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import { rest } from '../support/rest.js';
import { TestSocket } from '../support/socket-io.js';
import type { Person } from '../support/wire-person.js';

describe('what sockets are told unasked', () => {
  let server: TestServer;
  let ana: Person;
  let leo: Person;
  let eva: Person;
  let group: string;
  let heard: TestSocket;
  let stranger: TestSocket;
  beforeAll(async () => {
    server = await startChatset();
    [ana, leo, eva] = await server.people('ana', 'leo', 'eva');
    const made = await rest(server.url, 'POST /groups', { ...ana, body: { title: 'Club', userIds: [leo.id] } });
    group = (made.body.data as { id: string }).id;
    heard = await TestSocket.modern(server.url, leo.token).welcomed();
    stranger = await TestSocket.old(server.url, eva.token).welcomed();
  });
  afterAll(async () => {
    heard.close();
    stranger.close();
    await server.stop();
  });
  const as = async (person: Person, at: string, body?: unknown): Promise<{ id: string }> => {
    const answer = await rest(server.url, at, { token: person.token, body });
    expect(answer.status).toBeLessThan(300);
    return answer.body.data as { id: string };
  };
  const pushed = (event: string, data: object) =>
    eventually(() => expect(heard.of(event)).toContainEqual(expect.objectContaining(data)));

  it('follows a message through its life', async () => {
    const { id } = await as(ana, `POST /conversations/${group}/messages`, { content: 'Hola' });
    await pushed('message add', { conversationId: group, seq: 2, id, content: 'Hola' });
    await as(ana, `POST /messages/${id}/replies`, { content: 'Otra' });
    await pushed('message reply', { conversationId: group, seq: 3, content: 'Otra' });
    await pushed('message add', { seq: 3, content: 'Otra' });
    await as(ana, `PATCH /messages/${id}`, { content: 'Hola, Leo' });
    await pushed('message edit', { conversationId: group, seq: 4, messageSeq: 2, id, content: 'Hola, Leo' });
    await as(ana, `POST /messages/${id}/reactions`, { emoji: '👍', on: true });
    await pushed('message react', { seq: 5, id });
    await as(ana, `DELETE /messages/${id}`);
    await pushed('message remove', { seq: 6, id, content: '' });
  });

  it('follows a group', async () => {
    const { id } = await as(ana, 'POST /groups', { title: 'Otro', userIds: [leo.id] });
    await pushed('group create', { conversationId: id, groupId: id, seq: 1 });
    await as(ana, `POST /groups/${id}/users`, { userId: eva.id });
    await pushed('group user add', { groupId: id, seq: 2, user: expect.objectContaining({ id: eva.id }) as object });
    await as(ana, `PUT /groups/${id}/admins/${eva.id}`);
    await pushed('group user admin add', { groupId: id, seq: 3 });
    await as(ana, `DELETE /groups/${id}/admins/${eva.id}`);
    await pushed('group user admin remove', { groupId: id, seq: 4 });
    await as(ana, `PATCH /conversations/${id}`, { title: 'Nuevo' });
    await pushed('conversation data', { conversationId: id, seq: 5, title: 'Nuevo' });
    await as(ana, `DELETE /groups/${id}/users/${eva.id}`);
    await pushed('group user remove', { groupId: id, seq: 6 });
    await as(ana, `DELETE /groups/${id}`);
    await pushed('group delete', { groupId: id, seq: 7 });
    await eventually(() => expect(stranger.of('group user remove')).toMatchObject([{ groupId: id }]));
    expect(stranger.of('group delete')).toEqual([]);
  });

  it('follows conversations, contacts, people, reading and typing', async () => {
    const { id } = await as(ana, 'POST /conversations', { userId: leo.id });
    await pushed('conversation create', { conversationId: id, seq: 0, kind: 'DIRECT' });
    await as(ana, `POST /conversations/${group}/read`, { seq: 3 });
    await pushed('conversation read', { conversationId: group, seq: 3 });
    await as(ana, `PUT /conversations/${group}/typing`);
    await pushed('typing', { conversationId: group, username: ana.username });
    await as(ana, `DELETE /conversations/${group}/typing`);
    await pushed('stop typing', { conversationId: group, username: ana.username });
    await as(leo, `PUT /contacts/${ana.id}`, { alias: 'Ani' });
    await pushed('contact user add', { alias: 'Ani' });
    await as(ana, 'PATCH /users/me', { name: 'Ana María' });
    await pushed('user change', { userId: ana.id, name: 'Ana María' });
    await as(leo, 'PATCH /users/me', { name: 'Leonardo' });
    await pushed('user data', { _id: leo.id, name: 'Leonardo' });
    await as(leo, `DELETE /contacts/${ana.id}`);
    await pushed('contact user remove', { userId: ana.id });
    await as(leo, `PUT /conversations/${group}/mute`, { muted: true });
    await pushed('conversation data', {
      conversationId: group,
      isMuted: true,
      isOpen: false,
      unreadCount: expect.any(Number) as number,
      me: expect.objectContaining({ role: 'MEMBER' }) as object,
    });
    await as(leo, `POST /conversations/${id}/spam`);
    await pushed('conversation spam', { conversationId: id });
    await as(leo, `DELETE /conversations/${group}`);
    await pushed('conversation remove', { conversationId: group });
  });

  it('tells people the same of themselves after a change as on connecting and on asking, and others what they may see', async () => {
    const sockets = [
      await TestSocket.modern(server.url, leo.token).welcomed(),
      await TestSocket.old(server.url, leo.token).welcomed(),
    ];
    const greetings = sockets.map((socket) => socket.of('user data')[0] as object);
    const onlooker = await TestSocket.modern(server.url, ana.token).welcomed();
    const change = { mail: 'leo@example.org', phone: '+34 600 000 001' };
    await as(leo, 'PATCH /users/me', change);
    for (const [at, socket] of sockets.entries()) {
      const told = await eventually(() => {
        expect(socket.of('user data')).toHaveLength(2);
        return socket.of('user data')[1] as object;
      });
      expect(told).toEqual({ ...greetings[at], ...change });
      socket.tell('user data', {});
      await eventually(() => expect(socket.of('user data')[2]).toEqual(told));
      expect(JSON.stringify(socket.of('user data')[2])).toBe(JSON.stringify(told));
      socket.close();
    }
    const seen = (await onlooker.first('user change')) as object;
    expect(seen).toMatchObject({ userId: leo.id, username: leo.username });
    expect(Object.keys(seen)).not.toEqual(expect.arrayContaining(['mail']));
    expect(JSON.stringify(onlooker.received)).not.toContain(change.mail);
    onlooker.close();
  });

  it('never leaves out that somebody has stopped typing, also not between two polls', async () => {
    const [luz] = await server.people('luz');
    const socket = await TestSocket.old(server.url, luz.token, { transports: ['polling'] }).welcomed();
    const { id } = await as(ana, 'POST /groups', { title: 'Sondeo', userIds: [luz.id] });
    const stops = 30;
    for (let at = 0; at < stops; at += 1) {
      await as(ana, `PUT /conversations/${id}/typing`);
      await Promise.all([
        as(luz, `POST /conversations/${id}/messages`, { content: `${at}` }),
        as(ana, `DELETE /conversations/${id}/typing`),
      ]);
    }
    await eventually(() => expect(socket.of('stop typing')).toHaveLength(stops));
    socket.close();
  });

  it('tells strangers nothing', () => {
    const names = new Set(stranger.received.map(([event]) => event));
    expect([...names].sort()).toEqual([
      ...[
        'conversation data',
        'conversation list',
        'group user add',
        'group user admin add',
        'group user admin remove',
      ],
      ...['group user remove', 'user data', 'userInfo'],
    ]);
  });
});
