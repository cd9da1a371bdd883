import type { Actor } from '../auth/actor.js';
import { mayMessage } from '../contacts/contact.policy.js';
import type { Relations } from '../contacts/relations.js';
import type { Collections } from '../database/database.js';
import { isId } from '../database/ids.js';
import { forbidden, notFound } from '../errors.js';
import type { Draft, OnceKey } from '../log/append-request.js';
import type { ConversationState, Seat } from '../log/conversation-state.js';
import { ConversationEventType } from '../log/entry-type.js';
import type { LogEntry } from '../log/log-entry.model.js';
import { ConversationKind } from './conversation-kind.js';
import type { Conversation } from './conversation.model.js';
import { firstSeqOf, type Member } from './member.model.js';

/** What exists for whom. Everything that does not is answered alike, whether or not it is there for others. */
export class Access {
  constructor(
    private readonly collections: Collections,
    private readonly relations: Relations,
  ) {}

  /** The caller's seat as the log says. @throws ChatError NOT_FOUND for others */
  seatOf(actor: Actor, state: ConversationState): Seat {
    const seat = state.seats.get(actor.userId);
    if (!seat) throw notFound('conversation');
    return seat;
  }

  /** The caller's membership. @throws ChatError NOT_FOUND without one */
  async member(actor: Actor, conversationId: string): Promise<Member> {
    const member = isId(conversationId)
      ? await this.collections.members.findOne({ conversationId, userId: actor.userId, leftSeq: null })
      : undefined;
    if (!member) throw notFound('conversation');
    return member;
  }

  /** A conversation of the caller's. @throws ChatError NOT_FOUND for others */
  async conversation(actor: Actor, conversationId: string): Promise<Conversation> {
    const [conversation] = await Promise.all([
      this.collections.conversations.findById(conversationId),
      this.member(actor, conversationId),
    ]);
    if (!conversation) throw notFound('conversation');
    return conversation;
  }

  /** A message that the caller may read. @throws ChatError NOT_FOUND for others */
  async message(actor: Actor, messageId: string): Promise<LogEntry> {
    const message = await this.stored(messageId);
    if (!message) throw notFound('message');
    const { conversationId } = message;
    const member = await this.collections.members.findOne({ conversationId, userId: actor.userId, leftSeq: null });
    if (!member || message.seq < firstSeqOf(member)) throw notFound('message');
    return message;
  }

  /** A message as it is now, whoever asks. */
  async stored(messageId: string): Promise<LogEntry | undefined> {
    if (!isId(messageId)) return undefined;
    return this.collections.log.findOne({ _id: messageId, type: ConversationEventType.MESSAGE_ADDED });
  }

  /** Whether the sender used this clientMessageId before. */
  async hasSent({ actorId, clientMessageId }: OnceKey): Promise<boolean> {
    return (await this.collections.log.findOne({ actorId, clientMessageId })) !== undefined;
  }

  /** Everybody who blocked the caller, or whom the caller blocked. */
  hiddenFrom(actor: Actor): Promise<ReadonlySet<string>> {
    return this.relations.hiddenFrom(actor.userId);
  }

  /** A person who can take part in conversations. @throws ChatError NOT_FOUND, also for one who has gone */
  async person(userId: string): Promise<void> {
    const user = await this.collections.users.findById(userId);
    if (!user || user.removal !== undefined) throw notFound('user');
  }

  /**
   * The drafts, once it is sure that a direct chat is open in both directions; groups always are.
   * @throws ChatError FORBIDDEN when one of the two blocked the other, or has gone
   */
  whenWritable(state: ConversationState, drafts: () => Draft[]): Draft[] | Promise<Draft[]> {
    if (state.kind === ConversationKind.GROUP) return drafts();
    const [one = '', other = ''] = state.seats.keys();
    return this.assertOpen(one, other).then(drafts);
  }

  /** @throws ChatError FORBIDDEN when one of the two blocked the other, or has gone */
  async assertOpen(one: string, other: string): Promise<void> {
    const [isBlocked, people] = await Promise.all([
      this.relations.isBlocked(one, other),
      this.collections.users.findByIds([one, other]),
    ]);
    const isGone = people.some((person) => person?.removal !== undefined);
    if (!mayMessage({ isBlocked, isGone })) {
      throw forbidden(
        'CHAT_CLOSED',
        'Nothing can be sent here: one of you has blocked the other, or has unregistered.',
      );
    }
  }
}
