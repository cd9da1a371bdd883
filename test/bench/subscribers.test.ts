import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { Subscribers, textOf } from '../../bench/support/subscribers.js';
import { eventually } from '../support/eventually.js';

describe('the check of a fan-out', () => {
  let server: WebSocketServer;
  let sockets: WebSocket[];
  beforeEach(async () => {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    sockets = [];
    server.on('connection', (socket) => sockets.push(socket));
    await once(server, 'listening');
  });
  afterEach(() => server.close());

  /** What two subscribers are told: the first one everything, the second one these numbers. */
  async function told(second: readonly number[]): Promise<Subscribers> {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const subscribers = await Subscribers.connect({ url }, 2);
    [[0, 1, 2], second].forEach((numbers, at) => numbers.forEach((number) => sockets[at]?.send(textOf(number, 'x'))));
    sockets.forEach((socket) => socket.send(textOf(Number.NaN, 'the end')));
    await eventually(() => expect(subscribers.areWarm).toBe(true));
    await subscribers.close();
    return subscribers;
  }

  it('passes when everybody got every message once and in order', async () => {
    const subscribers = await told([0, 1, 2]);
    expect(() => subscribers.verify('it', 3)).not.toThrow();
    expect(subscribers.received).toBe(6);
  });

  it.each([
    ['loses one', [0, 2], '2 not in their turn, 1 others'],
    ['loses the last', [0, 1], '1 not in their turn, 0 others'],
    ['doubles one', [0, 1, 1, 2], '0 not in their turn, 1 others'],
    ['mixes two up', [1, 0, 2], '2 not in their turn, 2 others'],
    ['gives one too many', [0, 1, 2, 3], '0 not in their turn, 1 others'],
  ])('fails when a server %s', async (_fault, numbers, counts) => {
    const subscribers = await told(numbers);
    expect(() => subscribers.verify('it', 3)).toThrow(
      `it: 1 of 2 subscribers did not get all 3 messages once and in order (${counts}).`,
    );
  });
});
