import type { Collections } from '../database/database.js';
import type { Notices } from '../feed/notices.js';
import { Paced } from './paced.js';

/** Pause between two writes for one conversation, ms. */
const pause = 1_000;

/**
 * Moves conversations up in their members' lists: at once for the first message, then at most once a second. The order
 * of a list may lag; the next message moves it again.
 */
export class Activity {
  private readonly moves = new Paced<Date>(pause, (conversationId, at) => this.move(conversationId, at));

  constructor(
    private readonly collections: Collections,
    private readonly notices: Notices,
  ) {}

  messageAdded(conversationId: string): void {
    this.moves.ask(conversationId, new Date());
  }

  /** Writes what is still to be written. */
  stop(): Promise<void> {
    return this.moves.stop();
  }

  private async move(conversationId: string, at: Date): Promise<void> {
    const moved = await this.collections.conversations.findOneAndUpdate(
      { _id: conversationId },
      { $max: { updatedAt: at } },
    );
    if (!moved) return;
    const payload = { conversationId };
    this.notices.publish({ name: 'conversationListChanged', payload, to: moved.memberIds, subject: conversationId });
  }
}
