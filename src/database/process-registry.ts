import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';

interface Row {
  readonly _id: string;
  readonly beats: number;
}

/** What is known of one other process. */
interface Sight {
  readonly beats: number;
  readonly changedAt: number;
  readonly hasMoved: boolean;
}

/** Times in milliseconds. */
const beatEvery = 5_000;
/** A row that has not moved for so long belongs to nobody. */
const deadAfter = 15_000;

/**
 * Which processes use this database. Each one counts up in a row of its own; a row that moves is a process that
 * lives, so no clock has to agree with another. It speaks with the driver itself, beside what requests cost.
 */
export class ProcessRegistry {
  /** A name for everything that shares a database, the same for all processes and for ever. */
  static async installationOf(connection: Connection): Promise<string> {
    const names = driverOf(connection).collection<{ _id: string; name: string }>('installations');
    const first = { $setOnInsert: { name: randomUUID() } };
    const found = await names.findOneAndUpdate({ _id: 'this' }, first, { upsert: true, returnDocument: 'after' });
    return found?.name ?? '';
  }

  private readonly seen = new Map<string, Sight>();
  private beats = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly processId: string,
  ) {}

  start(): void {
    // While the database is away nobody is seen; its own check says so.
    const beat = (): void => void this.beat().catch(() => undefined);
    beat();
    this.timer ??= setInterval(beat, beatEvery).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.rows.deleteOne({ _id: this.processId }).catch(() => undefined);
  }

  /** The other processes that are alive. */
  get others(): string[] {
    const now = performance.now();
    return [...this.seen].filter(([, sight]) => sight.hasMoved && now - sight.changedAt < deadAfter).map(([id]) => id);
  }

  private get rows() {
    return driverOf(this.connection).collection<Row>('processes');
  }

  private async beat(): Promise<void> {
    this.beats += 1;
    await this.rows.updateOne({ _id: this.processId }, { $set: { beats: this.beats } }, { upsert: true });
    const rows = await this.rows.find({ _id: { $ne: this.processId } }).toArray();
    const now = performance.now();
    for (const { _id, beats } of rows) this.see(_id, beats, now);
    for (const id of this.seen.keys()) if (!rows.some((row) => row._id === id)) this.seen.delete(id);
    await this.rows.deleteMany({ _id: { $in: this.dead(now) } });
  }

  private see(id: string, beats: number, now: number): void {
    const before = this.seen.get(id);
    if (before?.beats === beats) return;
    this.seen.set(id, { beats, changedAt: now, hasMoved: before !== undefined });
  }

  private dead(now: number): string[] {
    return [...this.seen].filter(([, { changedAt }]) => now - changedAt >= 4 * deadAfter).map(([id]) => id);
  }
}

function driverOf({ db }: Connection): NonNullable<Connection['db']> {
  if (!db) throw new Error('The database is not open.');
  return db;
}
