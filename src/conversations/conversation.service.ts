import type { Actor } from '../auth/actor.js';
import type { Bus } from '../bus/bus.js';
import type { Collections } from '../database/database.js';
import { badInput, forbidden, notFound } from '../errors.js';
import type { NoticeName } from '../feed/notice.js';
import type { Notices } from '../feed/notices.js';
import type { ConversationLog } from '../log/conversation-log.js';
import { ConversationEventType as Type } from '../log/entry-type.js';
import type { Access } from './access.js';
import { ConversationKind } from './conversation-kind.js';
import type { ConversationReadInput, ConversationUpdateInput } from './conversation.inputs.js';
import { ReceiptKind } from './conversation.inputs.js';
import type { Conversation } from './conversation.model.js';
import { mayRename } from './conversation.policy.js';
import type { DirectChats } from './direct-chats.js';
import type { Member } from './member.model.js';
import type { Receipts } from './receipts.js';

export interface ConversationServiceParts {
  readonly collections: Collections;
  readonly access: Access;
  readonly directChats: DirectChats;
  readonly receipts: Receipts;
  readonly log: ConversationLog;
  readonly bus: Bus;
  readonly notices: Notices;
}

/** What a member does with a conversation as a whole. */
export class ConversationService {
  constructor(private readonly parts: ConversationServiceParts) {}

  /** @throws ChatError NOT_FOUND for what is not the caller's */
  get(actor: Actor, conversationId: string): Promise<Conversation> {
    return this.parts.access.conversation(actor, conversationId);
  }

  /** @see DirectChats.find */
  directWith(actor: Actor, userId: string): Promise<Conversation | undefined> {
    return this.parts.directChats.find(actor, userId);
  }

  /** @see DirectChats.with */
  create(actor: Actor, userId: string): Promise<Conversation> {
    return this.parts.directChats.with(actor, userId);
  }

  /** @throws ChatError NOT_FOUND; FORBIDDEN for plain members and in direct chats, which have no title */
  async update(actor: Actor, { conversationId, title, image }: ConversationUpdateInput): Promise<Conversation> {
    const before = await this.parts.access.conversation(actor, conversationId);
    if (before.kind === ConversationKind.DIRECT)
      throw forbidden('GROUPS_ONLY', 'Only a group has a title and an image.');
    await this.parts.log.append({
      conversationId,
      decide: (state) => {
        const { role } = this.parts.access.seatOf(actor, state);
        if (!mayRename(role)) throw forbidden('ADMINS_ONLY', 'Only the owner and the admins change title and image.');
        const change = {
          ...(title !== undefined && title !== state.title && { title }),
          ...(image !== undefined && image !== state.image && { image }),
        };
        const isSame = Object.keys(change).length === 0;
        return isSame ? [] : [{ type: Type.CONVERSATION_CHANGED, actorId: actor.userId, ...change }];
      },
    });
    return this.reload(conversationId);
  }

  /** Puts the conversation and its past away, for the caller only. @throws ChatError NOT_FOUND */
  async remove(actor: Actor, conversationId: string): Promise<string> {
    await this.parts.access.member(actor, conversationId);
    const lastSeq = await this.parts.log.reader.head(conversationId);
    const { userId } = actor;
    await this.parts.collections.members.updateMany(
      { conversationId, userId, leftSeq: null },
      {
        $max: { hiddenSeq: lastSeq, readSeq: lastSeq, deliveredSeq: lastSeq },
        $set: { isHidden: true, isOpen: false },
      },
    );
    this.parts.bus.publish({ kind: 'view', userId, conversationId, change: 'hidden', firstSeq: lastSeq + 1 });
    this.tell('conversationRemoved', conversationId, [userId]);
    return conversationId;
  }

  /** A flag for clients; it changes no delivery. @throws ChatError NOT_FOUND */
  async mute(actor: Actor, conversationId: string, isMuted: boolean): Promise<Conversation> {
    return this.setFlags(actor, conversationId, { isMuted });
  }

  /** Opens the conversation and reads everything in it. @throws ChatError NOT_FOUND */
  async open(actor: Actor, conversationId: string): Promise<Conversation> {
    const member = await this.parts.access.member(actor, conversationId);
    const lastSeq = await this.parts.log.reader.head(conversationId);
    const conversation = await this.setFlags(actor, conversationId, { isOpen: true, isHidden: false });
    await this.advance(member, { deliveredSeq: lastSeq, readSeq: lastSeq });
    return conversation;
  }

  /** @throws ChatError NOT_FOUND */
  async close(actor: Actor, conversationId: string): Promise<Conversation> {
    return this.setFlags(actor, conversationId, { isOpen: false });
  }

  /** @throws ChatError NOT_FOUND; BAD_USER_INPUT for a seq that does not exist yet */
  async read(actor: Actor, { conversationId, seq, receipt }: ConversationReadInput): Promise<Conversation> {
    const member = await this.parts.access.member(actor, conversationId);
    const lastSeq = await this.parts.log.reader.head(conversationId);
    if (seq > lastSeq) throw badInput('seq', `must be at most ${lastSeq}, the newest of the conversation`);
    const readSeq = receipt === ReceiptKind.READ ? seq : 0;
    await this.advance(member, { deliveredSeq: seq, readSeq });
    return this.reload(conversationId);
  }

  /** Tells the others that the caller is writing, or no longer is. @throws ChatError NOT_FOUND, FORBIDDEN */
  async typing(actor: Actor, conversationId: string, typing: boolean): Promise<boolean> {
    const { kind, memberIds } = await this.parts.access.conversation(actor, conversationId);
    if (kind === ConversationKind.DIRECT) {
      const [one = '', other = ''] = memberIds;
      await this.parts.access.assertOpen(one, other);
    }
    const hidden = await this.parts.access.hiddenFrom(actor);
    this.parts.notices.publish({
      name: 'typingChanged',
      payload: { conversationId, userId: actor.userId, typing },
      to: memberIds.filter((userId) => userId !== actor.userId && !hidden.has(userId)),
      subject: conversationId,
    });
    return typing;
  }

  /** Sets flags of the caller's own; its other sockets learn of it when something changed. */
  private async setFlags(
    actor: Actor,
    conversationId: string,
    flags: Partial<Pick<Member, 'isMuted' | 'isOpen' | 'isHidden'>>,
  ): Promise<Conversation> {
    const conversation = await this.parts.access.conversation(actor, conversationId);
    const different = Object.entries(flags).map(([flag, value]) => ({ [flag]: !value }));
    const changed = await this.parts.collections.members.updateMany(
      { conversationId, userId: actor.userId, leftSeq: null, $or: different },
      { $set: flags },
    );
    if (changed > 0) this.tell('conversationListChanged', conversationId, [actor.userId]);
    return conversation;
  }

  private async advance(member: Member, mark: Pick<Member, 'deliveredSeq' | 'readSeq'>): Promise<void> {
    if (mark.deliveredSeq <= member.deliveredSeq && mark.readSeq <= member.readSeq) return;
    await this.parts.receipts.mark(member, mark);
  }

  private tell(
    name: Extract<NoticeName, 'conversationRemoved' | 'conversationListChanged'>,
    conversationId: string,
    to: readonly string[],
  ): void {
    this.parts.notices.publish({ name, payload: { conversationId }, to, subject: conversationId });
  }

  private async reload(conversationId: string): Promise<Conversation> {
    const conversation = await this.parts.collections.conversations.findById(conversationId);
    if (!conversation) throw notFound('conversation');
    return conversation;
  }
}
