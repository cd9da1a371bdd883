import { WebSocket } from 'ws';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/wire-person.js';

/** What clients of old put on the wire and find on it, without a library that might forgive. */
describe('the frames of Engine.IO 3', () => {
  let server: TestServer;
  let ana: Person;
  beforeAll(async () => {
    server = await startChatset();
    [ana] = await server.people('ana');
  });
  afterAll(() => server.stop());
  const get = (query: string) => fetch(`${server.url}/sockets/?${query}`, { headers: { cookie: `sid=${ana.token}` } });

  it('open with the old timings and cookie, over polling', async () => {
    const response = await get('EIO=3&transport=polling');
    const text = await response.text();
    const [, sid = ''] =
      /^\d+:0\{"sid":"([^"]{20})","upgrades":\["websocket"\],"pingInterval":25000,"pingTimeout":5000/.exec(text) ?? [];
    expect(sid).not.toBe('');
    expect(response.headers.get('set-cookie')).toBe(`io=${sid}; Path=/; HttpOnly`);
    let polled = text;
    await eventually(async () => {
      if (!polled.includes('user data')) polled += await (await get(`EIO=3&transport=polling&sid=${sid}`)).text();
      expect(polled).toContain('user data');
    });
    expect(polled).toMatch(/2:40.*42\["userInfo"\].*42\["userInfo"\].*42\["conversation list",\[\]\]/s);
    const posted = await fetch(`${server.url}/sockets/?EIO=3&transport=polling&sid=${sid}`, {
      method: 'POST',
      body: '1:2',
    });
    expect(await posted.text()).toBe('ok');
    expect(await (await get(`EIO=3&transport=polling&sid=${sid}`)).text()).toBe('1:3');
  });

  it('come as scripts to pages that cannot do otherwise', async () => {
    const text = await (await get('EIO=3&transport=polling&j=0')).text();
    expect(text).toMatch(/^___eio\[0\]\("\d+:0\{\\"sid\\"/);
  });

  it('open over WebSocket, and answer the ping of the client', async () => {
    const frames: string[] = [];
    const headers = { cookie: `sid=${ana.token}` };
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sockets/?EIO=3&transport=websocket`, { headers });
    socket.on('message', (data: Buffer) => frames.push(data.toString()));
    await eventually(() => expect(frames.join('')).toContain('user data'));
    expect(frames[0]).toMatch(/^0\{"sid":"[^"]{20}","upgrades":\[\],"pingInterval":25000,"pingTimeout":5000/);
    expect(frames.slice(1, 5)).toEqual(['40', '42["userInfo"]', '42["userInfo"]', '42["conversation list",[]]']);
    socket.send('2');
    await eventually(() => expect(frames.at(-1)).toBe('3'));
    socket.close();
  });

  it.each([
    ['EIO=3&transport=pigeon', '{"code":0,"message":"Transport unknown"}'],
    ['EIO=3&transport=polling&sid=none', '{"code":1,"message":"Session ID unknown"}'],
  ])('say what is wrong with %s', async (query, body) => {
    const response = await get(query);
    expect([response.status, await response.text()]).toEqual([400, body]);
  });
});
