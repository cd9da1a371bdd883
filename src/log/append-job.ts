import type { Appended, AppendRequest } from './append-request.js';
import type { LogEntry } from './log-entry.model.js';
import type { MessagesById } from './log-reader.js';

/** How long a request may wait for its place before it fails with UNAVAILABLE, ms. */
const patience = 5_000;

/** One request on its way through a conversation's queue. */
export class AppendJob {
  readonly deadline = performance.now() + patience;
  readonly promise: Promise<Appended>;
  /** Entries of this request that are stored already, from an attempt that another process interrupted. */
  readonly stored: LogEntry[] = [];
  /** The ids of its rows: the same at every try, so that a row whose fate was unknown is never stored twice. */
  readonly rowIds: string[] = [];
  private hasAll = false;
  private settled = false;
  private resolve!: (appended: Appended) => void;
  private fail!: (error: unknown) => void;

  constructor(readonly request: AppendRequest) {
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.fail = reject;
    });
  }

  get isSend(): boolean {
    return this.request.send !== undefined;
  }

  get isSettled(): boolean {
    return this.settled;
  }

  /** Whether everything it wants is stored, though perhaps not yet applied. */
  get isStored(): boolean {
    return this.hasAll;
  }

  /** Notes which of the rows of a try are stored. */
  keep(rows: readonly LogEntry[], isStored: ReadonlySet<LogEntry>): void {
    const kept = rows.filter((row) => isStored.has(row));
    this.stored.push(...kept);
    this.hasAll = kept.length === rows.length;
  }

  /** All entries are stored, or it was already so. */
  done(messages: MessagesById): void {
    this.settle({ entries: this.stored, messages, isRepeat: false });
  }

  /** The same send was stored before. */
  repeats(first: LogEntry): void {
    this.settle({ entries: [first], messages: { [first.id]: first }, isRepeat: true });
  }

  reject(error: unknown): void {
    this.settled = true;
    this.fail(error);
  }

  private settle(appended: Appended): void {
    this.settled = true;
    this.resolve(appended);
  }
}
