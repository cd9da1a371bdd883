import type { Collections } from '../database/database.js';
import type { Notices } from '../feed/notices.js';

/** Pause between two writes for one conversation, ms. */
const pause = 1_000;

interface Beat {
  timer: NodeJS.Timeout;
  latest: Date | undefined;
}

/**
 * Moves conversations up in their members' lists: at once for the first message, then at most once a second, so that
 * a busy conversation costs no more than a quiet one.
 */
export class Activity {
  private readonly beats = new Map<string, Beat>();
  private readonly writes = new Set<Promise<void>>();

  constructor(
    private readonly collections: Collections,
    private readonly notices: Notices,
  ) {}

  messageAdded(conversationId: string): void {
    const at = new Date();
    const beat = this.beats.get(conversationId);
    if (beat) beat.latest = at;
    else this.begin(conversationId, at);
  }

  /** Writes what is still to be written. */
  async stop(): Promise<void> {
    for (const [conversationId, { timer, latest }] of this.beats) {
      clearTimeout(timer);
      if (latest) this.write(conversationId, latest);
    }
    this.beats.clear();
    await Promise.all(this.writes);
  }

  private begin(conversationId: string, at: Date): void {
    this.write(conversationId, at);
    const timer = setTimeout(() => {
      const latest = this.beats.get(conversationId)?.latest;
      this.beats.delete(conversationId);
      if (latest) this.begin(conversationId, latest);
    }, pause);
    this.beats.set(conversationId, { timer: timer.unref(), latest: undefined });
  }

  private write(conversationId: string, at: Date): void {
    const write = this.move(conversationId, at)
      // The order of a list may lag; the next message moves it again.
      .catch(() => undefined)
      .finally(() => this.writes.delete(write));
    this.writes.add(write);
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
