import { WebSocket } from 'ws';
import { type ChatRequestError, createChatClient } from '../../src/client/index.js';
import {
  GroupUserAddDocument,
  GroupUserRemoveDocument,
  LoginDocument,
  MeDocument,
  MessageAddDocument,
  SessionRevokeDocument,
  TypingChangedDocument,
  type TypingChangedSubscription,
  TypingSetDocument,
} from '../../src/generated/operations.js';
import { buildDirect, buildGroup, say } from '../support/builders.js';
import { chatClient, contentsOf } from '../support/chat-clients.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';

let server: TestServer;
beforeAll(async () => {
  server = await startChatset();
});
afterAll(() => server.stop());

describe('a client that asks', () => {
  it('runs operations, also without being connected, and gives refusals with their code', async () => {
    const [ana] = await server.people('ana');
    const client = chatClient(ana);
    expect((await client.request(MeDocument, {})).me?.username).toBe(ana.username);
    const login = (password: string) => client.request(LoginDocument, { input: { username: ana.username, password } });
    await expect(login('wrong')).rejects.toMatchObject({ name: 'ChatRequestError', code: 'UNAUTHENTICATED' });
    const input = { conversationId: '0'.repeat(24), content: '' };
    await expect(client.request(MessageAddDocument, { input })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'content' }],
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

  it.each([
    [500, 'INTERNAL'],
    [502, 'UNAVAILABLE'],
    [503, 'UNAVAILABLE'],
  ])('says when something answers with the status %i', async (status, code) => {
    const failing = () => Promise.resolve(new Response('Bad gateway', { status }));
    const client = createChatClient({ url: 'http://127.0.0.1:1', fetchImpl: failing });
    await expect(client.request(MeDocument, {})).rejects.toMatchObject({
      code,
      message: `http://127.0.0.1:1 answers with the status ${status}. Try again later.`,
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

  it('of one conversation is over when its viewer is removed, and one of all goes on when it is added again', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const group = await buildGroup(ana, [leo]);
    const client = chatClient(leo);
    const heard: string[] = [];
    const listen = (name: string, conversationId?: string) =>
      client.subscribe(
        TypingChangedDocument,
        { conversationId },
        () => heard.push(name),
        () => heard.push(`${name}: refused`),
      );
    listen('of one', group);
    listen('of all');
    await client.live();
    const member = { input: { groupId: group, userId: leo.id } };
    await ana.run(GroupUserRemoveDocument, member);
    await eventually(() => expect(client.told).toContain('left'));
    await ana.run(GroupUserAddDocument, member);
    await eventually(() => expect(client.told.at(-1)).toMatch('MEMBER_ADDED'));
    await client.close();
    await client.live();
    await ana.run(TypingSetDocument, typing(group, true));
    await eventually(() => expect(heard).toEqual(['of all']));
    listen('anew', group);
    await eventually(async () => {
      for (const value of [false, true]) await ana.run(TypingSetDocument, typing(group, value));
      expect(heard).toContain('anew');
    });
    expect(heard).not.toContain('of one');
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
