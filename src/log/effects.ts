import { MemberRole } from '../conversations/member-role.js';
import type { Collections } from '../database/database.js';
import { isDuplicateKey, type Change, type Filter } from '../database/repository.js';
import { foundersOf } from './conversation-state.js';
import { ConversationEventType as Type } from './entry-type.js';
import type { LogEntry } from './log-entry.model.js';
import { withReaction } from './reactions.js';

/** Carries one entry's change into the projections. Doing it twice, or late, changes nothing. */
type Effect = (collections: Collections, entry: LogEntry) => Promise<void>;

/** A document is changed by an entry only if nothing newer has changed it. */
const older = (entry: LogEntry): Filter => ({ changedSeq: { $lt: entry.seq } });

const changeMessage =
  (change: (message: LogEntry, entry: LogEntry) => Change): Effect =>
  async ({ log }, entry) => {
    const message = await log.findOne({ _id: entry.messageId, ...older(entry) });
    if (!message) return;
    const guarded = { _id: entry.messageId, removedAt: null, ...older(entry) };
    await log.updateMany(guarded, change(message, entry));
  };

const changeConversation = (
  collections: Collections,
  entry: LogEntry,
  change: Record<string, Record<string, unknown>>,
): Promise<number> =>
  collections.conversations.updateMany(
    { _id: entry.conversationId, ...older(entry) },
    { ...change, $set: { ...change.$set, changedSeq: entry.seq } },
  );

async function seat(collections: Collections, entry: LogEntry, seats: ReadonlyMap<string, MemberRole>): Promise<void> {
  const operations = [...seats].map(([userId, role]) => ({
    updateOne: {
      filter: { conversationId: entry.conversationId, userId, ...older(entry) },
      update: { $set: freshSeat(entry, role) },
      upsert: true,
    },
  }));
  try {
    await collections.members.model.bulkWrite(operations, { ordered: false });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

function freshSeat(entry: LogEntry, role: MemberRole): Record<string, unknown> {
  const before = entry.seq - 1;
  return {
    role,
    joinedAt: entry.createdAt,
    joinedSeq: entry.seq,
    leftSeq: null,
    changedSeq: entry.seq,
    deliveredSeq: before,
    readSeq: before,
    hiddenSeq: 0,
    isHidden: false,
    isOpen: false,
    isSpam: false,
    isMuted: false,
  };
}

function changeSeat(
  collections: Collections,
  entry: LogEntry,
  seatChange: { userId: string | undefined; set: Record<string, unknown> },
): Promise<number> {
  return collections.members.updateMany(
    { conversationId: entry.conversationId, userId: seatChange.userId, ...older(entry) },
    { $set: { ...seatChange.set, changedSeq: entry.seq } },
  );
}

const changeRole =
  (role: MemberRole): Effect =>
  async (collections, entry) => {
    await changeSeat(collections, entry, { userId: entry.userId, set: { role } });
  };

const named = ({ title, image }: LogEntry): Record<string, unknown> => ({
  ...(title !== undefined && { title }),
  ...(image !== undefined && { image }),
});

const begin: Effect = async (collections, entry) => {
  const founders = foundersOf(entry);
  const roleOf = (userId: string): MemberRole => (userId === entry.actorId ? MemberRole.OWNER : MemberRole.MEMBER);
  await seat(collections, entry, new Map(founders.map((userId) => [userId, roleOf(userId)])));
  await changeConversation(collections, entry, { $set: { ...named(entry), memberIds: founders } });
};

const removeMessage: Effect = async (collections, entry) => {
  await changeMessage(() => ({
    $set: { changedSeq: entry.seq, content: '', removedAt: entry.createdAt },
    $unset: { reactionList: '' },
  }))(collections, entry);
  await collections.log.updateMany({ messageId: entry.messageId, type: Type.MESSAGE_EDITED }, { $unset: { text: '' } });
};

const endGroup: Effect = async (collections, entry) => {
  await collections.members.updateMany(
    { conversationId: entry.conversationId, leftSeq: null, ...older(entry) },
    { $set: { leftSeq: entry.seq, changedSeq: entry.seq } },
  );
  await changeConversation(collections, entry, { $set: { memberIds: [], erasure: 'pending' } });
};

/** What every kind of entry changes beside the log; a message that is added changes nothing else. */
export const effects: Readonly<Record<Exclude<Type, Type.MESSAGE_ADDED>, Effect>> = {
  [Type.MESSAGE_EDITED]: changeMessage((_message, entry) => ({
    $set: { changedSeq: entry.seq, content: entry.text, editedAt: entry.createdAt },
  })),
  [Type.MESSAGE_REMOVED]: removeMessage,
  [Type.REACTION_CHANGED]: changeMessage((message, entry) => ({
    $set: { changedSeq: entry.seq, reactionList: withReaction(message.reactionList, entry) },
  })),
  [Type.GROUP_CREATED]: begin,
  [Type.MEMBER_ADDED]: async (collections, entry) => {
    await seat(collections, entry, new Map([[entry.userId ?? '', MemberRole.MEMBER]]));
    await changeConversation(collections, entry, { $addToSet: { memberIds: entry.userId } });
  },
  [Type.MEMBER_REMOVED]: async (collections, entry) => {
    await changeSeat(collections, entry, { userId: entry.userId, set: { leftSeq: entry.seq } });
    await changeConversation(collections, entry, { $pull: { memberIds: entry.userId } });
  },
  [Type.ADMIN_ADDED]: changeRole(MemberRole.ADMIN),
  [Type.ADMIN_REMOVED]: changeRole(MemberRole.MEMBER),
  [Type.OWNER_CHANGED]: async (collections, entry) => {
    await changeRole(MemberRole.OWNER)(collections, entry);
    await changeSeat(collections, entry, { userId: entry.actorId, set: { role: MemberRole.MEMBER } });
  },
  [Type.CONVERSATION_CHANGED]: async (collections, entry) => {
    await changeConversation(collections, entry, { $set: named(entry) });
  },
  [Type.GROUP_DELETED]: endGroup,
};
