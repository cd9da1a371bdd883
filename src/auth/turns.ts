import { unavailable } from '../errors.js';

/** How many tasks run at once, and how many more may wait. */
export interface TurnLimits {
  readonly atOnce: number;
  readonly waiting: number;
}

/** Lets costly tasks run a few at a time, in the order in which they came. */
export class Turns {
  private running = 0;
  private readonly queue: (() => void)[] = [];

  constructor(private readonly limits: TurnLimits) {}

  /**
   * Runs the task when its turn comes and answers what it answers.
   * @throws ChatError UNAVAILABLE, reason BUSY, at once when too many wait already
   */
  async take<T>(task: () => Promise<T>): Promise<T> {
    await this.turn();
    try {
      return await task();
    } finally {
      this.pass();
    }
  }

  private turn(): Promise<void> {
    if (this.running < this.limits.atOnce) {
      this.running += 1;
      return Promise.resolve();
    }
    if (this.queue.length >= this.limits.waiting) throw tooBusy();
    return new Promise((resolve) => this.queue.push(resolve));
  }

  private pass(): void {
    const next = this.queue.shift();
    if (next) next();
    else this.running -= 1;
  }
}

function tooBusy(): Error {
  return unavailable('Too many people are logging in at this moment. Try again in a few seconds.', { reason: 'BUSY' });
}
