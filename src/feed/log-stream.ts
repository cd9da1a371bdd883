import { setImmediate } from 'node:timers/promises';
import { ChatError, unavailable } from '../errors.js';
import type { LogReader } from '../log/log-reader.js';
import { FeedCaughtUp, FeedLeft, FeedReset } from './feed-items.js';
import type { Follow, FollowOwner } from './follow.js';
import type { LiveEvent, LiveStream, Outlet } from './live-stream.js';
import { LogItem } from './log-item.js';
import type { Projection } from './projections.js';

/** More entries behind than this are not replayed. */
export const maxReplay = 1_000;
/** Entries read at once for a follower that is behind. */
const pageSize = 200;
/** Remarks said before others get their turn. */
const remarksAtOnce = 50;

/** How a subscription follows the log. */
export interface LogStreamOptions {
  readonly viewerId: string;
  readonly project: Projection;
  /** The one conversation it is about; without it all of the viewer's, also those that begin later. */
  readonly conversationId?: string;
  /** Whether it speaks of its own state: caught up, reset, left. Others end with an error when too far behind. */
  readonly isFeed: boolean;
}

/** What a stream asks of the hub. */
export interface StreamHands {
  closed(): void;
  /** A membership has ended, and the viewer was added again where `follow.returns` says. */
  joinAgain(follow: Follow): void;
}

/** One subscription's way through the log. The log is its queue: without room it stops, and reads on later. */
export class LogStream implements LiveStream, FollowOwner {
  readonly follows = new Map<string, Follow>();
  /** Whether it has its place in everything that it follows. */
  isPlaced = false;
  /** Where memberships ended that it followed, so that late news of their beginning does not begin them again. */
  private readonly ended = new Map<string, number>();
  private readonly remarks: object[] = [];
  private outlet: Outlet | undefined;
  private isPumping = false;
  private hasNews = false;
  private isClosed = false;
  private hasCaughtUp = false;

  constructor(
    readonly options: LogStreamOptions,
    private readonly reader: LogReader,
    private readonly hands: StreamHands,
  ) {}

  get viewerId(): string {
    return this.options.viewerId;
  }

  attach(outlet: Outlet): void {
    this.outlet = outlet;
    this.resume();
  }

  resume(): void {
    this.hasNews = true;
    if (!this.isPumping && this.outlet) void this.pump();
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const follow of this.follows.values()) this.drop(follow);
    this.hands.closed();
  }

  /** Whether news of a membership that begins with `firstSeq` concerns it, and comes before that membership has ended. */
  mayJoin(conversationId: string, firstSeq: number): boolean {
    const isOpen = this.options.conversationId === undefined;
    return isOpen && firstSeq > (this.ended.get(conversationId) ?? 0);
  }

  /** Follows from the follow's position on; false when the conversation is followed already. */
  follow(follow: Follow): boolean {
    if (this.isClosed || this.follows.has(follow.conversationId)) return false;
    this.follows.set(follow.conversationId, follow);
    follow.channel.follows.add(follow);
    if (this.outlet && !follow.tryLive()) this.resume();
    return true;
  }

  /** Says that the conversation starts anew at its newest entry. */
  reset(follow: Follow): void {
    follow.position = follow.channel.deliveredSeq ?? follow.position;
    follow.isLive = false;
    if (this.options.isFeed) {
      this.remarks.push(new FeedReset(follow.conversationId, { firstSeq: follow.firstSeq, lastSeq: follow.position }));
    }
    this.resume();
  }

  /** The conversation no longer exists for the viewer. */
  left(follow: Follow): void {
    this.drop(follow);
    this.ended.set(follow.conversationId, follow.position);
    this.sayLeft(follow.conversationId);
    if (follow.returns.size > 0) this.hands.joinAgain(follow);
  }

  sayLeft(conversationId: string): void {
    if (this.options.isFeed) this.remarks.push(new FeedLeft(conversationId));
    this.resume();
  }

  offer(follow: Follow, item: LogItem): boolean {
    const payload = this.options.project(item);
    if (!payload) return true;
    if (!this.outlet || this.remarks.length > 0) return false;
    const { conversationId, firstSeq } = follow;
    return this.outlet.push({
      payload,
      identity: item.entry,
      visibility: item.visibilityFor(firstSeq),
      floor: { conversationId, firstSeq },
      happenedAt: follow.isLive ? item.entry.createdAt : undefined,
    });
  }

  private async pump(): Promise<void> {
    this.isPumping = true;
    try {
      while (this.hasNews) {
        this.hasNews = false;
        while (!this.isClosed && (await this.sayRemarks()) && (await this.step()));
      }
    } catch (error) {
      this.end(error instanceof ChatError ? error : databaseTrouble());
    } finally {
      this.isPumping = false;
    }
  }

  /** One piece of catching up; false when there is nothing to do, or no room. */
  private async step(): Promise<boolean> {
    const late = this.nextLate();
    if (late) return this.readOn(late);
    if (this.options.conversationId !== undefined && this.follows.size === 0) this.end();
    else if (this.options.isFeed && !this.hasCaughtUp) {
      this.hasCaughtUp = true;
      this.remarks.push(new FeedCaughtUp());
      return true;
    }
    return this.remarks.length > 0;
  }

  private nextLate(): Follow | undefined {
    for (const follow of this.follows.values()) if (!follow.isLive && !follow.tryLive()) return follow;
    return undefined;
  }

  private async readOn(follow: Follow): Promise<boolean> {
    if (follow.behind > maxReplay) {
      if (!this.options.isFeed) throw tooFarBehind(follow);
      this.reset(follow);
      return true;
    }
    const range = { after: follow.position, limit: pageSize };
    const entries = await this.reader.entries(follow.conversationId, range);
    const messages = await this.reader.messagesOf(entries);
    for (const entry of entries) {
      if (this.follows.get(follow.conversationId) !== follow) return true;
      if (!follow.take(new LogItem(entry, messages))) return false;
    }
    return true;
  }

  /** Pushes what is to be said beside the entries, with time for others in between; false when there is no room. */
  private async sayRemarks(): Promise<boolean> {
    for (let said = 1; ; said += 1) {
      const [remark] = this.remarks;
      if (this.isClosed) return false;
      if (!remark) return true;
      const event: LiveEvent = { payload: remark, identity: remark, visibility: '' };
      if (!this.outlet?.push(event)) return false;
      this.remarks.shift();
      if (said % remarksAtOnce === 0) await setImmediate();
    }
  }

  /** Stops following without a word. */
  drop(follow: Follow): void {
    follow.isLive = false;
    follow.channel.leave(follow);
    this.follows.delete(follow.conversationId);
  }

  /** Ends the subscription; with an error when it did not end by itself. */
  end(error?: ChatError): void {
    if (this.isClosed) return;
    this.close();
    this.outlet?.end(error);
  }
}

/** @see maxReplay */
function tooFarBehind(follow: Follow): ChatError {
  return unavailable(
    `The stream is more than ${maxReplay} entries behind. Page the messages up to lastSeq and subscribe again after it.`,
    { reason: 'TOO_FAR_BEHIND', lastSeq: follow.channel.deliveredSeq ?? follow.position },
  );
}

/** The follower continues from the last seq it has. */
export function databaseTrouble(): ChatError {
  return unavailable('The log cannot be read just now. Subscribe again from the last seq you have.', {
    reason: 'DATABASE',
  });
}
