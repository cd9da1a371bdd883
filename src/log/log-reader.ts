import { ConversationKind } from '../conversations/conversation-kind.js';
import type { Collections } from '../database/database.js';
import { type Finder, gatheredFinds } from '../database/gathered-finds.js';
import type { Filter } from '../database/repository.js';
import type { ConversationState } from './conversation-state.js';
import { foldEntry } from './conversation-state.js';
import { effects } from './effects.js';
import { ConversationEventType } from './entry-type.js';
import type { LogEntry } from './log-entry.model.js';
import { newestRows } from './newest-rows.js';

/** Which entries of a conversation: a range of seqs (bounds excluded), some types, from which end. */
export interface EntryRange {
  readonly after?: number;
  readonly before?: number;
  readonly types?: readonly ConversationEventType[];
  readonly limit: number;
  readonly newestFirst?: boolean;
}

/** Messages by id. */
export type MessagesById = Record<string, LogEntry>;

/** Reads the log. Whatever it gives out has been applied: pending entries are applied first. */
export class LogReader {
  constructor(
    private readonly collections: Collections,
    private readonly log: Finder<LogEntry> = collections.log,
  ) {}

  /** A reader for one execution: what is read in the same turn of the event loop goes out as one command. */
  gathering(): LogReader {
    return new LogReader(this.collections, gatheredFinds(this.collections.log));
  }

  /** Entries in seq order, or newest first when so asked. */
  async entries(conversationId: string, range: EntryRange): Promise<LogEntry[]> {
    const seq = {
      ...(range.after !== undefined && { $gt: range.after }),
      ...(range.before !== undefined && { $lt: range.before }),
    };
    const filter: Filter = {
      conversationId,
      ...(range.types && { type: range.types.length === 1 ? range.types[0] : { $in: range.types } }),
      ...(Object.keys(seq).length > 0 && { seq }),
    };
    const options = { sort: { seq: range.newestFirst ? -1 : 1 } as const, limit: range.limit };
    for (;;) {
      const entries = await this.log.find(filter, options);
      // What was appended while others were applied may be unapplied itself.
      if (!entries.some((entry) => entry.pending)) return entries;
      await this.applyPending(conversationId);
    }
  }

  /** The newest seq of each conversation; 0 where the log is empty or there is no such conversation. */
  async heads(conversationIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await newestRows(this.collections, conversationIds, { fields: ['seq'] });
    return new Map(conversationIds.map((id) => [id, Number(rows.get(id)?.seq ?? 0)]));
  }

  /** The heads, once nothing up to them waits to be applied. */
  async settledHeads(conversationIds: readonly string[]): Promise<Map<string, number>> {
    const heads = await this.heads(conversationIds);
    const waiting = await this.collections.log.find({ conversationId: { $in: conversationIds }, pending: true });
    for (const conversationId of new Set(waiting.map((entry) => entry.conversationId))) {
      await this.applyPending(conversationId);
    }
    return heads;
  }

  /** The newest seq of one conversation; 0 for an empty log. */
  async head(conversationId: string): Promise<number> {
    const [newest] = await this.collections.log.find({ conversationId }, { sort: { seq: -1 }, limit: 1 });
    return newest?.seq ?? 0;
  }

  /**
   * The messages that the entries speak of, as they are now, each with the one it answers, so that nobody has to load
   * anything to show an entry. One query for new messages, two at most. A message that was read together with a change
   * of it may have been read before the change was, so it is read again.
   */
  async messagesOf(entries: readonly LogEntry[]): Promise<MessagesById> {
    const messages: MessagesById = {};
    for (const entry of entries) if (entry.type === ConversationEventType.MESSAGE_ADDED) messages[entry.id] = entry;
    const changed = entries.flatMap(({ messageId }) => (messageId ? [messageId] : []));
    for (const message of await this.messagesByIds([...new Set(changed)])) messages[message.id] = message;
    await this.attachAnswered(Object.values(messages));
    return messages;
  }

  /** Gives every reply the message it answers; one query, or none. */
  async attachAnswered(messages: readonly LogEntry[]): Promise<void> {
    const byId = new Map(messages.map((message) => [message.id, message]));
    const wanted = new Set(messages.flatMap(({ replyToId }) => (replyToId && !byId.has(replyToId) ? [replyToId] : [])));
    for (const found of await this.messagesByIds([...wanted])) byId.set(found.id, found);
    for (const message of messages) if (message.replyToId) message.answered = byId.get(message.replyToId);
  }

  /** Those of the messages that exist; one query, or none. */
  async messagesByIds(ids: readonly string[]): Promise<LogEntry[]> {
    return ids.length === 0 ? [] : this.log.find({ _id: { $in: ids } });
  }

  /** What the log says now, or undefined when there is no such conversation. */
  async loadState(conversationId: string): Promise<ConversationState | undefined> {
    const conversation = await this.collections.conversations.findById(conversationId);
    if (!conversation) return undefined;
    const head = await this.head(conversationId);
    await this.applyPending(conversationId);
    const [members, current] = await Promise.all([
      this.collections.members.find({ conversationId, leftSeq: null }, { sort: { joinedSeq: 1, _id: 1 } }),
      this.collections.conversations.findById(conversationId),
    ]);
    const state: ConversationState = {
      conversationId,
      kind: conversation.kind,
      seats: new Map(members.map(({ userId, role, joinedSeq }) => [userId, { role, joinedSeq }])),
      seq: head,
      title: current?.title ?? null,
      image: current?.image ?? null,
      isDeleted: conversation.kind === ConversationKind.GROUP && current?.erasure !== undefined,
    };
    await this.catchUp(state);
    return state;
  }

  /** Folds in what was appended since; true when there was anything. */
  async catchUp(state: ConversationState): Promise<boolean> {
    const before = state.seq;
    for (;;) {
      const entries = await this.entries(state.conversationId, { after: state.seq, limit: 500 });
      for (const entry of entries) foldEntry(state, entry);
      if (entries.length < 500) return state.seq > before;
    }
  }

  /** Applies every entry of the conversation that still waits for it, in seq order. */
  async applyPending(conversationId: string): Promise<void> {
    const waiting = await this.collections.log.find({ conversationId, pending: true }, { sort: { seq: 1 } });
    for (const entry of waiting) await this.apply(entry);
  }

  /** Applies every pending entry there is, so that nothing stays half done after a crash. */
  async applyAllPending(): Promise<void> {
    const waiting = await this.collections.log.find({ pending: true }, { sort: { conversationId: 1, seq: 1 } });
    for (const entry of waiting) await this.apply(entry);
  }

  /** Carries one entry's change into the projections; doing it again changes nothing. */
  async apply(entry: LogEntry): Promise<void> {
    if (entry.type === ConversationEventType.MESSAGE_ADDED) return;
    await effects[entry.type](this.collections, entry);
    await this.collections.log.updateMany({ _id: entry.id }, { $unset: { pending: '' } });
  }
}
