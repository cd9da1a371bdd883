import type { Line, LogEntry, Message, Page, PagePlace, Reaction, Timeline } from './types.js';

/** Entries that the timeline shows as a line of their own, beside messages. */
export const noticeTypes = [
  'GROUP_CREATED',
  'MEMBER_ADDED',
  'MEMBER_REMOVED',
  'ADMIN_ADDED',
  'ADMIN_REMOVED',
  'OWNER_CHANGED',
  'CONVERSATION_CHANGED',
] as const satisfies readonly LogEntry['type'][];

/** A timeline that waits for its first page; what comes live is kept until then. */
export const emptyTimeline: Timeline = {
  lines: [],
  ahead: [],
  hasOlder: false,
  hasNewer: true,
  startCursor: null,
  endCursor: null,
  isReady: false,
};

/** Folds one entry of the log. Entries may come twice, and before or after the pages that contain them. */
export function foldEntry(timeline: Timeline, entry: LogEntry): Timeline {
  const { seq, message } = entry;
  if (entry.type === 'MESSAGE_ADDED') return message ? added(timeline, { seq, asOf: seq, message }) : timeline;
  if (isNotice(entry)) return added(timeline, { seq, asOf: seq, notice: entry });
  if (!message) return timeline;
  return eachMessage(timeline, (line) => changed(line, message, seq));
}

/** Folds a message that the server acknowledged before its entry came. */
export function foldSent(timeline: Timeline, message: Message): Timeline {
  return added(timeline, { seq: message.seq, asOf: message.seq, message });
}

/** Folds messages that were asked for once more, without moving the ends of the window. */
export function foldRefreshed(timeline: Timeline, lines: readonly Line[]): Timeline {
  const fresh = new Map(lines.map((line) => [line.seq, line]));
  return eachLine(timeline, (line) => newer(line, fresh.get(line.seq) ?? line));
}

/** Folds a page of history. */
export function foldPage(timeline: Timeline, page: Page, place: PagePlace): Timeline {
  if (place === 'older') {
    const lines = merged(timeline.lines, page.lines);
    return { ...timeline, lines, hasOlder: page.hasOlder, startCursor: page.startCursor ?? timeline.startCursor };
  }
  const base = place === 'newer' ? merged(timeline.lines, page.lines) : withKnown(page.lines, timeline);
  const last = page.lines.at(-1)?.seq ?? 0;
  const live = [...(timeline.hasNewer ? [] : timeline.lines), ...timeline.ahead].filter(({ seq }) => seq > last);
  const { hasNewer } = page;
  return {
    lines: hasNewer ? base : merged(base, live),
    ahead: hasNewer ? merged(timeline.ahead, live) : [],
    hasOlder: place === 'newer' ? timeline.hasOlder : page.hasOlder,
    hasNewer,
    startCursor: place === 'newer' ? timeline.startCursor : page.startCursor,
    endCursor: page.endCursor ?? timeline.endCursor,
    isReady: true,
  };
}

function isNotice(entry: LogEntry): boolean {
  return (noticeTypes as readonly string[]).includes(entry.type);
}

function added(timeline: Timeline, line: Line): Timeline {
  const place = timeline.hasNewer ? 'ahead' : 'lines';
  const isInside = timeline.lines.some(({ seq }) => seq === line.seq);
  return { ...timeline, [isInside ? 'lines' : place]: merged(timeline[isInside ? 'lines' : place], [line]) };
}

/** In seq order, each seq once, as it is known best. */
function merged(known: readonly Line[], incoming: readonly Line[]): readonly Line[] {
  const last = known.at(-1)?.seq ?? -1;
  if (incoming.every(({ seq }, at) => seq > (incoming[at - 1]?.seq ?? last))) return [...known, ...incoming];
  const bySeq = new Map(known.map((line) => [line.seq, line]));
  for (const line of incoming) bySeq.set(line.seq, newer(bySeq.get(line.seq), line));
  return [...bySeq.values()].sort((one, other) => one.seq - other.seq);
}

/** A new window, but for lines of which more recent things are known. */
function withKnown(lines: readonly Line[], { lines: known, ahead }: Timeline): readonly Line[] {
  const bySeq = new Map([...known, ...ahead].map((line) => [line.seq, line]));
  return lines.map((line) => newer(bySeq.get(line.seq), line));
}

function newer(known: Line | undefined, incoming: Line): Line {
  if (!known) return incoming;
  if (incoming.asOf < known.asOf) return known;
  return { ...incoming, message: incoming.message && withMine(incoming.message, known.message) };
}

/** The message of a line as an entry tells it, and the quotes of it. */
function changed(line: Line, message: Message, asOf: number): Line {
  const own = line.message;
  if (own?.id === message.id) return newer(line, { seq: line.seq, asOf, message });
  if (own?.replyTo?.id !== message.id) return line;
  const { content, removedAt } = message;
  return { ...line, message: { ...own, replyTo: { ...own.replyTo, content, removedAt } } };
}

/** What the feed does not tell is taken over from what was known. */
function withMine(message: Message, known: Message | undefined): Message {
  if (message.reactions.every(({ byMe }) => byMe !== undefined)) return message;
  const mine = new Set(known?.reactions.filter(({ byMe }) => byMe).map(({ emoji }) => emoji));
  const reactions = message.reactions.map((reaction): Reaction => ({ ...reaction, byMe: mine.has(reaction.emoji) }));
  return { ...message, reactions };
}

function eachMessage(timeline: Timeline, change: (line: Line) => Line): Timeline {
  return eachLine(timeline, (line) => (line.message ? change(line) : line));
}

function eachLine(timeline: Timeline, change: (line: Line) => Line): Timeline {
  return { ...timeline, lines: timeline.lines.map(change), ahead: timeline.ahead.map(change) };
}
