import { WebSocket } from 'ws';
import {
  GroupUserAddDocument,
  GroupUserRemoveDocument,
  LoginDocument,
  MeDocument,
  SessionRevokeDocument,
  TypingChangedDocument,
  type TypingChangedSubscription,
  TypingSetDocument,
} from '../../src/generated/operations.js';
import type { ChatRequestError } from '../../src/client/index.js';
import { createChatClient } from '../../src/client/index.js';
import { buildDirect, buildGroup, say, sayAll } from '../support/builders.js';
import { chatClient, contentsOf } from '../support/chat-clients.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';

let server: TestServer;
beforeAll(async () => {
  server = await startChatset();
});
afterAll(() => server.stop());

describe('a client that follows', () => {
  it('is told of what comes after its first start, also in conversations that begin later', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const old = await buildDirect(ana, leo);
    await say(ana, old, 'before');
    const client = chatClient(leo);
    await client.live();
    await say(ana, old, 'after');
    const group = await buildGroup(ana, [leo]);
    await say(ana, group, 'new');
    await eventually(() => expect(contentsOf(client)).toEqual(['after', 'new']));
    expect(client.told).toEqual(['caughtUp', 'MESSAGE_ADDED 2', 'GROUP_CREATED 1', 'MESSAGE_ADDED 2']);
    expect([...client.known]).toEqual([
      [old, 2],
      [group, 2],
    ]);
    expect(client.states).toEqual(['connecting', 'live']);
  });

  it('continues after a restart where its storage says, with what it missed, once', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const chat = await buildDirect(ana, leo);
    const storage = new Map<string, string>();
    const before = chatClient(leo, { storage });
    await before.live();
    await say(ana, chat, 'one');
    await eventually(() => expect(contentsOf(before)).toEqual(['one']));
    await before.close();
    expect(before.state).toBe('closed');
    await sayAll(ana, chat, ['two', 'three']);

    const after = chatClient(leo, { storage });
    await after.live();
    expect(after.told).toEqual(['MESSAGE_ADDED 2', 'MESSAGE_ADDED 3', 'caughtUp']);
  });

  it('starts from now on when its storage holds something else', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const chat = await buildDirect(ana, leo);
    await say(ana, chat, 'before');
    for (const known of ['nonsense', '[["a",-1]]', '[[1,2]]', '{}', '[null]']) {
      const client = chatClient(leo, { storage: new Map([['known', known]]) });
      await client.live();
      expect(client.told).toEqual(['caughtUp']);
    }
  });

  it('pages what is too much for a replay, in order, and goes on live behind it', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const chat = await buildDirect(ana, leo);
    const contents = Array.from({ length: 250 }, (_nothing, number) => `message ${number}`);
    await Promise.all(contents.map((content) => say(ana, chat, content)));
    const client = chatClient(leo, { knownAtStart: [] });
    client.connect();
    await sayAll(ana, chat, ['live 1', 'live 2']);
    await eventually(() =>
      expect(client.events.map(({ seq }) => seq)).toEqual(contentsOf(client).map((_, at) => at + 1)),
    );
    await eventually(() => expect(contentsOf(client).slice(250)).toEqual(['live 1', 'live 2']));
    expect(new Set(contentsOf(client).slice(0, 250))).toEqual(new Set(contents));
    expect(client.resets).toEqual([]);
  });

  it('only says so when it is not to replay, and goes on after it', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const chat = await buildDirect(ana, leo);
    await sayAll(ana, chat, ['one', 'two']);
    const client = chatClient(leo, { knownAtStart: [], onReset: 'skip' });
    await client.live();
    await say(ana, chat, 'three');
    await eventually(() => expect(client.told).toEqual(['reset', 'caughtUp', 'MESSAGE_ADDED 3']));
    expect(client.resets).toEqual([{ conversationId: chat, firstSeq: 1, lastSeq: 2 }]);
  });

  it('says that what it handed out is void when the log of the server is shorter, and replays it', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const chat = await buildDirect(ana, leo);
    await sayAll(ana, chat, ['one', 'two']);
    const client = chatClient(leo, { knownAtStart: [{ conversationId: chat, seq: 7 }] });
    await client.live();
    await eventually(() => expect(client.told).toEqual(['reset', 'MESSAGE_ADDED 1', 'MESSAGE_ADDED 2', 'caughtUp']));
    expect(client.known.get(chat)).toBe(2);
  });

  it('is told when a conversation is over, and begins it anew when it is added again', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const group = await buildGroup(ana, [leo]);
    const client = chatClient(leo);
    await client.live();
    const input = { groupId: group, userId: leo.id };
    await ana.run(GroupUserRemoveDocument, { input });
    await eventually(() => expect(client.told).toEqual(['caughtUp', 'MEMBER_REMOVED 2', 'left']));
    expect(client.known.has(group)).toBe(false);
    await say(ana, group, 'not for Leo');
    await ana.run(GroupUserAddDocument, { input });
    await eventually(() => expect(client.told.slice(3)).toEqual(['MEMBER_ADDED 4']));
  });
});

