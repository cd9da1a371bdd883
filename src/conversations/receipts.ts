import type { Collections } from '../database/database.js';
import type { Notices } from '../feed/notices.js';
import type { Conversation } from './conversation.model.js';
import type { Member } from './member.model.js';

/** Pause between two writes for one member, ms. */
const pause = 1_000;
/** In larger conversations receipts are not pushed; they can be asked for. */
const maxPushedTo = 100;

/** How far somebody has come. */
export interface Mark {
  readonly deliveredSeq: number;
  readonly readSeq: number;
}

interface Pending {
  readonly conversationId: string;
  readonly userId: string;
  /** What is being written, or was just written. */
  readonly begun: Mark;
  /** Runs from the end of the write. */
  timer: NodeJS.Timeout | undefined;
  /** What is to be written next. */
  mark: Mark | undefined;
}

/**
 * Keeps how far each member has come: written at once, then at most once a second. What is being written or waits for it
 * already counts: `refine` puts it into every member that is read from the database in this process.
 */
export class Receipts {
  private readonly pending = new Map<string, Pending>();
  private readonly writes = new Set<Promise<void>>();

  constructor(
    private readonly collections: Collections,
    private readonly notices: Notices,
  ) {
    collections.members.refine = (member) => this.refine(member);
  }

  /** Moves a member's marks forward; they never go back. */
  async mark(member: Member, mark: Mark): Promise<void> {
    const key = keyOf(member);
    const waiting = this.pending.get(key);
    if (waiting) waiting.mark = further(waiting.mark, mark);
    else await this.begin(member, mark);
  }

  /** Writes what is still to be written. */
  async stop(): Promise<void> {
    for (const { timer, mark, ...member } of this.pending.values()) {
      clearTimeout(timer);
      if (mark) void this.write(member, mark);
    }
    this.pending.clear();
    await Promise.all(this.writes);
  }

  private async begin(
    { conversationId, userId }: Pick<Member, 'conversationId' | 'userId'>,
    mark: Mark,
  ): Promise<void> {
    const waiting: Pending = { conversationId, userId, begun: mark, timer: undefined, mark: undefined };
    const key = keyOf(waiting);
    this.pending.set(key, waiting);
    try {
      await this.write(waiting, mark);
      waiting.timer = setTimeout(() => this.next(key), pause).unref();
    } catch (error) {
      this.next(key);
      throw error;
    }
  }

  private next(key: string): void {
    const waiting = this.pending.get(key);
    this.pending.delete(key);
    if (waiting?.mark) void this.begin(waiting, waiting.mark).catch(() => undefined);
  }

  private write(member: Pick<Member, 'conversationId' | 'userId'>, mark: Mark): Promise<void> {
    const write = this.store(member, mark).finally(() => this.writes.delete(write));
    this.writes.add(write);
    return write;
  }

  private async store(
    { conversationId, userId }: Pick<Member, 'conversationId' | 'userId'>,
    mark: Mark,
  ): Promise<void> {
    await this.collections.members.updateMany({ conversationId, userId, leftSeq: null }, { $max: mark });
    const conversation = await this.collections.conversations.findById(conversationId);
    if (conversation) this.tell(conversation, userId);
  }

  private tell({ id: conversationId, memberIds }: Conversation, userId: string): void {
    const subject = conversationId;
    this.notices.publish({ name: 'conversationListChanged', payload: { conversationId }, to: [userId], subject });
    if (memberIds.length > maxPushedTo) return;
    this.notices.publish({ name: 'receiptChanged', payload: { conversationId, userId }, to: memberIds, subject });
  }

  private refine(member: Member): void {
    const waiting = this.pending.get(keyOf(member));
    if (!waiting || member.leftSeq !== null) return;
    Object.assign(member, further(waiting.mark, further(member, waiting.begun)));
  }
}

const keyOf = ({ conversationId, userId }: Pick<Member, 'conversationId' | 'userId'>): string =>
  `${conversationId} ${userId}`;

function further(one: Mark | undefined, other: Mark): Mark {
  return {
    deliveredSeq: Math.max(one?.deliveredSeq ?? 0, other.deliveredSeq),
    readSeq: Math.max(one?.readSeq ?? 0, other.readSeq),
  };
}
