import { open } from 'lmdb';
import type { Database, RootDatabase } from 'lmdb';
import { CommandError } from '../errors.js';
import type { KeyRange } from '../keys/range.js';
import { storageError } from './storage-error.js';
import { View } from './view.js';

export type BinaryDatabase = Database<Buffer, Buffer>;

interface Job {
  run(): unknown;
  resolve(value: never): void;
  reject(error: unknown): void;
}

type Outcome = { value: unknown } | { error: unknown };

/** What follows the transactions: in-memory state that must agree with what is on disk. */
export interface TransactionListener {
  /** Runs inside the transaction, after all its jobs. */
  beforeCommit(): void;
  afterCommit(): void;
  /** The transaction was given up: everything in memory is to be read again. */
  afterAbort(): void;
}

/** Milliseconds after which the jobs that are left wait for the next transaction, so that readers have their turn. */
const transactionTime = 20;

/**
 * A transaction is resolved when it is on disk. Without batches by turn: lmdb leaves the promise of such a batch alone,
 * and a full disk would end the process.
 */
const durable = { overlappingSync: false, eventTurnBatching: false } as const;

const binary = { keyEncoding: 'binary', encoding: 'binary' } as const;

/** The files: three ordered maps of bytes, written by one transaction at a time. */
export class Store {
  readonly #root: RootDatabase<Buffer, Buffer>;
  readonly meta: BinaryDatabase;
  readonly documents: BinaryDatabase;
  readonly entries: BinaryDatabase;
  readonly #queue: Job[] = [];
  readonly #view = new View();
  #listener: TransactionListener | undefined;
  #draining: Promise<void> | undefined;

  /** @throws Error for a file that cannot be opened. */
  constructor(path: string) {
    this.#root = open({ path, ...durable, maxDbs: 4, maxReaders: 16, noSubdir: true, ...binary });
    this.meta = this.#root.openDB({ name: 'meta', ...binary });
    this.documents = this.#root.openDB({ name: 'documents', ...binary });
    this.entries = this.#root.openDB({ name: 'entries', ...binary });
  }

  /** The same number at two reads: nothing was written between them. */
  get view(): number {
    return this.#view.current;
  }

  listen(listener: TransactionListener): void {
    this.#listener = listener;
  }

  /**
   * Runs `action` inside the next transaction and resolves when that transaction is on disk; actions that wait at the
   * same time share one. A CommandError thrown by `action` rejects it alone, and what it has written by then stays: it
   * must not come within the writing of one document. Any other error gives the whole transaction up, and its actions are tried again one by one.
   */
  write<T>(action: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ run: action, resolve, reject });
      this.#draining ??= this.#drain();
    });
  }

  /** Resolves when every write that was asked for is on disk, and closes the files. */
  async close(): Promise<void> {
    await this.#draining;
    await this.#root.close();
  }

  /** Commands that come while a transaction is being put on disk share the next one. */
  async #drain(): Promise<void> {
    while (this.#queue.length > 0) this.#queue.splice(0, await this.#commit(Infinity));
    this.#draining = undefined;
  }

  /**
   * Runs the first jobs in one transaction, which another thread puts on disk while this one goes on reading.
   * @returns how many jobs are done: if a transaction is given up, the first of them alone.
   */
  async #commit(most: number): Promise<number> {
    let jobs: readonly Job[] = [];
    let outcomes: Outcome[] = [];
    try {
      await this.#root.childTransaction(() => {
        jobs = this.#queue.slice(0, most);
        outcomes = runJobs(jobs);
        this.#listener?.beforeCommit();
        this.#view.beginCommit();
      });
    } catch (error) {
      const cause = await causeOf(error);
      this.#view.endCommit();
      this.#listener?.afterAbort();
      if (jobs.length > 1) return this.#commit(1);
      this.#queue[0]?.reject(storageError(cause));
      return 1;
    }
    this.#view.endCommit();
    this.#listener?.afterCommit();
    outcomes.forEach((outcome, i) => settle(jobs[i], outcome));
    return outcomes.length;
  }
}

/** lmdb says that a commit has failed, and the reason in a promise behind that. */
async function causeOf(error: unknown): Promise<unknown> {
  const reason = error instanceof Error && 'commitError' in error ? error.commitError : error;
  return Promise.resolve(reason).catch((cause: unknown) => cause);
}

/** The jobs that one transaction has time for. */
function runJobs(jobs: readonly Job[]): Outcome[] {
  const started = performance.now();
  const outcomes: Outcome[] = [];
  for (const job of jobs) {
    outcomes.push(runJob(job));
    if (performance.now() - started > transactionTime) break;
  }
  return outcomes;
}

function runJob(job: Job): Outcome {
  try {
    return { value: job.run() };
  } catch (error) {
    if (error instanceof CommandError) return { error };
    throw error;
  }
}

function settle(job: Job | undefined, outcome: Outcome): void {
  if ('value' in outcome) job?.resolve(outcome.value as never);
  else job?.reject(outcome.error);
}

/** An entry of one of the maps. */
export interface Entry {
  readonly key: Buffer;
  readonly value: Buffer;
  /** What `ScanOptions.begin` said before it was read. */
  readonly asOf: number;
}

const firstChunk = 32;
const largestChunk = 1024;
/** A chunk ends behind the entry with which it has so many bytes. */
const chunkBytes = 1024 * 1024;

export interface ScanOptions {
  readonly isReverse?: boolean;
  /** How many entries are wanted for now: so many are read at first. */
  readonly wanted?: number | undefined;
  /** Runs before some entries are read at once; they carry the number it gives. */
  readonly begin?: () => number;
}

/** Some entries, and whether there can be more behind them. */
function readChunk(
  database: BinaryDatabase,
  { lo, hi, skipFirst }: KeyRange & { readonly skipFirst: boolean },
  { isReverse = false, begin, limit }: ScanOptions & { readonly limit: number },
): { chunk: Entry[]; isLast: boolean } {
  const bounds = isReverse
    ? { start: hi, exclusiveStart: true, end: lo, inclusiveEnd: true, reverse: true }
    : { start: lo, exclusiveStart: skipFirst, end: hi };
  const chunk: Entry[] = [];
  const asOf = begin?.() ?? 0;
  let bytes = 0;
  for (const { key, value } of database.getRange({ ...bounds, limit, snapshot: false })) {
    chunk.push({ key, value, asOf });
    bytes += value.length;
    if (bytes >= chunkBytes) return { chunk, isLast: false };
  }
  return { chunk, isLast: chunk.length < limit };
}

/**
 * The entries of a range in key order or backwards. It reads in chunks and holds nothing open between them, so it may
 * be left half way and go on after other writes.
 */
export function* scan(database: BinaryDatabase, range: KeyRange, options: ScanOptions = {}): Generator<Entry> {
  const { isReverse = false, wanted = firstChunk } = options;
  let { lo, hi } = range;
  let skipFirst = false;
  for (let limit = Math.min(wanted, largestChunk); ; limit = Math.min(limit * 4, largestChunk)) {
    const { chunk, isLast } = readChunk(database, { lo, hi, skipFirst }, { ...options, limit });
    yield* chunk;
    const last = chunk.at(-1);
    if (isLast || !last) return;
    if (isReverse) hi = last.key;
    else lo = last.key;
    skipFirst = true;
  }
}

/** How many keys a range holds; nothing is read but the keys. */
export function countRange(database: BinaryDatabase, range: KeyRange): number {
  return database.getKeysCount({ start: range.lo, end: range.hi });
}
