import { defaultPageSize } from '../database/page.js';
import { badInput } from '../errors.js';
import type { LogEntry } from '../log/log-entry.model.js';
import type { EntryRange, LogReader } from '../log/log-reader.js';
import type { HistoryScope } from '../messages/history.js';
import { ConversationEvent } from './feed-items.js';
import type { EventPageArgs } from './feed.inputs.js';

/** A part of a log in seq order, with the messages it speaks of as they are now. */
export interface EventPage {
  readonly events: ConversationEvent[];
  readonly lastSeq: number;
  readonly hasMore: boolean;
}

/** Reads a conversation's log in pages, for those who were away too long for a replay. */
export class EventPages {
  constructor(private readonly reader: LogReader) {}

  /** @throws ChatError BAD_USER_INPUT for first and last at once */
  async page({ conversationId, firstSeq }: HistoryScope, args: EventPageArgs): Promise<EventPage> {
    if (args.first != null && args.last != null) {
      throw badInput('last', 'cannot be combined with first; pass one of them');
    }
    const isForward = args.first != null || (args.last == null && args.after != null);
    const size = args.first ?? args.last ?? defaultPageSize;
    const rows = await this.read(conversationId, {
      after: Math.max(args.after ?? 0, firstSeq - 1),
      before: args.before ?? undefined,
      types: args.types ?? undefined,
      limit: size + 1,
      newestFirst: !isForward,
    });
    const kept = rows.slice(0, size);
    if (!isForward) kept.reverse();
    const [messages, lastSeq] = await Promise.all([this.reader.messagesOf(kept), this.reader.head(conversationId)]);
    const events = kept.map((entry) => new ConversationEvent(entry, messages[entry.messageId ?? entry.id]));
    return { events, lastSeq, hasMore: rows.length > size };
  }

  private async read(conversationId: string, range: EntryRange): Promise<LogEntry[]> {
    return range.types?.length === 0 ? [] : this.reader.entries(conversationId, range);
  }
}
