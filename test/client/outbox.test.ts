import { WebSocket } from 'ws';
import { GroupUserAddDocument, GroupUserRemoveDocument, MessageAddDocument } from '../../src/generated/operations.js';
import { buildDirect, buildGroup, say } from '../support/builders.js';
import { chatClient, contentsOf } from '../support/chat-clients.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';

let server: TestServer;
beforeAll(async () => {
  server = await startChatset();
});
afterAll(() => server.stop());

describe('the outbox', () => {
  it('sends in order, tells what was sent, and is empty then', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const chat = await buildDirect(ana, leo);
    const question = await say(leo, chat, 'question?');
    const client = chatClient(ana);
    const sizes: number[] = [];
    client.on('outbox', (outbox) => sizes.push(outbox.length));
    const first = client.send({ conversationId: chat, content: 'answer', replyToId: question.id });
    const second = client.send({ conversationId: chat, content: 'more' });
    expect(client.outbox).toEqual([first, second]);
    client.connect();
    await eventually(() => expect(client.outbox).toEqual([]));
    expect(client.sentMessages).toMatchObject([
      { clientMessageId: first.clientMessageId, message: { content: 'answer', replyTo: { id: question.id } } },
      { clientMessageId: second.clientMessageId, message: { content: 'more', replyTo: null } },
    ]);
    expect(sizes.slice(0, 2)).toEqual([1, 2]);
    expect(sizes.at(-1)).toBe(0);
  });

  it('keeps what the server refuses until it is sent again or thrown away, and goes on with the rest', async () => {
    const [ana, leo, eva] = await server.people('ana', 'leo', 'eva');
    const chat = await buildDirect(ana, leo);
    const foreign = await buildDirect(leo, eva);
    const storage = new Map<string, string>();
    const client = chatClient(ana, { storage });
    await client.live();
    const long = client.send({ conversationId: chat, content: 'x'.repeat(4_001) });
    const huge = client.send({ conversationId: chat, content: 'x'.repeat(200_000) });
    const lost = client.send({ conversationId: foreign, content: 'hello' });
    client.send({ conversationId: chat, content: 'short' });
    await eventually(() => expect(client.sentMessages).toMatchObject([{ message: { content: 'short' } }]));
    const refused = [
      { clientMessageId: long.clientMessageId, status: 'failed', error: { code: 'BAD_USER_INPUT' } },
      { clientMessageId: huge.clientMessageId, status: 'failed', error: { code: 'PAYLOAD_TOO_LARGE' } },
      { clientMessageId: lost.clientMessageId, status: 'failed', error: { code: 'NOT_FOUND' } },
    ];
    await eventually(() => expect(client.outbox).toMatchObject(refused));
    expect(chatClient(ana, { storage }).outbox).toMatchObject(refused);

    client.retry(lost.clientMessageId);
    expect(client.outbox.at(-1)?.status).not.toBe('failed');
    await eventually(() => expect(client.outbox.at(-1)).toMatchObject({ status: 'failed' }));
    [long, huge, lost].forEach(({ clientMessageId }) => client.discard(clientMessageId));
    expect(client.outbox).toEqual([]);
    expect([...storage.keys()].filter((key) => key.startsWith('outbox'))).toEqual([]);
  });

  it('sends once more what was stored without its answer, and it is stored once', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const chat = await buildDirect(ana, leo);
    let lost = 0;
    const fetchImpl: typeof fetch = async (url, init) => {
      const response = await fetch(url, init);
      if (!(init?.body as string).includes('messageAdd') || lost === 3) return response;
      lost += 1;
      throw new TypeError('the connection broke');
    };
    const sockets: WebSocket[] = [];
    class KeptSocket extends WebSocket {
      constructor(address: string, protocols?: string[]) {
        super(address, protocols);
        sockets.push(this);
      }
    }
    const client = chatClient(ana, { fetchImpl, webSocketImpl: KeptSocket });
    await client.live();
    // What the feed shows would be taken for an answer.
    sockets.forEach((socket) => socket.pause());
    client.send({ conversationId: chat, content: 'hello' });
    await eventually(() => expect(client.sentMessages).toHaveLength(1));
    sockets.forEach((socket) => socket.resume());
    await say(leo, chat, 'end');
    await eventually(() => expect(contentsOf(client)).toEqual(['hello', 'end']));
    expect(lost).toBe(3);
  });

  it('takes for sent what it is shown in the log, though the answer got lost and its sender was removed', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const group = await buildGroup(ana, [leo]);
    const fetchImpl: typeof fetch = async (url, init) => {
      const response = await fetch(url, init);
      if (!(init?.body as string).includes('messageAdd')) return response;
      await ana.run(GroupUserRemoveDocument, { input: { groupId: group, userId: leo.id } });
      await eventually(() => expect(client.told).toContain('left'));
      throw new TypeError('the connection broke');
    };
    const client = chatClient(leo, { fetchImpl });
    const statuses = new Set<string>();
    client.on('outbox', (outbox) => outbox.forEach(({ status }) => statuses.add(status)));
    await client.live();
    const { clientMessageId } = client.send({ conversationId: group, content: 'hello' });
    await eventually(() => expect(client.told).toContain('left'));
    expect(client.outbox).toEqual([]);
    expect(client.sentMessages).toMatchObject([{ clientMessageId, message: { content: 'hello', seq: 2 } }]);
    expect([...statuses]).toEqual(['sending']);
  });

  it('takes for sent nothing that another one has sent with the same id elsewhere', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const [chat, group] = [await buildDirect(ana, leo), await buildGroup(ana, [leo])];
    let isHeld = true;
    const fetchImpl: typeof fetch = async (url, init) => {
      if (isHeld && (init?.body as string).includes('messageAdd')) throw new TypeError('the connection broke');
      return fetch(url, init);
    };
    const client = chatClient(leo, { fetchImpl });
    await client.live();
    const { clientMessageId } = client.send({ conversationId: chat, content: 'hello' });
    await ana.run(MessageAddDocument, { input: { conversationId: group, content: 'copied', clientMessageId } });
    await eventually(() => expect(contentsOf(client)).toEqual(['copied']));
    expect(client.outbox).toMatchObject([{ clientMessageId }]);
    isHeld = false;
    await eventually(() => expect(client.sentMessages).toMatchObject([{ message: { content: 'hello' } }]));
  });

  it('says NOT_FOUND of what was stored unanswered while its sender is no longer a member', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const group = await buildGroup(ana, [leo]);
    const client = chatClient(leo);
    const { clientMessageId } = client.send({ conversationId: group, content: 'hello' });
    await leo.run(MessageAddDocument, { input: { conversationId: group, content: 'hello', clientMessageId } });
    await ana.run(GroupUserRemoveDocument, { input: { groupId: group, userId: leo.id } });
    await client.live();
    const failed = { clientMessageId, status: 'failed', error: { code: 'NOT_FOUND' } };
    await eventually(() => expect(client.outbox).toMatchObject([failed]));
    expect(client.sentMessages).toEqual([]);
    await ana.run(GroupUserAddDocument, { input: { groupId: group, userId: leo.id } });
    client.retry(clientMessageId);
    await eventually(() => expect(client.sentMessages).toMatchObject([{ clientMessageId, message: { seq: 2 } }]));
  });

  it('sends what is in the storage as its id says, not what another tab has thrown away', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const chat = await buildDirect(ana, leo);
    const storage = new Map<string, string>([['outbox:broken', '{"content":1}']]);
    const one = chatClient(ana, { storage });
    const thrown = one.send({ conversationId: chat, content: 'thrown away' });
    one.send({ conversationId: chat, content: 'kept' });
    const other = chatClient(ana, { storage });
    expect(other.outbox).toHaveLength(2);
    one.discard(thrown.clientMessageId);
    other.connect();
    await eventually(() => expect(other.outbox).toEqual([]));
    expect(other.sentMessages).toMatchObject([{ message: { content: 'kept' } }]);
  });

  it('sends nothing after it was closed', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const chat = await buildDirect(ana, leo);
    const client = chatClient(ana);
    await client.live();
    await client.close();
    client.send({ conversationId: chat, content: 'hello' });
    const { message } = (await ana.run(MessageAddDocument, { input: { conversationId: chat, content: 'first' } }))
      .messageAdd;
    expect(message.seq).toBe(1);
    expect(client.outbox).toMatchObject([{ status: 'waiting' }]);
  });

  it('waits as long as the server says when it sends too fast', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const chat = await buildDirect(ana, leo);
    const attempts: number[] = [];
    const extensions = { code: 'RATE_LIMITED', retryAfter: 1 };
    const tooOften = JSON.stringify({ errors: [{ message: 'That was too often.', extensions }] });
    const fetchImpl: typeof fetch = (url, init) => {
      if (!(init?.body as string).includes('messageAdd')) return fetch(url, init);
      attempts.push(performance.now());
      return attempts.length <= 2 ? Promise.resolve(new Response(tooOften)) : fetch(url, init);
    };
    const client = chatClient(ana, { fetchImpl });
    await client.live();
    for (const content of ['one', 'two']) client.send({ conversationId: chat, content });
    await eventually(() => expect(client.outbox).toEqual([]));
    expect(client.sentMessages.map(({ message }) => message.content)).toEqual(['one', 'two']);
    const [first = 0, second = 0, third = 0] = attempts;
    expect(Math.min(second - first, third - second)).toBeGreaterThan(990);
  });

  it.each([
    ['INTERNAL', undefined],
    ['UNAVAILABLE', 'BUSY'],
  ])('goes on with other conversations while one of them answers %s %s', async (code, reason) => {
    const [ana, leo, eva] = await server.people('ana', 'leo', 'eva');
    const [broken, whole] = [await buildDirect(ana, leo), await buildDirect(ana, eva)];
    let isBroken = true;
    let attempts = 0;
    const trouble = JSON.stringify({ errors: [{ message: 'That did not work.', extensions: { code, reason } }] });
    const fetchImpl: typeof fetch = (url, init) => {
      const body = init?.body as string;
      if (!isBroken || !body.includes('messageAdd') || !body.includes(broken)) return fetch(url, init);
      attempts += 1;
      return Promise.resolve(new Response(trouble));
    };
    const client = chatClient(ana, { fetchImpl });
    await client.live();
    for (const content of ['one', 'two']) client.send({ conversationId: broken, content });
    await eventually(() => expect([attempts, client.outbox[0]?.status]).toEqual([1, 'waiting']));
    client.send({ conversationId: whole, content: 'three' });
    expect(client.outbox.map(({ status }) => status)).toEqual(['waiting', 'waiting', 'sending']);
    await eventually(() => expect(client.sentMessages).toMatchObject([{ message: { content: 'three' } }]));
    await eventually(() => expect(attempts).toBe(3));
    expect(client.outbox).toMatchObject([{ content: 'one' }, { content: 'two', status: 'waiting' }]);
    isBroken = false;
    await eventually(() => expect(client.outbox).toEqual([]));
    expect(client.sentMessages.map(({ message }) => message.content)).toEqual(['three', 'one', 'two']);
  });
});
