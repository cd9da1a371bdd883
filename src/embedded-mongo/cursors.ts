import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { Long } from 'bson';
import type { Deadline } from './deadline.js';
import { checkDeadline } from './deadline.js';
import type { CodeName } from './errors.js';
import { CommandError, fail } from './errors.js';

/** Results one by one as BSON; `undefined` is progress without a result. */
export type Results = Iterator<Buffer | undefined>;

/** A part of the results. */
export interface Batch {
  readonly documents: readonly Buffer[];
  /** True when there are no more. */
  readonly isDone: boolean;
}

export interface BatchLimits {
  /** Documents at most; undefined for as many as fit. */
  readonly size?: number | undefined;
  readonly deadline?: Deadline;
}

/** A batch stops growing here; MongoDB's replies are of that size too. */
const maxBatchBytes = 16 * 1024 * 1024;
/** After so many milliseconds of work others have their turn. */
const slice = 8;
/** MongoDB forgets a cursor that nobody asks for ten minutes. */
export const cursorTimeout = 10 * 60 * 1000;

/** A time that a command may take, and when to let others have their turn. */
export class Turns {
  #started = performance.now();

  constructor(readonly deadline?: Deadline) {}

  /** True when it is time to rest. @throws CommandError 50 after the deadline. */
  get isDue(): boolean {
    if (performance.now() - this.#started < slice) return false;
    checkDeadline(this.deadline);
    return true;
  }

  async rest(): Promise<void> {
    await setImmediate();
    this.#started = performance.now();
    checkDeadline(this.deadline);
  }
}

/** Runs an iterator to its end, resting now and then; `undefined` is not passed on. */
export async function drain<T>(
  items: Iterator<T | undefined>,
  each: (item: T) => void,
  deadline?: Deadline,
): Promise<void> {
  const turns = new Turns(deadline);
  for (let next = items.next(); next.done !== true; next = items.next()) {
    if (next.value !== undefined) each(next.value);
    if (turns.isDue) await turns.rest();
  }
}

/** The results of one command, of which a part has been sent. */
export class Cursor {
  readonly id = Long.fromBigInt(BigInt(`0x${randomBytes(8).toString('hex')}`) & 0x7fffffffffffffffn);
  lastUsed = Date.now();
  isBusy = false;
  #ahead: Buffer | undefined;
  /** Milliseconds that `maxTimeMS` leaves for the batches to come. */
  #timeLeft: number | undefined;
  #endedBy: CodeName | undefined;

  constructor(
    readonly namespace: string,
    readonly results: Results,
    readonly noTimeout = false,
  ) {}

  /**
   * The next batch; the time limit of the first one counts for all of them together.
   * @throws CommandError 50, and the one that the cursor was closed by meanwhile.
   */
  async next({ size, deadline }: BatchLimits): Promise<Batch> {
    const end = deadline ?? (this.#timeLeft === undefined ? undefined : Date.now() + this.#timeLeft);
    const batch = await this.#collect(size ?? Infinity, new Turns(end));
    if (end !== undefined) this.#timeLeft = Math.max(0, end - Date.now());
    return batch;
  }

  async #collect(size: number, turns: Turns): Promise<Batch> {
    const documents: Buffer[] = [];
    let bytes = 0;
    if (size === 0) return { documents, isDone: false };
    for (;;) {
      const document = this.#ahead ?? this.#pull();
      this.#ahead = undefined;
      if (document === null) return { documents, isDone: true };
      if (document && (documents.length >= size || (documents.length > 0 && bytes + document.length > maxBatchBytes))) {
        this.#ahead = document;
        return { documents, isDone: false };
      }
      if (document) {
        documents.push(document);
        bytes += document.length;
      }
      if (turns.isDue) await turns.rest();
    }
  }

  /** A batch that is under way ends with this error. */
  close(cause: CodeName = 'CursorKilled'): void {
    this.#endedBy = cause;
    this.results.return?.();
  }

  /** Null at the end. */
  #pull(): Buffer | undefined | null {
    if (this.#endedBy) fail(this.#endedBy, 'the cursor was ended while it was read');
    const next = this.results.next();
    return next.done === true ? null : next.value;
  }
}

/** The cursors that clients have not read to their end. */
export class CursorTable {
  readonly #cursors = new Map<string, Cursor>();

  get size(): number {
    return this.#cursors.size;
  }

  add(cursor: Cursor): void {
    this.#cursors.set(cursor.id.toString(), cursor);
  }

  /** @throws CommandError 43 for a cursor that is not there, 13 for one of another collection. */
  get(id: Long, namespace: string): Cursor {
    const cursor = this.#cursors.get(id.toString());
    if (!cursor) throw new CommandError('CursorNotFound', `cursor id ${id.toString()} not found`);
    if (cursor.namespace !== namespace) {
      fail(
        'Unauthorized',
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    }
    return cursor;
  }

  /** False when there was none. */
  kill(id: Long, cause?: CodeName): boolean {
    const cursor = this.#cursors.get(id.toString());
    cursor?.close(cause);
    return this.#cursors.delete(id.toString());
  }

  /** Ends the cursors that nobody asked for since `before` (milliseconds since 1970). */
  expire(before: number): void {
    for (const cursor of this.#cursors.values()) {
      if (!cursor.noTimeout && !cursor.isBusy && cursor.lastUsed < before) this.kill(cursor.id);
    }
  }

  /** Ends the cursors of a collection or a database that is gone. */
  killWhere(isGone: (namespace: string) => boolean): void {
    for (const cursor of this.#cursors.values()) if (isGone(cursor.namespace)) this.kill(cursor.id, 'QueryPlanKilled');
  }

  clear(): void {
    this.killWhere(() => true);
  }
}
