import { jest } from '@jest/globals';
import { WebSocket } from 'ws';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import { rest } from '../support/rest.js';
import { TestSocket } from '../support/socket-io.js';

jest.setTimeout(60_000);

const overWebSocket = { transports: ['websocket'] };
const all = (count: number, connect: () => TestSocket): TestSocket[] => Array.from({ length: count }, connect);

describe('the number of sockets', () => {
  let server: TestServer;
  const open: TestSocket[] = [];
  const kept = (sockets: TestSocket[]): TestSocket[] => {
    open.push(...sockets);
    return sockets;
  };
  beforeAll(async () => {
    // Addresses are told by a proxy, so that one machine can play several.
    server = await startChatset({ RATE_LIMITS: 'on', TRUST_PROXY: '1' });
  });
  afterEach(() => open.splice(0).forEach((socket) => socket.close()));
  afterAll(() => server.stop());
  const nobodyAt = (address: string, cookie = ''): TestSocket =>
    TestSocket.modern(server.url, undefined, {
      ...overWebSocket,
      extraHeaders: { 'x-forwarded-for': address, ...(cookie && { cookie }) },
    });
  const counts = (sockets: readonly TestSocket[]) => ({
    connected: sockets.filter(({ socket }) => socket.connected).length,
    refused: sockets.filter(({ ended }) => (ended as { code?: number } | undefined)?.code === 429).length,
  });

  it('is 100 for each person, also of those that come at once', async () => {
    const [ana] = await server.people('ana');
    const connect = () => TestSocket.modern(server.url, ana.token, overWebSocket);
    const sockets = kept(all(110, connect));
    await eventually(() => expect(counts(sockets)).toEqual({ connected: 100, refused: 10 }), 30_000);
    sockets.find(({ socket }) => socket.connected)?.close();
    await eventually(async () => {
      const [another] = kept([connect()]);
      await eventually(() => expect(another!.socket.connected || another!.ended !== undefined).toBe(true));
      expect(another!.socket.connected).toBe(true);
    });
  });

  it('is 200 without identity for each address; people and other addresses have their own', async () => {
    const address = '203.0.113.7';
    const sockets = kept(all(205, () => nobodyAt(address)));
    await eventually(() => expect(counts(sockets)).toEqual({ connected: 200, refused: 5 }), 30_000);
    const refused = sockets.find(({ socket }) => !socket.connected)!;
    expect(refused.ended).toMatchObject({ msg: expect.stringContaining('Too many sockets') as string, retryAfter: 5 });
    const [luis] = await server.people('luis');
    const headers = { extraHeaders: { 'x-forwarded-for': address } };
    const [known, other] = kept([
      TestSocket.modern(server.url, luis.token, { ...overWebSocket, ...headers }),
      nobodyAt('203.0.113.8'),
    ]);
    await known!.welcomed();
    await other!.connected();
    sockets.find(({ socket }) => socket.connected)?.close();
    await eventually(async () => {
      const [another] = kept([nobodyAt(address)]);
      await eventually(() => expect(another!.socket.connected || another!.ended !== undefined).toBe(true));
      expect(another!.socket.connected).toBe(true);
    });
  });

  it('forgets who left before it was known who it is', async () => {
    const address = '203.0.113.9';
    const leave = () =>
      new Promise<void>((resolve) => {
        const headers = { 'x-forwarded-for': address, cookie: 'sid=of-nobody' };
        const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sockets/?EIO=4&transport=websocket`, {
          headers,
        });
        socket.once('message', () => {
          socket.send('40');
          socket.terminate();
        });
        socket.once('close', () => resolve());
      });
    for (let round = 0; round < 5; round += 1) await Promise.all(Array.from({ length: 50 }, leave));
    const sockets = kept(all(200, () => nobodyAt(address)));
    await eventually(() => expect(counts(sockets)).toEqual({ connected: 200, refused: 0 }), 30_000);
  });
});

describe('one connection', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startChatset();
  });
  afterAll(() => server.stop());
  const raw = async (version: 3 | 4, cookie = ''): Promise<{ socket: WebSocket; frames: string[] }> => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sockets/?EIO=${version}&transport=websocket`, {
      headers: { cookie },
    });
    const frames: string[] = [];
    socket.on('message', (data: Buffer) => void frames.push(data.toString()));
    socket.on('error', () => undefined);
    await eventually(() => expect(frames).not.toEqual([]));
    return { socket, frames };
  };

  it('carries one socket', async () => {
    const [ana] = await server.people('ana');
    const { socket, frames } = await raw(4);
    for (let at = 0; at < 20; at += 1) socket.send(`40${JSON.stringify({ token: ana.token })}`);
    await eventually(() => expect(frames.filter((frame) => frame.startsWith('44'))).toHaveLength(19));
    expect(frames.find((frame) => frame.startsWith('44'))).toContain('"code":400');
    await eventually(() => expect(frames.join('')).toContain('42["user data"'));
    expect(frames.filter((frame) => frame.startsWith('40'))).toHaveLength(1);
    socket.terminate();
  });

  it.each([3, 4] as const)('ends with its socket (Engine.IO %i)', async (version) => {
    const [ana] = await server.people('ana');
    const { socket, frames } = await raw(version, `sid=${ana.token}`);
    if (version === 4) socket.send('40');
    await eventually(() => expect(frames.join('')).toContain('user data'));
    socket.send('41');
    await eventually(() => expect(socket.readyState).toBe(WebSocket.CLOSED));
  });

  it.each<[string, (token: string) => TestSocket]>([
    ['of today', (token) => TestSocket.modern(server.url, token, { transports: ['polling'] })],
    ['of old', (token) => TestSocket.old(server.url, token, { transports: ['polling'] })],
  ])('%s has 256 requests under way; more are refused and do nothing', async (_name, connect) => {
    const [ana] = await server.people('ana');
    const made = await rest(server.url, 'POST /groups', { ...ana, body: { title: 'Club', userIds: [] } });
    const { id: conversationId } = made.body.data as { id: string };
    const socket = await connect(ana.token).welcomed();
    // What is emitted at once goes out as one or two requests of polling; some may be answered between them.
    const asked = Array.from({ length: 1_000 }, (_, at) =>
      socket.ask('message add', { conversationId, content: `${at}` }),
    );
    const answers = await Promise.all(asked);
    const added = answers.filter(({ code }) => code === 201);
    const refused = answers.filter(({ code }) => code === 429);
    expect(added.length).toBeGreaterThanOrEqual(256);
    expect(refused.length).toBeGreaterThan(0);
    expect(added.length + refused.length).toBe(asked.length);
    expect(refused[0]).toMatchObject({ retryAfter: 1, msg: expect.stringContaining('256') as string });
    const { body } = await rest(server.url, `GET /conversations/${conversationId}`, ana);
    expect(body.data).toMatchObject({ lastSeq: added.length + 1 });
    expect(await socket.ask('message add', { conversationId, content: 'again' })).toMatchObject({ code: 201 });
    socket.close();
  });
});
