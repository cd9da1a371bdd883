import type { Bus } from '../bus/bus.js';
import type { Collections } from '../database/database.js';
import { ConversationEventType as Type } from '../log/entry-type.js';

/** Entries that are erased with one command. */
const chunk = 1_000;
/** Pause before a failed erasure is tried again, ms. */
const retryAfter = 10_000;

export interface GroupErasureParts {
  readonly collections: Collections;
  readonly bus: Bus;
  /** Hears of failures; the erasure is tried again. */
  readonly onError: (error: unknown) => void;
}

/** Erases what was said in deleted groups, in the background; a restart goes on where it stopped. */
export class GroupErasures {
  private readonly running = new Set<Promise<void>>();
  private readonly retries = new Set<NodeJS.Timeout>();
  private isStopping = false;

  constructor(private readonly parts: GroupErasureParts) {
    parts.bus.subscribe((message) => {
      if (message.kind !== 'entries') return;
      if (message.entries.some((entry) => entry.type === Type.GROUP_DELETED)) this.begin(message.conversationId);
    });
  }

  /** Takes up what an earlier run left. */
  async resume(): Promise<void> {
    const deleted = await this.parts.collections.conversations.find({ erasure: 'pending' });
    for (const { id } of deleted) this.begin(id);
  }

  /** Finishes the command that runs; the rest is done at the next start. */
  async stop(): Promise<void> {
    this.isStopping = true;
    for (const retry of this.retries) clearTimeout(retry);
    await Promise.all(this.running);
  }

  private begin(conversationId: string): void {
    if (this.isStopping) return;
    const run = this.erase(conversationId)
      .catch((error: unknown) => {
        this.parts.onError(error);
        this.retry(conversationId);
      })
      .finally(() => this.running.delete(run));
    this.running.add(run);
  }

  private retry(conversationId: string): void {
    const timer = setTimeout(() => {
      this.retries.delete(timer);
      this.begin(conversationId);
    }, retryAfter);
    this.retries.add(timer.unref());
  }

  /** The last entry stays: it tells those who come late that the group has ended. */
  private async erase(conversationId: string): Promise<void> {
    const { log, members, conversations } = this.parts.collections;
    const [last] = await log.find({ conversationId }, { sort: { seq: -1 }, limit: 1 });
    for (let seq = chunk; last && seq < last.seq + chunk; seq += chunk) {
      if (this.isStopping) return;
      await log.deleteMany({ conversationId, seq: { $lt: Math.min(seq, last.seq) } });
    }
    await members.deleteMany({ conversationId });
    const erased = { $set: { erasure: 'done' }, $unset: { title: '', image: '' } };
    await conversations.updateMany({ _id: conversationId }, erased);
  }
}
