import { ConversationEventType as Type } from '../log/entry-type.js';
import type { LogEntry } from '../log/log-entry.model.js';
import type { Channel } from './channel.js';
import type { LogItem } from './log-item.js';

/** What a follow asks of its stream. */
export interface FollowOwner {
  readonly viewerId: string;
  /** Hands one item over; false when there is no room, and the item was not taken. */
  offer(follow: Follow, item: LogItem): boolean;
  /** The viewer's membership ended with the entry just offered. */
  left(follow: Follow): void;
}

/** One stream's place in one conversation: it has been given everything up to `position`. */
export class Follow {
  isLive = false;
  /** Where the viewer was added again, heard of before the end of this membership was met. */
  readonly returns = new Set<number>();
  /** The first seq that the viewer may read. */
  firstSeq: number;
  /** The newest seq that it has been given. */
  position: number;

  constructor(
    readonly owner: FollowOwner,
    readonly channel: Channel,
    place: { readonly firstSeq: number; readonly position: number },
  ) {
    this.firstSeq = place.firstSeq;
    this.position = place.position;
  }

  get conversationId(): string {
    return this.channel.conversationId;
  }

  /** How many entries it has not been given. */
  get behind(): number {
    return Math.max(0, (this.channel.deliveredSeq ?? this.position) - this.position);
  }

  /** Whether it claims to have been given more than the channel has delivered. */
  get isAhead(): boolean {
    return this.position > (this.channel.deliveredSeq ?? 0);
  }

  /** Goes live if nothing is missing; asked in one step with nothing in between. */
  tryLive(): boolean {
    if (this.position < (this.channel.deliveredSeq ?? 0)) return false;
    this.isLive = true;
    return true;
  }

  /** Takes an item if it is the next one; false when there was no room for it. */
  take(item: LogItem): boolean {
    const { entry } = item;
    if (entry.seq <= this.position) return true;
    if (entry.seq >= this.firstSeq && !this.owner.offer(this, item)) return false;
    this.position = entry.seq;
    if (endsMembership(entry, this.owner.viewerId)) this.owner.left(this);
    return true;
  }

  /** What the channel delivers while the follow is live; without room it falls behind, until its stream resumes. */
  deliver(item: LogItem): void {
    if (this.isLive) this.isLive = this.take(item);
  }
}

/** The cut is the entry itself: whoever meets it in order is given nothing after it. */
function endsMembership(entry: LogEntry, viewerId: string): boolean {
  if (entry.type === Type.GROUP_DELETED) return true;
  return entry.type === Type.MEMBER_REMOVED && entry.userId === viewerId;
}
