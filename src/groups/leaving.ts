import { MemberRole } from '../conversations/member-role.js';
import type { Draft } from '../log/append-request.js';
import type { ConversationState, Seat } from '../log/conversation-state.js';
import { ConversationEventType as Type } from '../log/entry-type.js';

/** Those of the people who have not gone for ever. */
export type Present = (userIds: readonly string[]) => Promise<ReadonlySet<string>>;

/**
 * What happens when a member leaves, appended together: an owner hands the group on first, and with the last member
 * the group ends. Nothing for somebody who is not in it. Who has gone for ever, and is about to be taken out, inherits
 * nothing.
 */
export async function leaving(userId: string, state: ConversationState, present: Present): Promise<Draft[]> {
  const seat = state.seats.get(userId);
  if (!seat) return [];
  const removal = { type: Type.MEMBER_REMOVED, actorId: userId, userId };
  const end = [removal, { type: Type.GROUP_DELETED, actorId: userId }];
  if (state.seats.size === 1) return end;
  if (seat.role !== MemberRole.OWNER) return [removal];
  const heir = heirOf(await candidatesFor(userId, state, present));
  return heir === undefined ? end : [{ type: Type.OWNER_CHANGED, actorId: userId, userId: heir }, removal];
}

/** The others, in the order of joining. */
async function candidatesFor(userId: string, { seats }: ConversationState, present: Present) {
  const others = [...seats].filter(([id]) => id !== userId);
  const there = await present(others.map(([id]) => id));
  return others.filter(([id]) => there.has(id));
}

/** The longest-serving admin, else the longest-serving member. */
function heirOf(candidates: readonly (readonly [string, Seat])[]): string | undefined {
  const [heir] = candidates.find(([, { role }]) => role === MemberRole.ADMIN) ?? candidates[0] ?? [];
  return heir;
}
