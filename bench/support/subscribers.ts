import { once } from 'node:events';
import type { Histogram } from 'hdr-histogram-js';
import { print } from 'graphql';
import { WebSocket } from 'ws';
import { ConversationFeedDocument } from '../../src/generated/operations.js';

/** Stands in the text of each message before its number; what has no number warms up. */
export const marker = 'fanout:';
const digits = 6;
/** Sockets that are opened at once. */
const openedAtOnce = 50;

/** The text of a measured message. */
export function textOf(number: number, filling: string): string {
  return `${marker}${String(number).padStart(digits, '0')} ${filling}`;
}

/** How a kind of server is connected to. */
export interface Door {
  readonly url: string;
  /** Of the subscriber with this number; without it the server speaks no GraphQL. */
  readonly tokenOf?: (subscriber: number) => string;
}

/** One socket that takes note of what comes and does as little as it can beside. */
class Subscriber {
  isWarm = false;
  /** Messages that came, each in its turn. */
  received = 0;
  /** Messages that came out of turn. */
  faults = 0;

  constructor(
    readonly socket: WebSocket,
    private readonly delivered: (number: number) => void,
  ) {
    socket.on('message', (data: Buffer) => this.take(data));
  }

  private take(data: Buffer): void {
    const at = data.indexOf(marker) + marker.length;
    if (at < marker.length) return;
    const number = Number(data.toString('latin1', at, at + digits));
    this.isWarm = true;
    if (Number.isNaN(number)) return;
    if (number === this.received) this.received += 1;
    else this.faults += 1;
    this.delivered(number);
  }
}

/** All subscribers of one server. */
export class Subscribers {
  private constructor(
    private readonly all: readonly Subscriber[],
    private readonly clock: { dueAt: readonly number[]; latencies: Histogram | undefined },
  ) {}

  static async connect(door: Door, count: number): Promise<Subscribers> {
    const clock = { dueAt: [] as readonly number[], latencies: undefined as Histogram | undefined };
    const delivered = (number: number): void => {
      const microseconds = (performance.now() - (clock.dueAt[number] ?? 0)) * 1_000;
      clock.latencies?.recordValue(Math.max(1, Math.round(microseconds)));
    };
    const all: Subscriber[] = [];
    while (all.length < count) {
      const batch = Array.from({ length: Math.min(openedAtOnce, count - all.length) }, (_, at) => all.length + at);
      const sockets = await Promise.all(batch.map((number) => open(door, number)));
      all.push(...sockets.map((socket) => new Subscriber(socket, delivered)));
    }
    return new Subscribers(all, clock);
  }

  get areWarm(): boolean {
    return this.all.every(({ isWarm }) => isWarm);
  }

  get received(): number {
    return this.all.reduce((sum, { received }) => sum + received, 0);
  }

  /** From here on each delivery is recorded. @param dueAt when each message is to be sent, by its number */
  record(dueAt: readonly number[], latencies: Histogram): void {
    Object.assign(this.clock, { dueAt, latencies });
  }

  /** @throws Error unless every subscriber got so many messages, each once and in order */
  verify(name: string, count: number): void {
    const wrong = this.all.filter(({ received, faults }) => received !== count || faults > 0);
    if (wrong.length === 0) return;
    const missing = wrong.reduce((sum, { received }) => sum + Math.max(0, count - received), 0);
    const others = wrong.reduce((sum, { received, faults }) => sum + faults + Math.max(0, received - count), 0);
    throw new Error(
      `${name}: ${wrong.length} of ${this.all.length} subscribers did not get all ${count} messages once and in order (${missing} not in their turn, ${others} others).`,
    );
  }

  async close(): Promise<void> {
    await Promise.all(
      this.all.map(async ({ socket }) => {
        socket.close();
        await once(socket, 'close');
      }),
    );
  }
}

async function open({ url, tokenOf }: Door, number: number): Promise<WebSocket> {
  const address = `${url.replace(/^http/, 'ws')}/graphql`;
  const socket = new WebSocket(address, tokenOf ? 'graphql-transport-ws' : [], { perMessageDeflate: false });
  await once(socket, 'open');
  if (!tokenOf) return socket;
  socket.send(JSON.stringify({ type: 'connection_init', payload: { token: tokenOf(number) } }));
  await once(socket, 'message');
  const payload = { query: print(ConversationFeedDocument) };
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
  return socket;
}