describe('a client that asks', () => {
  it('runs operations, also without being connected, and gives refusals with their code', async () => {
    const [ana] = await server.people('ana');
    const client = chatClient(ana);
    expect((await client.request(MeDocument, {})).me?.username).toBe(ana.username);
    const login = (password: string) => client.request(LoginDocument, { input: { username: ana.username, password } });
    await expect(login('wrong')).rejects.toMatchObject({ name: 'ChatRequestError', code: 'UNAUTHENTICATED' });
    const long = { input: { userId: 'x'.repeat(10), groupId: '' } };
    await expect(client.request(GroupUserAddDocument, long)).rejects.toMatchObject({
      code: expect.any(String) as string,
    });
    expect(client.state).toBe('closed');
  });

  it('says when nobody, or somebody else, answers', async () => {
    const nowhere = createChatClient({ url: 'http://127.0.0.1:1/' });
    await expect(nowhere.request(MeDocument, {})).rejects.toMatchObject({
      code: 'NETWORK',
      message: 'No server answers at http://127.0.0.1:1.',
    });
    const page = () => Promise.resolve(new Response('<html></html>'));
    const other = createChatClient({ url: 'http://127.0.0.1:1', fetchImpl: page });
    await expect(other.request(MeDocument, {})).rejects.toMatchObject({
      code: 'NETWORK',
      message: 'What answers at http://127.0.0.1:1 is not a Chatset server.',
    });
  });

  it.each([undefined, '', 'chat.example.org', 'ftp://chat.example.org', 'http://'])(
    'does not take the address %j',
    (url) => {
      expect(() => createChatClient({ url })).toThrow('is not the address of a server. It looks like');
    },
  );

  it('says what to do where there is no WebSocket', () => {
    expect(() => createChatClient({ url: server.url }).connect()).toThrow(
      'createChatClient({ webSocketImpl: WebSocket })',
    );
  });
});

describe('a client whose log-in is not taken', () => {
  it('is signed out without a token, with a false one, and when its session ends', async () => {
    const [ana] = await server.people('ana');
    for (const token of [undefined, 'nobody']) {
      const client = chatClient({ url: server.url, token }, { knownAtStart: [] });
      client.connect();
      await eventually(() => expect(client.states).toEqual(['connecting', 'signed-out']));
    }
    const { login } = await chatClient(ana).request(LoginDocument, {
      input: { username: ana.username, password: ana.password },
    });
    const client = chatClient({ url: server.url, token: login.token });
    await client.live();
    await ana.run(SessionRevokeDocument, { input: { sessionId: login.session.id } });
    await eventually(() => expect(client.state).toBe('signed-out'));
  });

  it('keeps what it has to send, and goes on when connect is called', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const chat = await buildDirect(ana, leo);
    let cookie: Record<string, string> = {};
    const fetchImpl: typeof fetch = (url, init) => fetch(url, { ...init, headers: { ...init?.headers, ...cookie } });
    class PageSocket extends WebSocket {
      constructor(url: string, protocol: string) {
        super(url, protocol, { headers: cookie });
      }
    }
    const client = chatClient({ url: server.url }, { fetchImpl, webSocketImpl: PageSocket });
    client.send({ conversationId: chat, content: 'hello' });
    client.connect();
    await eventually(() => expect(client.state).toBe('signed-out'));
    expect(client.outbox).toMatchObject([{ content: 'hello', status: 'waiting' }]);
    cookie = { cookie: `sid=${ana.token}` };
    client.connect();
    await eventually(() => expect(client.sentMessages).toMatchObject([{ message: { content: 'hello' } }]));
  });
});

describe('a live view', () => {
  const typing = (conversationId: string, value: boolean) => ({ input: { conversationId, typing: value } });

  it('shows what happens, until it is left', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const chat = await buildDirect(ana, leo);
    const client = chatClient(leo);
    const seen: TypingChangedSubscription[] = [];
    const leave = client.subscribe(TypingChangedDocument, { conversationId: chat }, (data) => seen.push(data));
    await client.live();
    await ana.run(TypingSetDocument, typing(chat, true));
    await eventually(() => expect(seen).toMatchObject([{ typingChanged: { typing: true } }]));
    leave();
    await say(ana, chat, 'done');
    await eventually(() => expect(contentsOf(client)).toEqual(['done']));
    expect(seen).toHaveLength(1);
  });

  it('that the server refuses is over, and says why', async () => {
    const [ana, leo, eva] = await server.people('ana', 'leo', 'eva');
    const chat = await buildDirect(ana, leo);
    const client = chatClient(eva);
    const errors: ChatRequestError[] = [];
    client.subscribe(
      TypingChangedDocument,
      { conversationId: chat },
      () => undefined,
      (error) => errors.push(error),
    );
    await client.live();
    await eventually(() => expect(errors).toMatchObject([{ code: 'NOT_FOUND' }]));
    expect(client.state).toBe('live');
  });
});
