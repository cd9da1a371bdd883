import type { Bus } from '../bus/bus.js';
import type { BusMessage, EntriesAppended, ViewChanged } from '../bus/messages.js';
import { foundersOf } from '../log/conversation-state.js';
import { ConversationEventType as Type } from '../log/entry-type.js';
import type { LogEntry } from '../log/log-entry.model.js';
import type { LogReader } from '../log/log-reader.js';
import { inBatches } from '../bus/rounds.js';
import { Channel } from './channel.js';
import { Follow } from './follow.js';
import { databaseTrouble, LogStream, type LogStreamOptions } from './log-stream.js';

/** Connects the log's news with the streams of this process. */
export class FeedHub {
  private readonly channels = new Map<string, Channel>();
  private readonly streams = new Map<string, Set<LogStream>>();

  constructor(
    private readonly reader: LogReader,
    bus: Bus,
  ) {
    bus.subscribe((message) => this.hear(message));
  }

  /** A stream that takes part in everything that concerns its viewer; it follows nothing yet. */
  open(options: LogStreamOptions, closed: () => void): LogStream {
    const stream: LogStream = new LogStream(options, this.reader, {
      closed: () => {
        this.close(stream);
        closed();
      },
      joinAgain: ({ conversationId, returns }) => {
        for (const seq of [...returns].sort((one, other) => one - other)) this.joinLate(stream, conversationId, seq);
      },
    });
    const streams = this.streams.get(options.viewerId) ?? new Set();
    this.streams.set(options.viewerId, streams.add(stream));
    return stream;
  }

  /**
   * Calls `place` with the channels of these conversations, each with its head known. Nothing happens in between: a
   * channel that the last other follower leaves while heads are read is another one afterwards, and is read again.
   * Channels that nobody follows afterwards are closed.
   */
  async withChannels<T>(conversationIds: readonly string[], place: (channels: readonly Channel[]) => T): Promise<T> {
    try {
      for (;;) {
        const channels = conversationIds.map((id) => this.channel(id));
        const unknown = channels.filter((channel) => channel.deliveredSeq === undefined);
        if (unknown.length === 0) return place(channels);
        await this.startAll(unknown);
      }
    } finally {
      for (const id of conversationIds) if (this.channels.get(id)?.follows.size === 0) this.channels.delete(id);
    }
  }

  private async startAll(channels: readonly Channel[]): Promise<void> {
    for (const batch of inBatches(channels)) {
      const heads = await this.reader.settledHeads(batch.map((channel) => channel.conversationId));
      for (const channel of batch) channel.start(heads.get(channel.conversationId) ?? 0);
    }
  }

  /** The newest seqs as the log says now. A channel that has not heard of them reads on. */
  async heads(conversationIds: readonly string[]): Promise<Map<string, number>> {
    const heads = new Map<string, number>();
    for (const ids of inBatches(conversationIds)) {
      for (const [id, head] of await this.reader.heads(ids)) {
        heads.set(id, head);
        const channel = this.channels.get(id);
        if (channel && head > (channel.deliveredSeq ?? head)) channel.look();
      }
    }
    return heads;
  }

  /** The streams that have their place, by viewer. */
  placed(): Map<string, LogStream[]> {
    const all = [...this.streams].map(
      ([viewerId, streams]) => [viewerId, [...streams].filter((s) => s.isPlaced)] as const,
    );
    return new Map(all.filter(([, streams]) => streams.length > 0));
  }

  /** Reads the heads of everything that is followed; whatever is behind reads on. */
  async lookForNews(): Promise<void> {
    await this.heads([...this.channels.keys()]);
  }

  private channel(conversationId: string): Channel {
    let channel = this.channels.get(conversationId);
    if (!channel) {
      channel = new Channel(conversationId, this.reader, () => this.channels.delete(conversationId));
      this.channels.set(conversationId, channel);
    }
    return channel;
  }

  private close(stream: LogStream): void {
    const streams = this.streams.get(stream.viewerId);
    if (streams?.delete(stream) && streams.size === 0) this.streams.delete(stream.viewerId);
  }

  private hear(message: BusMessage): void {
    if (message.kind === 'entries') this.hearEntries(message);
    else if (message.kind === 'view') this.hearView(message);
    else if (message.kind === 'hint') this.channels.get(message.conversationId)?.look();
  }

  private hearEntries(message: EntriesAppended): void {
    for (const entry of message.entries) this.joinAdded(entry);
    this.channels.get(message.conversationId)?.accept(message);
  }

  /** Whoever an entry adds follows from that entry on. */
  private joinAdded(entry: LogEntry): void {
    for (const userId of addedBy(entry)) {
      for (const stream of this.streams.get(userId) ?? []) this.join(stream, entry.conversationId, entry.seq);
    }
  }

  private join(stream: LogStream, conversationId: string, firstSeq: number): void {
    if (!stream.mayJoin(conversationId, firstSeq)) return;
    const present = stream.follows.get(conversationId);
    if (present) {
      // Whoever is behind has yet to meet the end of the membership before.
      if (firstSeq > Math.max(present.position, present.firstSeq)) present.returns.add(firstSeq);
      return;
    }
    const channel = this.channel(conversationId);
    if (channel.deliveredSeq === undefined && channel.follows.size === 0) channel.start(firstSeq - 1);
    stream.follow(new Follow(stream, channel, { firstSeq, position: firstSeq - 1 }));
  }

  private hearView({ userId, conversationId, change, firstSeq }: ViewChanged): void {
    for (const stream of this.streams.get(userId) ?? []) {
      const follow = stream.follows.get(conversationId);
      if (change === 'joined') this.joinLate(stream, conversationId, firstSeq);
      else if (change === 'cleared') {
        this.rejoin(stream, conversationId, firstSeq).catch(() => stream.end(databaseTrouble()));
      } else if (change === 'hidden' && follow) follow.firstSeq = firstSeq;
      else if (change === 'spam' && follow) stream.left(follow);
    }
  }

  /** Joins what began without an entry, or unheard; something may have been said in it already. */
  joinLate(stream: LogStream, conversationId: string, firstSeq: number): void {
    this.join(stream, conversationId, firstSeq);
    this.channels.get(conversationId)?.look();
  }

  /** No longer spam: whatever came meanwhile is paged, then it is live. */
  async rejoin(stream: LogStream, conversationId: string, firstSeq: number): Promise<void> {
    if (stream.options.conversationId !== undefined || stream.follows.has(conversationId)) return;
    await this.withChannels([conversationId], ([channel]) => {
      if (!channel) return;
      const follow = new Follow(stream, channel, { firstSeq, position: channel.deliveredSeq ?? 0 });
      if (stream.follow(follow)) stream.reset(follow);
    });
  }
}

function addedBy(entry: LogEntry): readonly string[] {
  if (entry.type === Type.GROUP_CREATED) return foundersOf(entry);
  return entry.type === Type.MEMBER_ADDED && entry.userId ? [entry.userId] : [];
}
