import { ConversationEvent, FeedLeft } from '../../src/feed/feed-items.js';
import type { LiveStream } from '../../src/feed/live-stream.js';

/** A subscriber in process, which takes nothing while it is full. */
export class Subscriber {
  readonly told: string[] = [];
  isFull = false;

  constructor(private readonly stream: LiveStream) {
    stream.attach({
      push: ({ payload }) => {
        if (this.isFull) return false;
        if (payload instanceof ConversationEvent) this.told.push(`${payload.type} ${payload.seq}`);
        if (payload instanceof FeedLeft) this.told.push('left');
        return true;
      },
      end: () => this.told.push('end'),
    });
  }

  drain(): void {
    this.isFull = false;
    this.stream.resume();
  }

  close(): void {
    this.stream.close();
  }
}
