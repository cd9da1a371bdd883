import type { Caller } from '../graphql/context.js';
import type { Logger } from '../observability/logger.js';

/** A connection whose peer reads more slowly than it is written to. */
export interface Reader {
  /** Whom the program's log names. */
  readonly caller: Pick<Caller, 'requestId' | 'protocol' | 'address'>;
  /** Bytes that wait to be sent. */
  readonly bufferedAmount: number;
  /** The peer has caught up. */
  drained(): void;
  /** The peer had its time. */
  cut(): void;
}

/** Counts readers that are cut. */
export interface SlowReaderMeter {
  slowReaderCut(): void;
}

/** Bytes that may wait for one reader. */
export const maxBufferedBytes = 1_048_576;
const drainedBytes = maxBufferedBytes / 4;
const checkEveryMs = 50;

/** Watches readers that fell behind, with one timer for all, which runs only while there are any. */
export class SlowReaders {
  private readonly since = new Map<Reader, number>();
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param patience milliseconds until a reader is cut
   * @param onCut hears of every reader that is about to be cut
   */
  constructor(
    private readonly patience: number,
    private readonly onCut: (reader: Reader) => void,
  ) {}

  /** Whether a reader is behind. */
  has(reader: Reader): boolean {
    return this.since.has(reader);
  }

  /** Watches a reader until it has drained its buffer, or cuts it. */
  watch(reader: Reader): void {
    if (this.since.has(reader)) return;
    this.since.set(reader, performance.now());
    this.timer ??= setInterval(() => this.check(), checkEveryMs);
  }

  /** The reader is gone. */
  forget(reader: Reader): void {
    this.since.delete(reader);
    if (this.since.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** Cuts a reader without waiting any longer. */
  cut(reader: Reader): void {
    this.forget(reader);
    this.onCut(reader);
    reader.cut();
  }

  private check(): void {
    const now = performance.now();
    for (const [reader, since] of [...this.since]) {
      if (reader.bufferedAmount < drainedBytes) {
        this.forget(reader);
        reader.drained();
      } else if (now - since >= this.patience) {
        this.cut(reader);
      }
    }
  }
}

/**
 * Writes down and counts every reader that is cut. Who does not read cannot read why it was closed either, so this is
 * where the reason shows.
 */
export function tellCuts(logger: Logger, meter?: SlowReaderMeter): (reader: Reader) => void {
  return ({ caller: { requestId, protocol, address }, bufferedAmount }) => {
    meter?.slowReaderCut();
    logger.info({ requestId, protocol, address, bufferedAmount }, 'A socket was closed because it does not read.');
  };
}
