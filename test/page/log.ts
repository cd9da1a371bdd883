import type { ChatState, Line, LogEntry, Message, Page, Row, User } from '../../src/web/chat/state/types.js';

const at = '2026-01-01T10:00:00.000Z';
export const conversationId = 'c';

export function person(id: string): User {
  return { id, username: id, name: id, profileImage: null, createdAt: at };
}

export const ana = person('ana');
export const leo = person('leo');

/** A message of Leo's, as a page or the feed tells it. */
export function message(seq: number, more: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`,
    conversationId,
    seq,
    from: leo,
    content: `text ${seq}`,
    replyTo: null,
    reactions: [],
    clientMessageId: null,
    createdAt: at,
    editedAt: null,
    removedAt: null,
    ...more,
  };
}

/** An entry of the feed. */
export function entry(seq: number, type: LogEntry['type'], more: Partial<LogEntry> = {}): LogEntry {
  return {
    conversationId,
    seq,
    type,
    at,
    actor: leo,
    messageId: null,
    message: null,
    user: null,
    title: null,
    ...more,
  };
}

export function added(seq: number, more: Partial<Message> = {}): LogEntry {
  return entry(seq, 'MESSAGE_ADDED', { message: message(seq, more) as LogEntry['message'] });
}

export function page(seqs: readonly number[], more: Partial<Page> & { asOf?: number } = {}): Page {
  const { asOf = seqs.at(-1) ?? 0, ...rest } = more;
  const lines = seqs.map((seq): Line => ({ seq, asOf, message: message(seq) }));
  return { lines, hasOlder: false, hasNewer: false, startCursor: 'start', endCursor: 'end', ...rest };
}

export function row(lastSeq: number, more: Partial<Row> = {}): Row {
  const me: Row['me'] = {
    id: 'm',
    conversationId,
    user: ana,
    role: 'MEMBER',
    joinedAt: at,
    joinedSeq: 1,
    deliveredSeq: 0,
    readSeq: 0,
  };
  return {
    id: conversationId,
    kind: 'GROUP',
    title: 'A group',
    image: null,
    createdBy: leo,
    createdAt: at,
    updatedAt: at,
    memberCount: 2,
    lastSeq,
    peer: null,
    me,
    firstSeq: 1,
    lastMessage: null,
    unreadCount: 0,
    isOpen: false,
    isSpam: false,
    isMuted: false,
    ...more,
  };
}

/** The seqs that a room shows. */
export function seqsOf(state: ChatState): readonly number[] {
  return state.rooms.get(conversationId)?.timeline.lines.map(({ seq }) => seq) ?? [];
}

export function messageAt(state: ChatState, seq: number): Message | undefined {
  return state.rooms.get(conversationId)?.timeline.lines.find((line) => line.seq === seq)?.message;
}
