import { Alarm } from './backoff.js';
import type { ClientStorage } from './storage.js';
import type { Known } from './types.js';

const storageKey = 'known';
/** The storage is behind by at most so many milliseconds: what was given in them may be given again after a crash. */
const saveDelay = 200;
/** Items that the server takes; it is told the rest by FeedReset, which continues them too. */
const maxKnown = 10_000;

/** The last seq of each conversation that was handed out, kept in the storage. */
export class Positions {
  /** The one that moved last stands last. */
  readonly bySeq = new Map<string, number>();
  /** Whether there is a place to continue from; otherwise it has to be asked for. */
  isStarted = false;
  private readonly saving = new Alarm(() => this.saveNow());

  /** @param start overrides the storage; null when there is nothing to continue from */
  constructor(
    private readonly storage: ClientStorage,
    start: readonly Known[] | null | undefined,
  ) {
    const known = start === undefined ? parseKnown(storage.get(storageKey)) : start;
    if (known) this.start(known);
  }

  /** What the feed is asked to continue from. */
  get known(): Known[] {
    return [...this.bySeq].slice(-maxKnown).map(([conversationId, seq]) => ({ conversationId, seq }));
  }

  /** Begins with these. */
  start(known: readonly Known[]): void {
    this.isStarted = true;
    for (const { conversationId, seq } of known) this.set(conversationId, seq);
  }

  get(conversationId: string): number | undefined {
    return this.bySeq.get(conversationId);
  }

  set(conversationId: string, seq: number): void {
    this.forget(conversationId);
    this.bySeq.set(conversationId, seq);
  }

  forget(conversationId: string): void {
    this.bySeq.delete(conversationId);
    if (!this.saving.isSet) this.saving.set(saveDelay);
  }

  saveNow(): void {
    this.saving.stop();
    if (this.isStarted) this.storage.set(storageKey, JSON.stringify([...this.bySeq]));
  }
}

/** What is not as it was written counts as nothing. */
function parseKnown(text: string | undefined): Known[] | undefined {
  try {
    const pairs = JSON.parse(text ?? '') as [string, number][];
    const known = pairs.map(([conversationId, seq]) => ({ conversationId, seq }));
    return known.every(({ conversationId, seq }) => typeof conversationId === 'string' && isSeq(seq))
      ? known
      : undefined;
  } catch {
    return undefined;
  }
}

function isSeq(seq: unknown): boolean {
  return Number.isSafeInteger(seq) && (seq as number) >= 0;
}
