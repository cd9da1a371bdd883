import { randomUUID } from 'node:crypto';
import { MessageAddDocument, LoginDocument } from '../../src/generated/operations.js';
import { OperationWatch } from '../../src/graphql/operation-watch.js';
import { createLogger } from '../../src/observability/logger.js';
import { buildDirect, say } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import { rest } from '../support/rest.js';
import { TestSocket } from '../support/socket-io.js';
import { RawSocket } from '../support/raw-socket.js';
import type { Person } from '../support/wire-person.js';

interface Line extends Record<string, unknown> {
  readonly requestId?: string;
}

describe('the log', () => {
  let server: TestServer;
  let ana: Person;
  let leo: Person;
  const lines: string[] = [];
  const told = (): Line[] => lines.map((line) => JSON.parse(line) as Line);
  const wsUrl = (): string => `${server.url.replace('http', 'ws')}/graphql`;

  const ask = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });

  beforeAll(async () => {
    server = await startChatset({ LOG_LEVEL: 'trace' }, { log: (line) => void lines.push(line) });
    [ana, leo] = await server.people('ana', 'leo');
  });
  afterAll(() => server.stop());

  it('has one line for an operation that is refused, with the name under which the caller can ask for it', async () => {
    const response = await ask(JSON.stringify({ query: 'query Me { me { id } }' }), { 'x-request-id': 'ticket-42' });
    expect(response.headers.get('x-request-id')).toBe('ticket-42');
    const login = {
      query: 'mutation Login { login(input: { username: "nobody", password: "wrong wrong" }) { token } }',
    };
    await ask(JSON.stringify(login), { 'x-request-id': 'ticket-43' });
    expect(told().filter(({ requestId }) => requestId === 'ticket-42')).toEqual([]);
    expect(told().filter(({ requestId }) => requestId === 'ticket-43')).toMatchObject([
      { level: 30, operation: 'Login', protocol: 'http', code: 'UNAUTHENTICATED', msg: 'An operation was refused.' },
    ]);
  });

  it.each(['', 'two words', 'a'.repeat(65), 'a"b', 'ñ'])('makes a name where the caller gives %j', async (given) => {
    const response = await ask('{"query":"{ __typename }"}', { 'x-request-id': given });
    expect(response.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
  });

  it('tells the operations of one socket apart', async () => {
    const socket = await RawSocket.open(wsUrl(), { headers: { 'x-request-id': 'socket-7' } });
    await socket.init({ token: ana.token });
    socket.subscribe('a', '{ __typename }');
    socket.subscribe('b', '{ nonsense }');
    socket.subscribe(
      'c',
      'query Conversation { conversation(id: "000000000000000000000000") { id } messages(conversationId: "0", first: 1) { __typename } }',
    );
    await eventually(() => expect(socket.messages.filter(({ id }) => id === 'b' || id === 'c')).not.toHaveLength(0));
    await eventually(() => {
      const ofSocket = told().filter(({ requestId }) => requestId?.startsWith('socket-7'));
      expect(ofSocket).toMatchObject([
        { requestId: 'socket-7.2', operation: 'other', protocol: 'graphql-ws', code: 'BAD_USER_INPUT' },
        { requestId: 'socket-7.3', operation: 'Conversation', protocol: 'graphql-ws' },
      ]);
    });
    socket.socket.terminate();
  });

  it('names every request of REST and of a Socket.IO client', async () => {
    const headers = { 'x-request-id': 'old-door' };
    await rest(server.url, 'GET /conversations', { headers });
    await rest(server.url, 'POST /messages', { headers, token: ana.token, body: '{' });
    await rest(server.url, 'POST /messages', { headers, token: ana.token, body: { nonsense: 1 } });
    const socket = await TestSocket.modern(server.url, ana.token, { extraHeaders: headers }).welcomed();
    await socket.ask('message add', { conversationId: 'f'.repeat(24), content: 'x' });
    await socket.ask('group delete', {});
    socket.close();
    const ofDoor = told().filter(({ requestId }) => requestId?.startsWith('old-door'));
    expect(ofDoor.map(({ protocol, operation, code }) => [protocol, operation, code])).toEqual([
      ['rest', 'ConversationsWithMembers', 'UNAUTHENTICATED'],
      ['rest', 'other', 'BAD_USER_INPUT'],
      ['rest', expect.any(String), 'BAD_USER_INPUT'],
      ['socket.io', 'MessageAdd', 'NOT_FOUND'],
      ['socket.io', 'GroupDelete', 'BAD_USER_INPUT'],
    ]);
    expect(ofDoor.slice(3).map(({ requestId }) => requestId)).toEqual(['old-door.1', 'old-door.2']);
  });

  it('has a line for requests that are no GraphQL at all', async () => {
    for (const body of ['{', '[]', '{"query": 7}', '']) await ask(body, { 'x-request-id': 'no-graphql' });
    const codes = told().filter(({ requestId }) => requestId === 'no-graphql');
    expect(codes.map(({ code }) => code)).toEqual(Array(4).fill('BAD_USER_INPUT'));
  });

  it('never holds what people wrote, passwords, tokens, cookies or variables', async () => {
    lines.length = 0;
    const secret = `hunter2${randomUUID().replaceAll('-', '')}`;
    const conversationId = await buildDirect(ana, leo);
    await say(ana, conversationId, secret);
    await ana.refused(LoginDocument, { input: { username: secret.slice(0, 30), password: secret } });
    await ana.refused(MessageAddDocument, { input: { conversationId: secret, content: secret } });
    const bodies = [
      { query: `mutation ${secret} { ${secret} }` },
      { query: `{ ${secret}: me { id } }`, operationName: secret },
      { query: `query($v: ${secret}) { me { id } }`, variables: { v: secret } },
      {
        query: 'mutation L($i: LoginInput!) { login(input: $i) { token } }',
        variables: { i: { username: { $ne: secret } } },
      },
      { query: 'query U($i: ID!) { user(id: $i) { id } }', variables: { i: { $ne: secret } } },
      {
        query: `mutation { userRegister(input: { username: "${secret}", password: "x", mail: "${secret}" }) { token } }`,
      },
      {
        query: `mutation { a${secret}: messageAdd(input: { conversationId: "0", content: "${'x'.repeat(4_001)}${secret}" }) { message { id } } }`,
      },
    ];
    for (const body of bodies) {
      await ask(JSON.stringify(body), { authorization: `Bearer ${ana.token}` });
      await ask(JSON.stringify(body), { cookie: `sid=${secret}`, origin: server.url });
      await ask(JSON.stringify(body), { authorization: `Bearer ${secret}`, 'x-request-id': `${secret} ${secret}` });
    }
    await ask(`{"query": "${secret}`);
    await ask(JSON.stringify({ query: secret, padding: 'x'.repeat(120_000) }));
    await fetch(`${server.url}/${secret}?token=${secret}`, { headers: { cookie: `sid=${secret}` } });
    await fetch(`${server.url}/%${secret}`);
    await fetch(`${server.url}/graphql?query=${secret}&variables=${secret}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    for (const at of ['POST /users', 'POST /sessions', 'POST /messages', `GET /users/${secret}`, `PATCH /${secret}`]) {
      const body = at.startsWith('GET')
        ? undefined
        : { username: secret, password: secret, content: secret, [secret]: 1 };
      await rest(server.url, at, { body });
      await rest(server.url, `${at}?token=${secret}`, { token: ana.token, body });
      await rest(server.url, at, { headers: { cookie: `sid=${secret}` }, body: body && secret });
    }
    const turnedAway = TestSocket.modern(server.url, secret);
    await eventually(() => expect(turnedAway.ended).toBeDefined());
    for (const generation of ['modern', 'old'] as const) {
      const old = await TestSocket[generation](server.url, ana.token).welcomed();
      await old.ask('message add', { conversationId, content: secret, [secret]: secret });
      await old.ask('message add', { conversationId: secret, content: { $ne: secret } });
      await old.ask(secret, secret);
      old.tell('login', { username: secret, password: secret });
      const { id = secret } = old.socket;
      await old.ask('user data', {});
      old.close();
      expect(lines.join('\n')).not.toContain(id);
    }
    const refused = await RawSocket.open(wsUrl());
    refused.send({ type: 'connection_init', payload: { token: secret } });
    await refused.end();
    const socket = await RawSocket.open(wsUrl());
    await socket.init({ token: ana.token });
    bodies.forEach((payload, at) => socket.send({ id: `${secret}${at}`, type: 'subscribe', payload }));
    await eventually(() => expect(socket.messages.length).toBeGreaterThan(bodies.length));
    socket.send(secret);
    await socket.end();

    const text = lines.join('\n');
    expect(lines.length).toBeGreaterThan(bodies.length * 3);
    for (const kept of [secret, ana.token, leo.token, ana.password]) expect(text).not.toContain(kept);
  });
});

describe('an operation that takes long', () => {
  it('has a line, even when it succeeds', () => {
    const lines: string[] = [];
    const logger = createLogger({ logLevel: 'info' }, { write: (line) => void lines.push(line) });
    const caller = { address: '192.0.2.1', protocol: 'http', requestId: 'r' } as const;
    new OperationWatch(logger, undefined, 0).begin(caller, 'Me').finished();
    new OperationWatch(logger).begin(caller, 'Me').finished();
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { level: 40, requestId: 'r', operation: 'Me', msg: 'An operation was slow.' },
    ]);
  });
});
