const defaultEveryMs = 5_000;

/**
 * Looks every five seconds at the sessions that have a socket open here: the command line ends some, and changes the
 * roles of people, without a word on the bus.
 */
export class SessionSweep {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  /**
   * @param recheck looks once
   * @param onError hears when the database could not be asked; it is asked the next time
   */
  constructor(
    private readonly recheck: () => Promise<void>,
    private readonly onError: (error: unknown) => void,
    private readonly everyMs = defaultEveryMs,
  ) {}

  start(): void {
    this.timer ??= setInterval(() => this.sweep(), this.everyMs).unref();
  }

  /** Ends with the look that runs. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private sweep(): void {
    this.running ??= this.recheck()
      .catch(this.onError)
      .finally(() => (this.running = undefined));
  }
}
