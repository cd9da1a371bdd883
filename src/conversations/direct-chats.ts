import type { Actor } from '../auth/actor.js';
import type { Bus } from '../bus/bus.js';
import type { Collections } from '../database/database.js';
import { newId } from '../database/ids.js';
import { isDuplicateKey } from '../database/repository.js';
import { badInput, notFound } from '../errors.js';
import type { Notices } from '../feed/notices.js';
import type { Access } from './access.js';
import { ConversationKind } from './conversation-kind.js';
import type { Conversation } from './conversation.model.js';
import { MemberRole } from './member-role.js';

export interface DirectChatParts {
  readonly collections: Collections;
  readonly access: Access;
  readonly bus: Bus;
  readonly notices: Notices;
}

/** The conversations of two: one for each pair of people, whoever begins it and however often. */
export class DirectChats {
  constructor(private readonly parts: DirectChatParts) {}

  /** The conversation with a person, if it has begun. */
  find(actor: Actor, userId: string): Promise<Conversation | undefined> {
    return this.parts.collections.conversations.findOne({ pairKey: pairKey(actor.userId, userId) });
  }

  /**
   * The conversation with another person; it comes back to the caller's list when it had been put away.
   * @throws ChatError BAD_USER_INPUT for oneself; NOT_FOUND; FORBIDDEN between people who blocked each other
   */
  async with(actor: Actor, userId: string): Promise<Conversation> {
    if (userId === actor.userId) throw badInput('userId', 'must be another person');
    await this.parts.access.person(userId);
    await this.parts.access.assertOpen(actor.userId, userId);
    const pair = [actor.userId, userId] as const;
    const id = newId();
    const conversation = await this.upsert(actor, pair, id);
    if (conversation.id === id) this.announce(conversation);
    else await this.comeBack(actor, conversation.id);
    return conversation;
  }

  /** Both writes may be repeated, so that a crash between them is mended by asking again. */
  private async upsert(actor: Actor, pair: readonly [string, string], id: string): Promise<Conversation> {
    const now = new Date();
    const fresh = {
      _id: id,
      kind: ConversationKind.DIRECT,
      createdById: actor.userId,
      memberIds: pair,
      changedSeq: 0,
      createdAt: now,
      updatedAt: now,
    };
    const { conversations, members } = this.parts.collections;
    const conversation = await againOnRace(() =>
      conversations.findOneAndUpdate({ pairKey: pairKey(...pair) }, { $setOnInsert: fresh }, { upsert: true }),
    );
    if (!conversation) throw notFound('conversation');
    const conversationId = conversation.id;
    const seat = { role: MemberRole.MEMBER, joinedAt: conversation.createdAt, joinedSeq: 1, leftSeq: null };
    const seats = pair.map((userId) => ({
      updateOne: { filter: { conversationId, userId }, update: { $setOnInsert: seat }, upsert: true },
    }));
    await againOnRace(() => members.model.bulkWrite(seats, { ordered: false }));
    return conversation;
  }

  private announce({ id: conversationId, memberIds }: Conversation): void {
    for (const userId of memberIds) {
      this.parts.bus.publish({ kind: 'view', userId, conversationId, change: 'joined', firstSeq: 1 });
    }
    const payload = { conversationId };
    for (const name of ['conversationCreated', 'conversationListChanged'] as const) {
      this.parts.notices.publish({ name, payload, to: memberIds, subject: conversationId });
    }
  }

  private async comeBack(actor: Actor, conversationId: string): Promise<void> {
    const hidden = { conversationId, userId: actor.userId, isHidden: true };
    const member = await this.parts.collections.members.findOneAndUpdate(hidden, { $set: { isHidden: false } });
    if (!member) return;
    const payload = { conversationId };
    const to = [actor.userId];
    this.parts.notices.publish({ name: 'conversationListChanged', payload, to, subject: conversationId });
  }
}

function pairKey(one: string, other: string): string {
  return [one, other].sort().join('-');
}

/** Two upserts of one key at once: one of them is refused and finds the other's document at the second try. */
async function againOnRace<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return write();
  }
}
