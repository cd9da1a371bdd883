interface Beat<Value> {
  timer: NodeJS.Timeout;
  /** The newest value that waits for the next time. */
  waiting?: { readonly value: Value };
}

/**
 * Does something for each key at once, then no oftener than it may, with the newest value: what happens often costs no
 * more than what happens now and then. A failure is forgotten, so it is only for what the next time puts right.
 */
export class Paced<Value> {
  private readonly beats = new Map<string, Beat<Value>>();
  private readonly running = new Set<Promise<void>>();

  /**
   * @param pause least time between two acts for one key, ms
   * @param act what is done
   */
  constructor(
    private readonly pause: number,
    private readonly act: (key: string, value: Value) => Promise<void>,
  ) {}

  ask(key: string, value: Value): void {
    const beat = this.beats.get(key);
    if (beat) beat.waiting = { value };
    else this.begin(key, value);
  }

  /** Does what is still to be done. */
  async stop(): Promise<void> {
    for (const [key, { timer, waiting }] of this.beats) {
      clearTimeout(timer);
      if (waiting) this.run(key, waiting.value);
    }
    this.beats.clear();
    await Promise.all(this.running);
  }

  private begin(key: string, value: Value): void {
    this.run(key, value);
    const timer = setTimeout(() => {
      const waiting = this.beats.get(key)?.waiting;
      this.beats.delete(key);
      if (waiting) this.begin(key, waiting.value);
    }, this.pause);
    this.beats.set(key, { timer: timer.unref() });
  }

  private run(key: string, value: Value): void {
    const run = this.act(key, value)
      .catch(() => undefined)
      .finally(() => this.running.delete(run));
    this.running.add(run);
  }
}
