import { jest } from '@jest/globals';
import { buildGroup, say } from '../support/builders.js';
import { eventually } from '../support/eventually.js';
import { describeWithRedis } from '../support/redis.js';
import { rest } from '../support/rest.js';
import { serverPair } from '../support/server-pair.js';
import { TestSocket } from '../support/socket-io.js';
import type { Person } from '../support/wire-person.js';

jest.setTimeout(60_000);

describeWithRedis('Socket.IO over two processes with one Redis', () => {
  const pair = serverPair();
  let ana: Person;
  let luis: Person;
  let group: string;
  const open: TestSocket[] = [];
  beforeEach(async () => {
    ({ ana, luis } = await pair.people());
    group = await buildGroup(ana, [luis]);
  });
  afterEach(() => open.splice(0).forEach((socket) => socket.close()));
  const kept = (socket: TestSocket): Promise<TestSocket> => {
    open.push(socket);
    return socket.welcomed();
  };
  const today = ({ url, token }: Person) => kept(TestSocket.modern(url, token));
  const old = ({ url, token }: Person) => kept(TestSocket.old(url, token));

  it('tells the sockets on the other process of messages, once and in one order, of today and of old', async () => {
    const here = await today(ana);
    const there = await Promise.all([today(luis), old(luis)]);
    const contents = Array.from({ length: 20 }, (_, at) => `n${at}`);
    for (const content of contents) here.tell('new message', { conversation: group, content });
    for (const socket of there) {
      await eventually(() => expect(socket.of('new message')).toHaveLength(contents.length));
      expect(socket.of('message add')).toMatchObject(contents.map((content, at) => ({ content, seq: at + 2 })));
    }
    expect(here.of('new message')).toEqual([]);
    const twin = await today(pair.cluster.at(pair.servers[1], ana));
    await say(luis, group, 'para las dos');
    for (const socket of [here, twin]) await eventually(() => expect(socket.of('message add')).toHaveLength(1));
  });

  it('tells them of new groups, of being removed, and of typing', async () => {
    const there = await old(luis);
    const here = await today(ana);
    const another = await buildGroup(ana, [luis], 'Otro');
    await eventually(() => expect(there.of('group create')).toMatchObject([{ groupId: another }]));
    here.tell('typing', { conversationId: group });
    await eventually(() => expect(there.of('typing')).toMatchObject([{ username: ana.username }]));
    here.tell('stop typing', { conversationId: group });
    await eventually(() => expect(there.of('stop typing')).toMatchObject([{ username: ana.username }]));
    await here.ask('group user remove', { groupId: another, userId: luis.id });
    await eventually(() => expect(there.of('group user remove')).toMatchObject([{ groupId: another }]));
    await say(ana, another, 'ya no está');
    await say(ana, group, 'aquí sí');
    await eventually(() => expect(there.of('new message')).toMatchObject([{ content: 'aquí sí' }]));
  });

  it('shows a person ONLINE on both while a socket is open on either', async () => {
    const presence = async () => {
      const { body } = await rest(luis.url, `GET /users/${ana.id}`, luis);
      return (body.data as { presence: string }).presence;
    };
    const sockets = [await today(ana), await old(pair.cluster.at(pair.servers[1], ana))] as const;
    await eventually(async () => expect(await presence()).toBe('ONLINE'));
    sockets[1].close();
    await eventually(async () => expect((await rest(ana.url, 'GET /sessions', ana)).status).toBe(200));
    expect(await presence()).toBe('ONLINE');
    sockets[0].close();
    await eventually(async () => expect(await presence()).toBe('OFFLINE'), 15_000);
  });

  it.each<[string, (there: TestSocket) => Promise<unknown>]>([
    ['logged out', (there) => there.ask('logout')],
    ['revoked', (there) => there.ask('session revoke', { all: true })],
  ])('ends the sockets of a session that is %s on the other process', async (how, end) => {
    const mine = await Promise.all([today(luis), old(luis)]);
    const other = how === 'logged out' ? luis : await pair.cluster.logIn(pair.servers[0], luis);
    const there = await today(pair.cluster.at(pair.servers[0], other));
    expect(await end(there)).toMatchObject({ code: 200 });
    for (const socket of mine) await eventually(() => expect(socket.ended).toBe('io server disconnect'));
  });
});
