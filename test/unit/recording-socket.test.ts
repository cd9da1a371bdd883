import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { RecordedSockets } from '../faults/support/recording-socket.js';

const feed = JSON.stringify({ id: '1', type: 'subscribe', payload: { query: 'subscription { conversationFeed }' } });

describe('a recorded socket', () => {
  let server: WebSocketServer;
  beforeAll(async () => {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
  });
  afterAll(() => server.close());

  it('has a feed from when it is asked for until the socket closes, and none that never left', async () => {
    const sockets = new RecordedSockets('ana');
    const socket = new sockets.Socket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await once(socket, 'open');
    socket.send(feed);
    expect(sockets.wires.map(({ isOpen }) => isOpen)).toEqual([true]);
    sockets.cut();
    await once(socket, 'close');
    socket.send(feed);
    expect(sockets.wires.map(({ isOpen }) => isOpen)).toEqual([false]);
  });
});
