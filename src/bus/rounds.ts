import type { Bus } from './bus.js';

/** Looks for itself at what may have been missed. */
export type Recheck = () => Promise<void>;

/** Times in milliseconds. */
const times = {
  /** Between two rounds while nothing is known to be lost. */
  whole: 60_000,
  /** Between two rounds while the bus is not whole, and after a round that failed. */
  doubtful: 2_000,
  /** At least between two rounds. */
  least: 200,
};

/**
 * Has everything that is served read again when the bus may have lost something: at once after a doubt, every two
 * seconds while the bus is not whole, and once a minute otherwise. A bus of one process loses nothing: no rounds.
 */
export class Rounds {
  private readonly rechecks: Recheck[] = [];
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private isWanted = false;
  private isStopped = false;
  private endedAt = performance.now();

  constructor(
    private readonly bus: Bus,
    private readonly onError: (error: unknown) => void,
  ) {
    bus.subscribe((message) => {
      if (message.kind === 'doubt') this.isWanted = true;
    });
  }

  add(recheck: Recheck): void {
    this.rechecks.push(recheck);
  }

  start(): void {
    if (this.bus.isShared) this.timer ??= setInterval(() => this.look(), times.least).unref();
  }

  /** Ends with the round that runs. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  private look(): void {
    const waited = performance.now() - this.endedAt;
    const isDue = waited >= (this.bus.isWhole ? times.whole : times.doubtful);
    if (!this.running && (isDue || (this.isWanted && waited >= times.least))) this.running = this.run();
  }

  private async run(): Promise<void> {
    this.isWanted = false;
    try {
      for (const recheck of this.rechecks) if (!this.isStopped) await recheck();
    } catch (error) {
      this.isWanted = true;
      this.onError(error);
    }
    this.endedAt = performance.now() + (this.isWanted ? times.doubtful - times.least : 0);
    this.running = undefined;
  }
}

/** Things that are looked up with one query. */
const batchSize = 500;

/** The things in pieces of at most 500. */
export function* inBatches<T>(things: Iterable<T>): Generator<T[]> {
  const all = [...things];
  for (let at = 0; at < all.length; at += batchSize) yield all.slice(at, at + batchSize);
}
