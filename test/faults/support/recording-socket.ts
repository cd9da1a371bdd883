import { WebSocket } from 'ws';
import type { FeedItem, Known } from '../../../src/client/types.js';
import type { Sight, Wire } from './history.js';

/** What the server sends. */
interface Frame {
  readonly id: string;
  readonly type: string;
  readonly payload?: { readonly data?: { readonly conversationFeed?: FeedItem } };
}

/** What an application sends. */
interface Request {
  readonly id: string;
  readonly type: string;
  readonly payload?: { readonly query?: string; readonly variables?: { readonly known?: readonly Known[] | null } };
}

interface Recorded extends Wire {
  readonly sights: Sight[];
  isOpen: boolean;
}

/** What an item of the feed shows. */
export function sightOf(item: FeedItem): Sight {
  if (item.__typename === 'FeedCaughtUp') return { kind: 'caughtUp' };
  const { conversationId } = item;
  if (item.__typename === 'FeedLeft') return { kind: 'left', conversationId };
  if (item.__typename === 'FeedReset') {
    return { kind: 'reset', conversationId, firstSeq: item.firstSeq, lastSeq: item.lastSeq };
  }
  const { seq, type, message } = item;
  const messageId = item.messageId ?? undefined;
  const isRemoved = message?.removedAt != null;
  return { kind: 'event', conversationId, seq, type, messageId, content: message?.content, isRemoved };
}

/** The sockets of one person, which can be cut or stop reading. What comes over them is written down as it comes. */
export class RecordedSockets {
  readonly wires: Wire[] = [];
  private readonly open = new Set<WebSocket>();
  /** The class of them, for who opens sockets. */
  readonly Socket: new (address: string | URL, protocols?: string | string[]) => WebSocket;

  constructor(userId: string) {
    const begin = (socket: WebSocket): SocketRecord => this.begin(socket, userId);
    this.Socket = class extends WebSocket {
      private readonly record: SocketRecord;

      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols);
        this.record = begin(this);
      }

      override send(...given: unknown[]): void {
        // What is sent on a socket that has closed meanwhile never leaves.
        const isSent = this.readyState === WebSocket.OPEN && typeof given[0] === 'string';
        if (isSent) this.record.sent(JSON.parse(given[0] as string) as Request);
        super.send(...(given as Parameters<WebSocket['send']>));
      }
    };
  }

  /** Cuts them without a goodbye. */
  cut(): void {
    for (const socket of this.open) socket.terminate();
  }

  /** Reads nothing for a while. */
  stall(milliseconds: number): void {
    for (const socket of this.open) {
      if (socket.readyState !== WebSocket.OPEN) continue;
      socket.pause();
      setTimeout(() => socket.resume(), milliseconds);
    }
  }

  private begin(socket: WebSocket, userId: string): SocketRecord {
    const record = new SocketRecord(userId, this.wires);
    this.open.add(socket);
    socket.on('close', () => {
      this.open.delete(socket);
      record.end();
    });
    socket.on('message', (data: Buffer) => record.came(JSON.parse(data.toString()) as Frame));
    return record;
  }
}

/** The feeds of one socket. */
class SocketRecord {
  private readonly feeds = new Map<string, Recorded>();

  constructor(
    private readonly userId: string,
    private readonly wires: Wire[],
  ) {}

  sent({ id, type, payload }: Request): void {
    if (type === 'complete') this.end(id);
    if (type !== 'subscribe' || !payload?.query?.includes('conversationFeed')) return;
    const known = payload.variables?.known?.map(({ conversationId, seq }) => [conversationId, seq] as const);
    const feed = { userId: this.userId, known: known && new Map(known), sights: [], isOpen: true };
    this.feeds.set(id, feed);
    this.wires.push(feed);
  }

  came({ id, type, payload }: Frame): void {
    const item = payload?.data?.conversationFeed;
    if (item) this.feeds.get(id)?.sights.push(sightOf(item));
    if (type === 'complete' || type === 'error') this.end(id);
  }

  /** What comes from here on is no longer asked for. */
  end(id?: string): void {
    for (const [feedId, feed] of this.feeds) {
      if (id !== undefined && id !== feedId) continue;
      feed.isOpen = false;
      this.feeds.delete(feedId);
    }
  }
}
