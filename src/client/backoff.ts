const firstDelay = 400;
const longestDelay = 30_000;

/**
 * How long to wait before trying again, in milliseconds: longer from time to time, and never the same for two clients,
 * so that a server that comes back is not met by all at once.
 * @param failures how many tries have failed in a row, from 1 on
 * @param retryAfter seconds, where the server says how long
 */
export function backOff(failures: number, retryAfter?: number): number {
  if (retryAfter !== undefined) return retryAfter * 1_000;
  return Math.min(longestDelay, firstDelay * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
}

/** Waits. @throws Error when the signal is aborted */
export function pause(delay: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      clearTimeout(timer);
      reject(new Error('Waiting was given up.'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    }, delay);
    signal.addEventListener('abort', giveUp, { once: true });
  });
}

/** A timer that can be set anew, run at once, and stopped. */
export class Alarm {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly ring: () => void) {}

  get isSet(): boolean {
    return this.timer !== undefined;
  }

  /** Rings once, after the newest delay. */
  set(delay: number): void {
    this.stop();
    this.timer = setTimeout(() => this.ringNow(), delay);
  }

  /** Does not wait for the rest of the delay. */
  ringNow(): void {
    this.stop();
    this.ring();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
