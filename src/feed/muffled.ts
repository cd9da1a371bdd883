import type { Bus } from '../bus/bus.js';
import type { Collections } from '../database/database.js';

/** One person's marks, for as long as a stream of that person is open. */
interface Marks {
  readonly conversationIds: Set<string>;
  readonly loaded: Promise<void>;
  holders: number;
}

/** Which conversations no subscription of a person speaks of, because the person called them spam. */
export class Muffled {
  private readonly byUser = new Map<string, Marks>();
  /** How often anything changed. */
  private changes = 0;

  constructor(
    private readonly collections: Collections,
    bus: Bus,
  ) {
    bus.subscribe((message) => {
      if (message.kind !== 'view') return;
      this.changes += 1;
      const marks = this.byUser.get(message.userId)?.conversationIds;
      if (message.change === 'spam') marks?.add(message.conversationId);
      if (message.change === 'cleared') marks?.delete(message.conversationId);
    });
  }

  /** Learns a person's marks before a stream speaks; every `hold` is ended by one `release`. */
  async hold(userId: string): Promise<void> {
    let marks = this.byUser.get(userId);
    if (!marks) {
      const conversationIds = new Set<string>();
      marks = { conversationIds, loaded: this.load(userId, conversationIds), holders: 0 };
      this.byUser.set(userId, marks);
    }
    marks.holders += 1;
    try {
      await marks.loaded;
    } catch (error) {
      this.release(userId);
      throw error;
    }
  }

  release(userId: string): void {
    const marks = this.byUser.get(userId);
    if (marks && --marks.holders === 0) this.byUser.delete(userId);
  }

  /** The whole truth about a person's marks, as it was just read. */
  learn(userId: string, conversationIds: readonly string[]): void {
    const marks = this.byUser.get(userId)?.conversationIds;
    if (!marks) return;
    marks.clear();
    for (const id of conversationIds) marks.add(id);
  }

  /** Everybody whose marks are known. */
  get holders(): Iterable<string> {
    return this.byUser.keys();
  }

  has(userId: string, conversationId: string): boolean {
    return this.byUser.get(userId)?.conversationIds.has(conversationId) ?? false;
  }

  /** Reads until nobody changed a mark meanwhile: what was read then may be what was before. */
  async readUndisturbed<T>(read: () => Promise<T>): Promise<T> {
    for (;;) {
      const before = this.changes;
      const found = await read();
      if (before === this.changes) return found;
    }
  }

  private async load(userId: string, into: Set<string>): Promise<void> {
    const marked = await this.readUndisturbed(() =>
      this.collections.members.find({ userId, leftSeq: null, isSpam: true }),
    );
    for (const { conversationId } of marked) into.add(conversationId);
  }
}
