import { WebSocket } from 'ws';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import { rest } from '../support/rest.js';
import { TestSocket } from '../support/socket-io.js';
import type { Person } from '../support/wire-person.js';

describe('who is on a Socket.IO socket', () => {
  let server: TestServer;
  let ana: Person;
  let leo: Person;
  let group: string;
  const open: TestSocket[] = [];
  const kept = (socket: TestSocket): TestSocket => {
    open.push(socket);
    return socket;
  };
  beforeAll(async () => {
    server = await startChatset({ ALLOWED_ORIGINS: 'https://chat.example.org' });
    [ana, leo] = await server.people('ana', 'leo');
    const made = await rest(server.url, 'POST /groups', { ...ana, body: { title: 'Club', userIds: [leo.id] } });
    group = (made.body.data as { id: string }).id;
  });
  afterEach(() => open.splice(0).forEach((socket) => socket.close()));
  afterAll(() => server.stop());
  const say = (content: string) =>
    rest(server.url, 'POST /messages', { ...leo, body: { conversationId: group, content } });

  it.each<[string, () => TestSocket]>([
    ['of today', () => TestSocket.modern(server.url)],
    ['of old', () => TestSocket.old(server.url)],
  ])('%s may be nobody, who may register and log in, and hears nothing', async (_name, connect) => {
    const socket = await kept(connect()).connected();
    for (const event of ['conversation list', 'user data', 'new message', 'conversation follow', 'typing']) {
      expect(await socket.ask(event, {})).toMatchObject({ code: 401 });
    }
    const account = { username: `nova-${_name.replace(' ', '')}`, password: 'correct horse battery' };
    expect(await socket.ask('user register', account)).toMatchObject({
      code: 201,
      data: { user: { username: account.username } },
    });
    expect(await socket.ask('login', account)).toMatchObject({
      code: 201,
      data: { token: expect.any(String) as string },
    });
    expect(await socket.ask('login', { ...account, password: { $ne: '' } })).toMatchObject({ code: 400 });
    expect(await socket.ask('user data')).toMatchObject({ code: 401 });
    await say('not for nobody');
    await socket.ask('user data');
    expect(socket.received).toEqual([]);
  });

  it('is refused with a token that nobody holds, and let in without identity with a cookie that has ended', async () => {
    const refused = kept(TestSocket.modern(server.url, 'wrong'));
    await eventually(() => expect(refused.ended).toMatchObject({ code: 401 }));
    const nobody = await kept(TestSocket.old(server.url, 'wrong')).connected();
    expect(await nobody.ask('user data')).toMatchObject({ code: 401 });
  });

  it('is known by the Authorization header, too', async () => {
    const extraHeaders = { authorization: `Bearer ${ana.token}` };
    await kept(TestSocket.modern(server.url, undefined, { extraHeaders })).welcomed();
  });

  it('loses the socket at once when the session ends: its own log-out is still answered', async () => {
    const { body } = await rest(server.url, 'POST /sessions', {
      body: { username: ana.username, password: ana.password },
    });
    const { token } = body.data as { token: string };
    const [one, other] = [kept(TestSocket.modern(server.url, token)), kept(TestSocket.old(server.url, token))];
    await Promise.all([one.welcomed(), other.welcomed()]);
    expect(await one.ask('logout')).toMatchObject({ code: 200, data: { sessionId: expect.any(String) as string } });
    await eventually(() => expect([one.ended, other.ended]).toEqual(['io server disconnect', 'io server disconnect']));
    await kept(TestSocket.modern(server.url, ana.token)).welcomed();
  });

  it('is online as long as a socket is open', async () => {
    const presence = async () => {
      const { body } = await rest(server.url, `GET /users/${ana.id}`, leo);
      return (body.data as { presence: string }).presence;
    };
    const socket = await kept(TestSocket.old(server.url, ana.token)).welcomed();
    await eventually(async () => expect(await presence()).toBe('ONLINE'));
    socket.close();
    await eventually(async () => expect(await presence()).toBe('OFFLINE'));
  });

  it('is not lent to pages of other origins, over polling and over WebSocket', async () => {
    const headers = (origin: string) => ({ origin, cookie: `sid=${ana.token}` });
    const poll = (origin: string, path: string) =>
      fetch(`${server.url}${path}/?EIO=4&transport=polling`, { headers: headers(origin) });
    const status = (origin: string, path: string) =>
      new Promise((resolve) => {
        const socket = new WebSocket(`${server.url.replace('http', 'ws')}${path}/?EIO=3&transport=websocket`, {
          headers: headers(origin),
        });
        socket.on('open', () => resolve('open')).on('message', () => socket.close());
        socket
          .on('error', () => undefined)
          .on('unexpected-response', (_request, { statusCode }) => resolve(statusCode));
      });
    for (const path of ['/sockets', '/socket.io']) {
      expect((await poll('https://evil.example', path)).status).toBe(403);
      expect(await status('https://evil.example', path)).toBe(403);
      expect((await poll('https://chat.example.org', path)).status).toBe(200);
      expect(await status('https://chat.example.org', path)).toBe('open');
      expect((await poll(server.url, path)).status).toBe(200);
    }
    const anonymous = await fetch(`${server.url}/sockets/?EIO=4&transport=polling`, {
      headers: { origin: 'https://evil.example' },
    });
    expect(anonymous.status).toBe(403);
  });

  it('is lent as a script (JSONP) to its own pages and the listed ones only, and as one that browsers run', async () => {
    const script = (site: Record<string, string>) =>
      fetch(`${server.url}/sockets/?EIO=3&transport=polling&j=0`, { headers: { cookie: `sid=${ana.token}`, ...site } });
    const admitted: Record<string, string>[] = [
      {},
      { 'sec-fetch-site': 'same-origin' },
      { referer: `${server.url}/old.html` },
      { 'sec-fetch-site': 'cross-site', referer: 'https://chat.example.org/' },
    ];
    for (const site of admitted) {
      const answer = await script(site);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=UTF-8']);
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
      expect(await answer.text()).toMatch(/^___eio\[0\]\("/);
    }
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'cross-site', referer: 'https://evil.example/' },
      { referer: 'https://evil.example/?https://chat.example.org/' },
      { referer: 'no address' },
    ];
    for (const site of foreign) expect((await script(site)).status).toBe(403);
  });
});
