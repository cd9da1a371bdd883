import {
  decodeCursor,
  defaultPageSize,
  encodeCursor,
  type ListOrder,
  type ListPage,
  pageOf,
} from '../database/page.js';
import { badInput } from '../errors.js';
import { ConversationEventType } from '../log/entry-type.js';
import type { LogEntry } from '../log/log-entry.model.js';
import type { EntryRange, LogReader } from '../log/log-reader.js';
import type { HistoryPageArgs } from './message.inputs.js';

const order: ListOrder = [{ field: 'seq', kind: 'number', direction: 1 }];
const types = [ConversationEventType.MESSAGE_ADDED];

/** The readable part of one conversation. */
export interface HistoryScope {
  readonly conversationId: string;
  readonly firstSeq: number;
}

/** Reads pages of messages by seq. */
export class History {
  constructor(private readonly reader: LogReader) {}

  /** @throws ChatError BAD_USER_INPUT when the arguments contradict each other or a cursor is none */
  async page(scope: HistoryScope, args: HistoryPageArgs): Promise<ListPage<LogEntry>> {
    assertCompatible(args);
    const page = args.around == null ? await this.towards(scope, args) : await this.around(scope, args, args.around);
    await this.reader.attachAnswered(page.edges.map(({ node }) => node));
    return page;
  }

  private async towards(scope: HistoryScope, args: HistoryPageArgs): Promise<ListPage<LogEntry>> {
    const after = seqOf('after', args.after);
    const before = seqOf('before', args.before);
    const isForward = args.first != null || (args.last == null && after !== undefined);
    const size = args.first ?? args.last ?? defaultPageSize;
    const lowest = scope.firstSeq - 1;
    const rows = await this.messages(scope.conversationId, {
      after: Math.max(after ?? lowest, lowest),
      before,
      limit: size + 1,
      newestFirst: !isForward,
    });
    const kept = rows.slice(0, size);
    const more = rows.length > size;
    const hasEarlier = after !== undefined && after > lowest;
    return isForward
      ? pageOf(kept, cursorOf, { next: more || before !== undefined, previous: hasEarlier })
      : pageOf(kept.reverse(), cursorOf, { next: before !== undefined, previous: more || hasEarlier });
  }

  /** Half of the page before the seq, then the seq itself or the next higher one, then what follows. */
  private async around({ conversationId, firstSeq }: HistoryScope, args: HistoryPageArgs, seq: number) {
    const size = args.first ?? defaultPageSize;
    const half = Math.floor(size / 2);
    const lowest = firstSeq - 1;
    const [earlier, later] = await Promise.all([
      this.messages(conversationId, { after: lowest, before: seq, limit: size + 1, newestFirst: true }),
      this.messages(conversationId, { after: Math.max(seq - 1, lowest), limit: size + 1 }),
    ]);
    const fromLater = Math.min(later.length, Math.max(size - half, size - earlier.length));
    const fromEarlier = Math.min(earlier.length, size - fromLater);
    const rows = [...earlier.slice(0, fromEarlier).reverse(), ...later.slice(0, fromLater)];
    return pageOf(rows, cursorOf, { next: later.length > fromLater, previous: earlier.length > fromEarlier });
  }

  private messages(conversationId: string, range: Omit<EntryRange, 'types'>): Promise<LogEntry[]> {
    return this.reader.entries(conversationId, { ...range, types });
  }
}

const cursorOf = (message: LogEntry): string => encodeCursor(message, order);

function seqOf(name: 'after' | 'before', cursor: string | null | undefined): number | undefined {
  return cursor == null ? undefined : (decodeCursor(name, cursor, order)[0] as number);
}

function assertCompatible({ first, last, after, before, around }: HistoryPageArgs): void {
  if (first != null && last != null) throw badInput('last', 'cannot be combined with first; pass one of them');
  if (around != null && (last != null || after != null || before != null)) {
    throw badInput('around', 'can be combined with first only');
  }
}
