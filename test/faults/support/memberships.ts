import type { StoredEntry } from './history.js';

/** A time during which somebody was a member, in seqs; both ends belong to it. */
export interface Membership {
  readonly from: number;
  readonly to: number;
}

/** When a person was a member of a conversation, as its log says. Infinity: still. */
export function membershipsOf(userId: string, log: readonly StoredEntry[]): Membership[] {
  const found: Membership[] = [];
  let from: number | undefined;
  for (const entry of log) {
    if (from === undefined && begins(userId, entry)) from = entry.seq;
    if (from !== undefined && ends(userId, entry)) {
      found.push({ from, to: entry.seq });
      from = undefined;
    }
  }
  return from === undefined ? found : [...found, { from, to: Infinity }];
}

/** The one that a seq belongs to, of some in the order of the log. A long run has thousands, asked for at each entry. */
export function membershipAt(seq: number, memberships: readonly Membership[]): Membership | undefined {
  let [low, high] = [0, memberships.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (memberships[middle]!.from <= seq) low = middle + 1;
    else high = middle;
  }
  const last = memberships[low - 1];
  return last && seq <= last.to ? last : undefined;
}

function begins(userId: string, { type, ...entry }: StoredEntry): boolean {
  if (type === 'MEMBER_ADDED') return entry.userId === userId;
  return type === 'GROUP_CREATED' && [entry.actorId, ...(entry.userIds ?? [])].includes(userId);
}

function ends(userId: string, entry: StoredEntry): boolean {
  return entry.type === 'MEMBER_REMOVED' && entry.userId === userId;
}
