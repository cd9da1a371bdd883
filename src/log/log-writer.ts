import type { Collections } from '../database/database.js';
import { objectId } from '../database/ids.js';
import { isDuplicateKey } from '../database/repository.js';
import type { Draft } from './append-request.js';
import { ConversationEventType } from './entry-type.js';
import type { LogEntry } from './log-entry.model.js';

/** Why a row was not stored. */
export type WriteStop =
  /** Somebody else took the seq. */
  | { readonly reason: 'seq' }
  /** This very row is there already, from a try whose outcome was unknown. */
  | { readonly reason: 'stored'; readonly row: LogEntry }
  /** The sender used its clientMessageId before. */
  | { readonly reason: 'repeat'; readonly row: LogEntry }
  | { readonly reason: 'database'; readonly error: unknown };

/** What became of rows that were written together. */
export interface WriteOutcome {
  /** The rows that are stored: a prefix. */
  readonly stored: readonly LogEntry[];
  /** Why the next one is not. */
  readonly stop?: WriteStop;
}

/** Writes rows of one conversation to the log, together and in order. */
export class LogWriter {
  constructor(private readonly collections: Collections) {}

  /** Gives a draft its place in the log. */
  place(draft: Draft, place: Pick<LogEntry, 'id' | 'conversationId' | 'seq'>): LogEntry {
    const isMessage = draft.type === ConversationEventType.MESSAGE_ADDED;
    return {
      ...draft,
      content: draft.content ?? '',
      ...place,
      createdAt: new Date(),
      ...(isMessage ? { changedSeq: place.seq } : { pending: true as const }),
    };
  }

  async write(rows: readonly LogEntry[]): Promise<WriteOutcome> {
    try {
      await this.insert(rows.map(toStored));
      return { stored: rows };
    } catch (error) {
      if (!isDuplicateKey(error)) return this.lookUp(rows, error);
      const at = failedIndex(error);
      return { stored: rows.slice(0, at), stop: await this.reasonOf(rows[at]) };
    }
  }

  /** A single row goes without the driver's machinery for bulk writes. */
  private insert([first, ...others]: Record<string, unknown>[]): Promise<unknown> {
    const { native } = this.collections.log;
    if (!first) return Promise.resolve();
    return others.length === 0 ? native.insertOne(first) : native.insertMany([first, ...others], { ordered: true });
  }

  /** The driver does not say which unique index refused a row of a bulk write, so the row is looked up. */
  private async reasonOf(refused: LogEntry | undefined): Promise<WriteStop> {
    if (!refused) return { reason: 'seq' };
    const { id, actorId, clientMessageId } = refused;
    const same = clientMessageId === undefined ? { _id: id } : { $or: [{ _id: id }, { actorId, clientMessageId }] };
    const row = await this.collections.log.findOne(same);
    if (!row) return { reason: 'seq' };
    return { reason: row.id === id ? 'stored' : 'repeat', row };
  }

  /** After a failure whose outcome is unknown: which of the rows are there all the same. */
  private async lookUp(rows: readonly LogEntry[], error: unknown): Promise<WriteOutcome> {
    const found = await this.collections.log.findByIds(rows.map((row) => row.id)).catch(() => []);
    const missing = found.findIndex((row) => row === undefined);
    if (found.length === rows.length && missing === -1) return { stored: rows };
    return { stored: rows.slice(0, Math.max(missing, 0)), stop: { reason: 'database', error } };
  }
}

const idFields = ['conversationId', 'actorId', 'replyToId', 'messageId', 'userId'] as const;

/** The stored form, without Mongoose: this is the path that every message takes. */
function toStored({ id, ...entry }: LogEntry): Record<string, unknown> {
  const row: Record<string, unknown> = { _id: objectId(id) };
  for (const [key, value] of Object.entries<unknown>(entry)) if (value !== undefined) row[key] = value;
  for (const field of idFields) {
    const reference = entry[field];
    if (typeof reference === 'string') row[field] = objectId(reference);
  }
  if (entry.type !== ConversationEventType.MESSAGE_ADDED) delete row.content;
  if (entry.userIds) row.userIds = entry.userIds.map(objectId);
  return row;
}

/** Which row an ordered bulk write stopped at; a write of a single row may fail without saying so. */
function failedIndex(error: unknown): number {
  const { writeErrors } = error as { writeErrors?: { index: number } | { index: number }[] };
  const first = Array.isArray(writeErrors) ? writeErrors[0] : writeErrors;
  return first?.index ?? 0;
}
