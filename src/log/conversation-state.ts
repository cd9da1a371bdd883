import type { ConversationKind } from '../conversations/conversation-kind.js';
import { MemberRole } from '../conversations/member-role.js';
import { ConversationEventType as Type } from './entry-type.js';
import type { LogEntry } from './log-entry.model.js';

/** One member as the log says. */
export interface Seat {
  readonly role: MemberRole;
  readonly joinedSeq: number;
}

/**
 * What the log says of a conversation at `seq`: the authority for every write.
 * `seats` is in the order of joining, so that the longest-serving come first.
 */
export interface ConversationState {
  readonly conversationId: string;
  readonly kind: ConversationKind;
  readonly seats: Map<string, Seat>;
  seq: number;
  title: string | null;
  image: string | null;
  isDeleted: boolean;
}

type Fold = (state: ConversationState, entry: LogEntry) => void;

const sit =
  (role: MemberRole): Fold =>
  (state, { userId }) => {
    const seat = state.seats.get(userId ?? '');
    if (userId && seat) state.seats.set(userId, { ...seat, role });
  };

const changeOwner: Fold = (state, entry) => {
  sit(MemberRole.OWNER)(state, entry);
  sit(MemberRole.MEMBER)(state, { ...entry, userId: entry.actorId });
};

const begin: Fold = (state, entry) => {
  for (const userId of foundersOf(entry)) {
    const role = userId === entry.actorId ? MemberRole.OWNER : MemberRole.MEMBER;
    state.seats.set(userId, { role, joinedSeq: entry.seq });
  }
  rename(state, entry);
};

const rename: Fold = (state, { title, image }) => {
  if (title !== undefined) state.title = title;
  if (image !== undefined) state.image = image;
};

/** What each entry changes; one that is not named here changes no membership. */
const folds: Partial<Record<Type, Fold>> = {
  [Type.GROUP_CREATED]: begin,
  [Type.MEMBER_ADDED]: (state, { userId, seq }) => {
    if (!userId) return;
    state.seats.delete(userId);
    state.seats.set(userId, { role: MemberRole.MEMBER, joinedSeq: seq });
  },
  [Type.MEMBER_REMOVED]: (state, { userId }) => state.seats.delete(userId ?? ''),
  [Type.ADMIN_ADDED]: sit(MemberRole.ADMIN),
  [Type.ADMIN_REMOVED]: sit(MemberRole.MEMBER),
  [Type.OWNER_CHANGED]: changeOwner,
  [Type.CONVERSATION_CHANGED]: rename,
  [Type.GROUP_DELETED]: (state) => {
    state.seats.clear();
    state.isDeleted = true;
  },
};

/** The first members of a group: who created it, then those it was created with. */
export function foundersOf(entry: LogEntry): string[] {
  return [...new Set([entry.actorId ?? '', ...(entry.userIds ?? [])])];
}

/** Takes the state from `seq` to the entry's. Entries that are already in it change nothing. */
export function foldEntry(state: ConversationState, entry: LogEntry): void {
  if (entry.seq <= state.seq) return;
  folds[entry.type]?.(state, entry);
  state.seq = entry.seq;
}
