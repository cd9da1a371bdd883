import { WebSocket } from 'ws';
import { MessageAddDocument, MessagesDocument } from '../../src/generated/operations.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import { rest } from '../support/rest.js';
import { TestSocket } from '../support/socket-io.js';
import { send } from '../support/wire-person.js';

/** More than the buffers of the system and of the server hold together. */
const count = 450;

describe('a Socket.IO client that does not read', () => {
  let server: TestServer;
  let group: string;
  const tokens: Record<string, string> = {};
  const received: string[] = [];
  let raw: WebSocket;
  async function begin(slowReaderMs: number): Promise<void> {
    server = await startChatset({}, { slowReaderMs });
    const ids: string[] = [];
    for (const username of ['ana', 'leo', 'eva']) {
      const { id, token } = await server.register(username);
      tokens[username] = token;
      ids.push(id);
    }
    const made = await rest(server.url, 'POST /groups', {
      token: tokens.ana,
      body: { title: 'Club', userIds: ids.slice(1) },
    });
    group = (made.body.data as { id: string }).id;
    received.splice(0);
    raw = new WebSocket(`${server.url.replace('http', 'ws')}/sockets/?EIO=3&transport=websocket`, {
      headers: { cookie: `sid=${tokens.leo}` },
    });
    raw.on('message', (data: Buffer) => void received.push(data.toString()));
    raw.on('error', () => undefined);
    await eventually(() => expect(received.join('')).toContain('user data'));
  }
  afterEach(async () => {
    raw.terminate();
    await server.stop();
  });

  async function flood(): Promise<void> {
    const say = (at: number) =>
      send({ url: server.url, token: tokens.ana }, MessageAddDocument, {
        input: { conversationId: group, content: `${at} `.padEnd(4_000, 'ñ') },
      });
    for (let at = 0; at < count; at += 50) await Promise.all(Array.from({ length: 50 }, (_, more) => say(at + more)));
  }

  it('is cut, and nobody else waits for it', async () => {
    await begin(500);
    const other = await TestSocket.modern(server.url, tokens.eva, { transports: ['websocket'] }).welcomed();
    raw.pause();
    await flood();
    await eventually(() => expect(other.of('message add')).toHaveLength(count));
    await eventually(() => expect(server.app.liveSockets.countOf(leoOf(received))).toBe(0));
    other.close();
  }, 60_000);

  it('is cut when it lets answers pile up, too', async () => {
    await begin(30_000);
    raw.pause();
    const ask = `420["message list",{"conversationId":"${group}","last":200}]`;
    for (let at = 0; at < 20; at += 1) {
      await send({ url: server.url, token: tokens.ana }, MessageAddDocument, {
        input: { conversationId: group, content: `${at} `.padEnd(4_000, 'ñ') },
      });
    }
    await eventually(async () => {
      for (let at = 0; at < 100; at += 1) raw.send(ask);
      await send({ url: server.url, token: tokens.ana }, MessagesDocument, { conversationId: group });
      expect(server.app.liveSockets.countOf(leoOf(received))).toBe(0);
    }, 30_000);
  }, 60_000);

  it('and reads on in time gets all that it had no room for, once and in order', async () => {
    await begin(30_000);
    raw.pause();
    await flood();
    raw.resume();
    const seqs = () =>
      received
        .filter((frame) => frame.startsWith('42["message add"'))
        .map((frame) => (JSON.parse(frame.slice(2)) as [string, { seq: number }])[1].seq);
    await eventually(() => expect(seqs()).toHaveLength(count));
    expect(seqs()).toEqual(Array.from({ length: count }, (_, at) => at + 2));
  }, 60_000);
});

/** Whom the server greeted. */
function leoOf(frames: readonly string[]): string {
  const greeting = frames.find((frame) => frame.startsWith('42["user data"')) ?? '';
  return (JSON.parse(greeting.slice(2)) as [string, { _id: string }])[1]._id;
}
