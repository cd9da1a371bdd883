import { WebSocket } from 'ws';
import type { FeedItem } from '../../../src/client/types.js';
import type { Sight, View } from './history.js';

interface Frame {
  readonly type: string;
  readonly payload?: { readonly data?: { readonly conversationFeed?: FeedItem } };
}

/** What an item of the feed shows. */
export function sightOf(item: FeedItem): Sight | undefined {
  if (item.__typename === 'FeedCaughtUp') return undefined;
  const { conversationId } = item;
  if (item.__typename !== 'ConversationEvent') return { kind: 'break', conversationId };
  return { kind: 'event', conversationId, seq: item.seq, type: item.type };
}

/** The sockets of one person, which can be cut or stop reading. What comes over them is written down as it comes. */
export class RecordedSockets {
  readonly wires: View[] = [];
  private readonly open = new Set<WebSocket>();
  /** The class of them, for who opens sockets. */
  readonly Socket: new (address: string | URL, protocols?: string | string[]) => WebSocket;

  constructor(userId: string) {
    const begin = (socket: WebSocket): void => this.begin(socket, userId);
    this.Socket = class extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols);
        begin(this);
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

  private begin(socket: WebSocket, userId: string): void {
    const wire: View = { userId, sights: [] };
    this.wires.push(wire);
    this.open.add(socket);
    socket.on('close', () => this.open.delete(socket));
    socket.on('message', (data: Buffer) => {
      const { payload } = JSON.parse(data.toString()) as Frame;
      const item = payload?.data?.conversationFeed;
      const sight = item && sightOf(item);
      if (sight) wire.sights.push(sight);
    });
  }
}
