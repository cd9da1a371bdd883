import type { LogEntry, Member } from './types.js';

type Members = ReadonlyMap<string, Member>;

/** Entries that change who is in a conversation, or as what. */
export function isMemberEntry({ type }: LogEntry): boolean {
  return /^(MEMBER|ADMIN|OWNER)_/.test(type);
}

/** Folds one entry. Folding one again, in the same order, changes nothing. */
export function foldMember(members: Members, entry: LogEntry): Members {
  const { user } = entry;
  if (!user) return members;
  const next = new Map(members);
  const known = members.get(user.id);
  switch (entry.type) {
    case 'MEMBER_ADDED':
      return known ? members : next.set(user.id, newMember(entry, user));
    case 'MEMBER_REMOVED':
      return next.delete(user.id) ? next : members;
    case 'ADMIN_ADDED':
      return known ? next.set(user.id, { ...known, role: 'ADMIN' }) : members;
    case 'ADMIN_REMOVED':
      return known ? next.set(user.id, { ...known, role: 'MEMBER' }) : members;
    case 'OWNER_CHANGED':
      for (const [id, member] of next) if (member.role === 'OWNER') next.set(id, { ...member, role: 'MEMBER' });
      return known ? next.set(user.id, { ...known, role: 'OWNER' }) : next;
    default:
      return members;
  }
}

/** Marks only move forward. */
export function foldMarks(members: Members, { user, deliveredSeq, readSeq }: Member): Members {
  const known = members.get(user.id);
  if (!known) return members;
  const marks = {
    deliveredSeq: Math.max(known.deliveredSeq, deliveredSeq),
    readSeq: Math.max(known.readSeq, readSeq),
  };
  return new Map(members).set(user.id, { ...known, ...marks });
}

function newMember({ conversationId, at, seq }: LogEntry, user: Member['user']): Member {
  const marks = { deliveredSeq: seq, readSeq: seq - 1 };
  return {
    id: `${conversationId}:${user.id}`,
    conversationId,
    user,
    role: 'MEMBER',
    joinedAt: at,
    joinedSeq: seq,
    ...marks,
  };
}
