import type { OutgoingMessage } from '../../../client/index.js';
import type { Line, LogEntry, Message, Timeline } from '../state/types.js';
import { isSameDay } from '../text/dates.js';

/** How long messages of one person stand together, in milliseconds. */
const together = 5 * 60_000;

/** One thing that the list of messages draws. */
export type Item =
  | { readonly kind: 'beginning' | 'unread'; readonly key: string }
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | { readonly kind: 'notice'; readonly key: string; readonly seq: number; readonly notice: LogEntry }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly seq: number;
      readonly message: Message;
      readonly place: Place;
    }
  | { readonly kind: 'outgoing'; readonly key: string; readonly outgoing: OutgoingMessage };

/** Whether a message is the first, and the last, of those that stand together. */
export interface Place {
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

interface Given {
  readonly timeline: Timeline;
  readonly outbox: readonly OutgoingMessage[];
  readonly meId: string;
  /** What the person had read when the conversation was opened; undefined when there was nothing new. */
  readonly unreadAfter?: number;
}

/** What the list shows, from the oldest to the newest. */
export function itemsOf({ timeline, outbox, meId, unreadAfter }: Given): readonly Item[] {
  const items: Item[] = [];
  if (timeline.isReady && !timeline.hasOlder) items.push({ kind: 'beginning', key: 'beginning' });
  let before: Line | undefined;
  let isUnreadMarked = unreadAfter === undefined;
  timeline.lines.forEach((line, index) => {
    if (!before || !isSameDay(atOf(before), atOf(line))) {
      items.push({ kind: 'day', key: `day:${atOf(line).slice(0, 10)}:${line.seq}`, at: atOf(line) });
      before = undefined;
    }
    if (!isUnreadMarked && line.seq > (unreadAfter ?? 0) && line.message && line.message.from.id !== meId) {
      items.push({ kind: 'unread', key: 'unread' });
      isUnreadMarked = true;
      before = undefined;
    }
    items.push(itemOf(line, { before, after: timeline.lines[index + 1] }));
    before = line;
  });
  return [...items, ...outgoing(timeline, outbox, meId)];
}

/** Drawn until the message itself is there; both have one key, so that one becomes the other. */
function outgoing({ lines, hasNewer }: Timeline, outbox: readonly OutgoingMessage[], meId: string): Item[] {
  if (hasNewer) return [];
  const own = lines.slice(-outbox.length - 50).filter(({ message }) => message?.from.id === meId);
  const known = new Set(own.map(({ message }) => message?.clientMessageId));
  return outbox
    .filter(({ clientMessageId }) => !known.has(clientMessageId))
    .map((message) => ({ kind: 'outgoing', key: `m:${meId}:${message.clientMessageId}`, outgoing: message }));
}

function itemOf(line: Line, { before, after }: { before?: Line; after?: Line }): Item {
  const { seq, message, notice } = line;
  if (notice) return { kind: 'notice', key: `n:${seq}`, seq, notice };
  if (!message) throw new Error(`The line of seq ${seq} is neither a message nor a notice.`);
  const key = message.clientMessageId === null ? `m:${message.id}` : `m:${message.from.id}:${message.clientMessageId}`;
  return { kind: 'message', key, seq, message, place: { isFirst: !joins(before, line), isLast: !joins(line, after) } };
}

/** Whether two lines stand together. */
function joins(one: Line | undefined, other: Line | undefined): boolean {
  if (!one?.message || !other?.message) return false;
  if (one.message.from.id !== other.message.from.id) return false;
  const pause = Date.parse(other.message.createdAt) - Date.parse(one.message.createdAt);
  return pause < together && isSameDay(one.message.createdAt, other.message.createdAt);
}

function atOf({ message, notice }: Line): string {
  return message?.createdAt ?? notice?.at ?? '';
}
