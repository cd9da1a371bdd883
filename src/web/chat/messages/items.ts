import type { OutgoingMessage } from '../../../client/index.js';
import type { Line, LogEntry, Message, Timeline } from '../state/types.js';
import { isSameDay } from '../text/dates.js';

/** How long messages of one person stand together, in milliseconds. */
const together = 5 * 60_000;

/** One thing that the list of messages draws. */
export type Item =
  /** A gap stands for what is not loaded between the window and what the person has written. */
  | { readonly kind: 'beginning' | 'unread' | 'gap'; readonly key: string }
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
    // Whether the first day begins here is known once all before it is: and a reader at the very top holds on to a
    // message, which keeps its place when something comes before it.
    const mayBegin = index > 0 || !timeline.hasOlder;
    if (mayBegin && (!before || !isSameDay(atOf(before), atOf(line)))) {
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
  const own = ownAtEnd({ timeline, outbox, meId });
  const gap: Item[] = timeline.hasNewer && own.length > 0 ? [{ kind: 'gap', key: 'gap' }] : [];
  return [...items, ...gap, ...own];
}

/**
 * What the person has written at the newest end, wherever the window is: what is on its way, and, where the window does
 * not reach so far, what has arrived. Each has one key from the first to the last, so that one becomes the other.
 */
function ownAtEnd({ timeline: { lines, ahead, hasNewer }, outbox, meId }: Given): readonly Item[] {
  const isOwn = ({ message }: Line): boolean => message?.from.id === meId;
  const arrived = hasNewer ? ahead.filter(isOwn) : [];
  const recent = hasNewer ? arrived : lines.slice(-outbox.length - 50).filter(isOwn);
  const known = new Set(recent.map(({ message }) => message?.clientMessageId));
  return [
    ...arrived.map((line, index) => itemOf(line, { before: arrived[index - 1], after: arrived[index + 1] })),
    ...outbox
      .filter(({ clientMessageId }) => !known.has(clientMessageId))
      .map((message): Item => ({ kind: 'outgoing', key: `m:${meId}:${message.clientMessageId}`, outgoing: message })),
  ];
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
