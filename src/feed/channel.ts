import type { EntriesAppended } from '../bus/messages.js';
import type { LogReader } from '../log/log-reader.js';
import type { Follow } from './follow.js';
import { LogItem } from './log-item.js';

/** Entries read at once to close a hole. */
const pageSize = 200;
/** Pause before a failed read is tried again, ms. */
const retryAfter = 500;

/** Delivers one conversation's entries to its local followers, in seq order and without a hole. */
export class Channel {
  readonly follows = new Set<Follow>();
  /** The newest entry that was delivered; undefined until the head is known. */
  deliveredSeq: number | undefined;
  private isFilling = false;
  private mustLook = false;

  constructor(
    readonly conversationId: string,
    private readonly reader: LogReader,
    private readonly emptied: (channel: Channel) => void,
  ) {}

  /** Leaves a follow; the last one out ends the channel. */
  leave(follow: Follow): void {
    if (this.follows.delete(follow) && this.follows.size === 0) this.emptied(this);
  }

  /** The head is known: from here on entries are delivered. */
  start(head: number): void {
    this.deliveredSeq ??= head;
    if (this.mustLook) void this.fill();
  }

  /** Entries that the bus tells of. What is not the next one is read from the log, never skipped. */
  accept({ entries, messages }: EntriesAppended): void {
    for (const entry of entries) {
      const delivered = this.deliveredSeq;
      if (delivered === undefined || this.isFilling || entry.seq > delivered + 1) {
        this.look();
        return;
      }
      if (entry.seq === delivered + 1) this.deliver(new LogItem(entry, messages));
    }
  }

  /** There may be more in the log than was told. */
  look(): void {
    this.mustLook = true;
    if (this.deliveredSeq !== undefined && !this.isFilling) void this.fill();
  }

  private deliver(item: LogItem): void {
    this.deliveredSeq = item.entry.seq;
    for (const follow of this.follows) follow.deliver(item);
  }

  private async fill(): Promise<void> {
    this.isFilling = true;
    try {
      while (this.mustLook) {
        this.mustLook = false;
        await this.readOn();
      }
    } catch {
      this.mustLook = true;
      if (this.follows.size > 0) setTimeout(() => this.look(), retryAfter).unref();
    } finally {
      this.isFilling = false;
    }
  }

  private async readOn(): Promise<void> {
    for (;;) {
      const range = { after: this.deliveredSeq ?? 0, limit: pageSize };
      const entries = await this.reader.entries(this.conversationId, range);
      const messages = await this.reader.messagesOf(entries);
      for (const entry of entries) this.deliver(new LogItem(entry, messages));
      if (entries.length < pageSize) return;
    }
  }
}
