import type { LogEntry, Row } from './types.js';

type Fold = (row: Row, entry: LogEntry, meId: string) => Partial<Row>;

const newestMessage: Fold = (row, { message }) =>
  message && row.lastMessage?.id === message.id ? { lastMessage: message } : {};

const ownRole =
  (role: Row['me']['role']): Fold =>
  (row, { user }, meId) =>
    user?.id === meId ? { me: { ...row.me, role } } : {};

/** What each kind of entry changes in the row of its conversation. */
const folds: Record<LogEntry['type'], Fold> = {
  MESSAGE_ADDED: messageAdded,
  MESSAGE_EDITED: newestMessage,
  MESSAGE_REMOVED: newestMessage,
  REACTION_CHANGED: newestMessage,
  MEMBER_ADDED: ({ memberCount }) => ({ memberCount: memberCount + 1 }),
  MEMBER_REMOVED: ({ memberCount }) => ({ memberCount: memberCount - 1 }),
  ADMIN_ADDED: ownRole('ADMIN'),
  ADMIN_REMOVED: ownRole('MEMBER'),
  OWNER_CHANGED: ownRole('OWNER'),
  CONVERSATION_CHANGED: (row, { title }) => ({ title: title ?? row.title }),
  GROUP_CREATED: () => ({}),
  GROUP_DELETED: () => ({}),
};

/** Folds one entry into a conversation of the list. What the row already tells is passed over. */
export function foldRow(row: Row, entry: LogEntry, meId: string): Row {
  if (entry.seq <= row.lastSeq) return row;
  return { ...row, ...folds[entry.type](row, entry, meId), lastSeq: entry.seq };
}

/**
 * Folds what the server told about a conversation at its `lastSeq`. When the log is known further than that, only the
 * person's own marks are taken.
 */
export function foldSnapshot(row: Row | undefined, snapshot: Row): Row {
  if (!row || snapshot.lastSeq >= row.lastSeq) return snapshot;
  const { isOpen, isMuted, isSpam, me } = snapshot;
  return { ...row, isOpen, isMuted, isSpam, me };
}

/** Whether the row cannot be known from the entry alone, so that the server has to be asked. */
export function needsSnapshot(entry: LogEntry, row: Row | undefined): boolean {
  if (!row) return true;
  if (entry.seq <= row.lastSeq) return false;
  // The entry does not tell the picture of a group.
  if (entry.type === 'CONVERSATION_CHANGED') return entry.title === null;
  return entry.type === 'MESSAGE_REMOVED' && row.unreadCount > 0;
}

function messageAdded(row: Row, { message, seq, at }: LogEntry, meId: string): Partial<Row> {
  if (!message) return {};
  const isUnread = message.from.id !== meId && message.removedAt === null && seq > row.me.readSeq;
  return { lastMessage: message, updatedAt: at, unreadCount: row.unreadCount + (isUnread ? 1 : 0) };
}
