import { WebSocket } from 'ws';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import { TestSocket } from '../support/socket-io.js';

const introductionMs = 1_000;

describe('the time in which a socket must say who it is', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startChatset({}, { introductionMs });
  });
  afterAll(() => server.stop());

  const raw = (): { socket: WebSocket; frames: string[] } => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sockets/?EIO=4&transport=websocket`);
    const frames: string[] = [];
    socket.on('message', (data: Buffer) => void frames.push(data.toString()));
    return { socket, frames };
  };

  it.each<[string, (token: string) => TestSocket]>([
    ['Socket.IO 4', (token) => TestSocket.modern(server.url, token)],
    ['Socket.IO 2', (token) => TestSocket.old(server.url, token)],
  ])('does not count what the server takes to find out (%s)', async (_name, connect) => {
    const [ana] = await server.people('ana');
    let isBusy = false;
    const free = server.beforeCommand('sessions.findOne', () => {
      if (isBusy) return;
      isBusy = true;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, introductionMs + 100);
    });
    const socket = await connect(ana.token).welcomed();
    free();
    expect(isBusy).toBe(true);
    expect(socket.lost).toBe(0);
    socket.close();
  });

  it('ends for who says nothing', async () => {
    const { socket } = raw();
    await eventually(() => expect(socket.readyState).toBe(WebSocket.CLOSED), 10_000);
  });

  it('ends for who was refused, however often it asks', async () => {
    const { socket, frames } = raw();
    const ask = (): void => socket.send('40{"token":"of nobody"}');
    socket.on('message', (data: Buffer) => {
      if (data.toString().startsWith('0') || data.toString().startsWith('44')) ask();
    });
    await eventually(() => expect(socket.readyState).toBe(WebSocket.CLOSED), 10_000);
    expect(frames.filter((frame) => frame.startsWith('44')).length).toBeGreaterThan(1);
  });
});
