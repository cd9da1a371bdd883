import { setTimeout as pause } from 'node:timers/promises';
import type { Collections } from '../database/database.js';
import type { Notices } from '../feed/notices.js';
import type { Member } from './member.model.js';
import { Paced } from './paced.js';

/** Least time between the beginnings of two writes, ms. */
const tick = 50;
/** Pause between two times that others are told of one member, ms. */
const newsPause = 1_000;
/** In larger conversations receipts are not pushed; they can be asked for. */
const maxPushedTo = 100;

/** How far somebody has come. */
export interface Mark {
  readonly deliveredSeq: number;
  readonly readSeq: number;
}

type Seat = Pick<Member, 'conversationId' | 'userId'>;

interface Marked extends Seat {
  readonly mark: Mark;
}

/**
 * Keeps how far each member has come. A mark is answered once it is stored; marks that come while others are written
 * are written together, those of one member as one.
 */
export class Receipts {
  private readonly waiting = new Map<string, Marked>();
  /** The write that will store what waits. */
  private next: Promise<void> | undefined;
  /** When the next write may begin. */
  private turn: Promise<unknown> = Promise.resolve();
  private readonly news = new Paced<Seat>(newsPause, (_key, seat) => this.tell(seat));

  constructor(
    private readonly collections: Collections,
    private readonly notices: Notices,
  ) {}

  /** Moves a member's marks forward; they never go back. */
  mark({ conversationId, userId }: Seat, mark: Mark): Promise<void> {
    const key = `${conversationId} ${userId}`;
    this.waiting.set(key, { conversationId, userId, mark: further(this.waiting.get(key)?.mark, mark) });
    this.next ??= this.schedule();
    return this.next;
  }

  /** Ends when everything is written and told. */
  async stop(): Promise<void> {
    await this.turn;
    await this.news.stop();
  }

  private schedule(): Promise<void> {
    const write = this.turn.then(() => this.write());
    const ticked = this.turn.then(() => pause(tick, undefined, { ref: false }));
    this.turn = Promise.allSettled([write, ticked]);
    return write;
  }

  private async write(): Promise<void> {
    const marked = [...this.waiting.entries()];
    this.waiting.clear();
    this.next = undefined;
    const operations = marked.map(([, { conversationId, userId, mark }]) => ({
      updateOne: { filter: { conversationId, userId, leftSeq: null }, update: { $max: { ...mark } } },
    }));
    await this.collections.members.model.bulkWrite(operations, { ordered: false });
    for (const [key, seat] of marked) this.news.ask(key, seat);
  }

  private async tell({ conversationId, userId }: Seat): Promise<void> {
    const conversation = await this.collections.conversations.findById(conversationId);
    if (!conversation) return;
    const { memberIds } = conversation;
    const subject = conversationId;
    this.notices.publish({ name: 'conversationListChanged', payload: { conversationId }, to: [userId], subject });
    if (memberIds.length > maxPushedTo) return;
    this.notices.publish({ name: 'receiptChanged', payload: { conversationId, userId }, to: memberIds, subject });
  }
}

function further(one: Mark | undefined, other: Mark): Mark {
  return {
    deliveredSeq: Math.max(one?.deliveredSeq ?? 0, other.deliveredSeq),
    readSeq: Math.max(one?.readSeq ?? 0, other.readSeq),
  };
}
