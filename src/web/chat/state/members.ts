import type { LogEntry, Member } from './types.js';

type Members = ReadonlyMap<string, Member>;
type Fold = (members: Map<string, Member>, entry: LogEntry & { readonly user: Member['user'] }) => void;

const roleOf =
  (role: Member['role']): Fold =>
  (members, { user }) => {
    const member = members.get(user.id);
    if (member) members.set(user.id, { ...member, role });
  };

/** What the entries do that change who is in a conversation, or as what. */
const folds: Partial<Record<LogEntry['type'], Fold>> = {
  MEMBER_ADDED: (members, entry) => {
    if (!members.has(entry.user.id)) members.set(entry.user.id, newMember(entry));
  },
  MEMBER_REMOVED: (members, { user }) => void members.delete(user.id),
  ADMIN_ADDED: roleOf('ADMIN'),
  ADMIN_REMOVED: roleOf('MEMBER'),
  OWNER_CHANGED: (members, entry) => {
    for (const [id, member] of members) if (member.role === 'OWNER') members.set(id, { ...member, role: 'MEMBER' });
    roleOf('OWNER')(members, entry);
  },
};

export function isMemberEntry({ type }: LogEntry): boolean {
  return folds[type] !== undefined;
}

/** Folds one entry. Folding the same entries again, in their order, comes to the same. */
export function foldMember(members: Members, entry: LogEntry): Members {
  const { user } = entry;
  if (!user) return members;
  const next = new Map(members);
  folds[entry.type]?.(next, { ...entry, user });
  return next;
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

/** Who owns the group when its owner leaves: the longest-serving admin, else the longest-serving member. */
export function heirOf(others: readonly Member[]): Member | undefined {
  const byAge = [...others].sort((one, other) => one.joinedSeq - other.joinedSeq);
  return byAge.find(({ role }) => role === 'ADMIN') ?? byAge[0];
}

function newMember({ conversationId, at, seq, user }: LogEntry & { readonly user: Member['user'] }): Member {
  const marks = { deliveredSeq: seq, readSeq: seq - 1 };
  const id = `${conversationId}:${user.id}`;
  return { id, conversationId, user, role: 'MEMBER', joinedAt: at, joinedSeq: seq, ...marks };
}
