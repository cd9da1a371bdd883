import type { LogEntry, Row } from './types.js';

/** Folds one entry into a conversation of the list. What the row already tells is passed over. */
export function foldRow(row: Row, entry: LogEntry, meId: string): Row {
  if (entry.seq <= row.lastSeq) return row;
  const next = { ...row, lastSeq: entry.seq };
  const { message } = entry;
  switch (entry.type) {
    case 'MESSAGE_ADDED':
      return message ? withNewest(next, { ...entry, message }, meId) : next;
    case 'MESSAGE_EDITED':
    case 'MESSAGE_REMOVED':
    case 'REACTION_CHANGED':
      return message && row.lastMessage?.id === message.id ? { ...next, lastMessage: message } : next;
    case 'MEMBER_ADDED':
      return { ...next, memberCount: row.memberCount + 1 };
    case 'MEMBER_REMOVED':
      return { ...next, memberCount: row.memberCount - 1 };
    case 'CONVERSATION_CHANGED':
      return { ...next, title: entry.title ?? row.title };
    case 'OWNER_CHANGED':
    case 'ADMIN_ADDED':
    case 'ADMIN_REMOVED':
      return entry.user?.id === meId && row.me ? { ...next, me: { ...row.me, role: roleAfter(entry.type) } } : next;
    default:
      return next;
  }
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
  return entry.type === 'MESSAGE_REMOVED' && entry.seq > row.me.readSeq && row.unreadCount > 0;
}

function withNewest(row: Row, entry: LogEntry & { message: NonNullable<Row['lastMessage']> }, meId: string): Row {
  const { message, seq, at } = entry;
  const isUnread = message.from.id !== meId && message.removedAt === null && seq > row.me.readSeq;
  return { ...row, lastMessage: message, updatedAt: at, unreadCount: row.unreadCount + (isUnread ? 1 : 0) };
}

function roleAfter(type: 'OWNER_CHANGED' | 'ADMIN_ADDED' | 'ADMIN_REMOVED'): Row['me']['role'] {
  return ({ OWNER_CHANGED: 'OWNER', ADMIN_ADDED: 'ADMIN', ADMIN_REMOVED: 'MEMBER' } as const)[type];
}
