import type { ConversationEventsQuery } from '../generated/operations.js';
import { backOff, pause } from './backoff.js';
import { mayPass, requestErrorOf } from './errors.js';
import type { Positions } from './positions.js';
import type { ChatClientEvents, ConversationEvent, FeedItem } from './types.js';

type Page = ConversationEventsQuery['conversationEvents'];
type Reset = ChatClientEvents['reset'];
type Handed = 'event' | 'caughtUp' | 'reset' | 'left';

/** The entries after a seq and before another. */
export interface PageRange {
  readonly conversationId: string;
  readonly after: number;
  readonly before: number;
}

export interface FeedReaderHands {
  readonly positions: Positions;
  readonly onReset: 'replay' | 'skip';
  /** At most as many entries as a page has. */
  readonly page: (range: PageRange, signal: AbortSignal) => Promise<Page>;
  readonly emit: <E extends Handed>(event: E, payload: ChatClientEvents[E]) => void;
  /** The feed cannot be continued; it has to be opened anew. */
  readonly fail: () => void;
}

/**
 * What one feed says, made whole: doubles are dropped, and what the feed leaves out is paged and handed out before what
 * comes after it. What waits for a page waits for its own conversation only.
 */
export class FeedReader {
  /** What the feed has said of conversations that are being paged. */
  private readonly waiting = new Map<string, FeedItem[]>();
  private paging: Promise<unknown> = Promise.resolve();
  private caughtUp: { readonly at: string } | undefined;
  private readonly closing = new AbortController();

  constructor(private readonly hands: FeedReaderHands) {}

  private get isClosed(): boolean {
    return this.closing.signal.aborted;
  }

  take(item: FeedItem): void {
    if (this.isClosed) return;
    if (item.__typename === 'FeedCaughtUp') {
      this.caughtUp = { at: item.at };
      this.settle();
      return;
    }
    const waiting = this.waiting.get(item.conversationId);
    if (waiting) waiting.push(item);
    else if (item.__typename === 'ConversationEvent') this.takeEntry(item);
    else if (item.__typename === 'FeedReset') this.takeReset(item);
    else this.takeLeft(item);
  }

  /** Hands out nothing any more. */
  close(): void {
    this.closing.abort();
  }

  private takeEntry(entry: ConversationEvent): void {
    const { conversationId, seq } = entry;
    const last = this.hands.positions.get(conversationId) ?? seq - 1;
    if (seq <= last) return;
    if (seq === last + 1) this.hand(entry);
    else this.fill({ conversationId, firstSeq: last + 1, lastSeq: seq - 1 }, entry);
  }

  private takeReset({ conversationId, firstSeq, lastSeq }: Reset): void {
    const reset = { conversationId, firstSeq, lastSeq };
    if (this.hands.onReset === 'replay') this.fill(reset);
    else {
      this.hands.positions.set(conversationId, lastSeq);
      this.hands.emit('reset', reset);
    }
  }

  private takeLeft({ conversationId }: { readonly conversationId: string }): void {
    this.hands.positions.forget(conversationId);
    this.hands.emit('left', { conversationId });
  }

  private hand(entry: ConversationEvent): void {
    if (this.isClosed) return;
    this.hands.emit('event', entry);
    this.hands.positions.set(entry.conversationId, entry.seq);
  }

  /** Pages what is missing, one conversation after the other; then goes on with what came meanwhile. */
  private fill(missing: Reset, ...after: FeedItem[]): void {
    this.waiting.set(missing.conversationId, after);
    this.paging = this.paging
      .then(() => this.replay(missing))
      .then(
        () => this.goOn(missing.conversationId),
        () => this.isClosed || this.hands.fail(),
      );
  }

  private goOn(conversationId: string): void {
    const items = this.waiting.get(conversationId) ?? [];
    this.waiting.delete(conversationId);
    items.forEach((item) => this.take(item));
    this.settle();
  }

  private async replay(missing: Reset): Promise<void> {
    const { conversationId, firstSeq, lastSeq } = missing;
    const { positions } = this.hands;
    if (!(await this.continues(missing))) {
      if (positions.get(conversationId) !== undefined) this.hands.emit('reset', missing);
      positions.set(conversationId, firstSeq - 1);
    }
    for (let hasMore = this.lastOf(conversationId) < lastSeq; hasMore;) {
      const page = await this.page({ conversationId, after: this.lastOf(conversationId), before: lastSeq + 1 });
      for (const event of page.events) this.hand({ __typename: 'ConversationEvent', ...event });
      hasMore = page.hasMore;
    }
    positions.set(conversationId, Math.max(lastSeq, this.lastOf(conversationId)));
  }

  /**
   * Whether what was handed out is a beginning of the log as it is. A server whose data was restored from a backup has a
   * shorter log; one that has just not heard of the newest entries has them all the same.
   */
  private async continues({ conversationId, firstSeq, lastSeq }: Reset): Promise<boolean> {
    const seq = this.hands.positions.get(conversationId);
    if (seq === undefined || seq < firstSeq - 1) return false;
    return seq <= lastSeq || (await this.page({ conversationId, after: seq, before: seq + 1 })).lastSeq >= seq;
  }

  /** Asks until there is an answer. @throws when the feed is closed, or the server refuses */
  private async page(range: PageRange): Promise<Page> {
    const { signal } = this.closing;
    for (let failures = 1; ; failures += 1) {
      const page = await this.hands.page(range, signal).catch(requestErrorOf);
      if (signal.aborted) throw new Error('The feed is closed.');
      if (!(page instanceof Error)) return page;
      if (!mayPass(page)) throw page;
      await pause(backOff(failures, page.retryAfter), signal);
    }
  }

  private lastOf(conversationId: string): number {
    return this.hands.positions.get(conversationId) ?? 0;
  }

  private settle(): void {
    if (!this.caughtUp || this.waiting.size > 0) return;
    const { caughtUp } = this;
    this.caughtUp = undefined;
    this.hands.emit('caughtUp', caughtUp);
  }
}
