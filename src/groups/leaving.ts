import { MemberRole } from '../conversations/member-role.js';
import type { Draft } from '../log/append-request.js';
import type { ConversationState } from '../log/conversation-state.js';
import { ConversationEventType as Type } from '../log/entry-type.js';

/**
 * What happens when a member leaves, appended together: an owner hands the group on first, and with the last member
 * the group ends. Nothing for somebody who is not in it.
 */
export function leaving(userId: string, state: ConversationState): Draft[] {
  const seat = state.seats.get(userId);
  if (!seat) return [];
  const removal = { type: Type.MEMBER_REMOVED, actorId: userId, userId };
  if (state.seats.size === 1) return [removal, { type: Type.GROUP_DELETED, actorId: userId }];
  if (seat.role !== MemberRole.OWNER) return [removal];
  return [{ type: Type.OWNER_CHANGED, actorId: userId, userId: heirOf(userId, state) }, removal];
}

/** The longest-serving admin, else the longest-serving member; seats are in the order of joining. */
function heirOf(userId: string, { seats }: ConversationState): string | undefined {
  const others = [...seats].filter(([id]) => id !== userId);
  const [heir] = others.find(([, { role }]) => role === MemberRole.ADMIN) ?? others[0] ?? [];
  return heir;
}
