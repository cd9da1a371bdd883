import type { Actor } from '../auth/actor.js';
import type { Bus } from '../bus/bus.js';
import type { Access } from '../conversations/access.js';
import type { Conversation } from '../conversations/conversation.model.js';
import { firstSeqOf, type Member } from '../conversations/member.model.js';
import type { Collections } from '../database/database.js';
import type { Notices } from '../feed/notices.js';
import { ConversationEventType } from '../log/entry-type.js';
import type { LogReader } from '../log/log-reader.js';

/** Messages that a report quotes. */
const quotedMessages = 20;

export interface SpamServiceParts {
  readonly collections: Collections;
  readonly access: Access;
  readonly reader: LogReader;
  readonly bus: Bus;
  readonly notices: Notices;
}

/** Calling a conversation spam: it falls silent for the caller, and site admins get a report. */
export class SpamService {
  constructor(private readonly parts: SpamServiceParts) {}

  /** Marking twice makes one report. @throws ChatError NOT_FOUND */
  async mark(actor: Actor, conversationId: string, reason: string | null): Promise<Conversation> {
    const conversation = await this.parts.access.conversation(actor, conversationId);
    const before = await this.parts.access.member(actor, conversationId);
    // The report first: a failure in between leaves nothing marked, and marking again reports.
    if (!before.isSpam) await this.report(before, reason);
    const member = await this.flag(actor, conversationId, true);
    if (member) {
      this.announce(member, 'spam');
      this.tell('conversationSpamMarked', member);
    }
    return conversation;
  }

  /** The conversation speaks again. @throws ChatError NOT_FOUND */
  async clear(actor: Actor, conversationId: string): Promise<Conversation> {
    const conversation = await this.parts.access.conversation(actor, conversationId);
    const member = await this.flag(actor, conversationId, false);
    if (member) {
      this.announce(member, 'cleared');
      this.tell('conversationListChanged', member);
    }
    return conversation;
  }

  /** The membership, if it was not so before. */
  private flag({ userId }: Actor, conversationId: string, isSpam: boolean): Promise<Member | undefined> {
    const other = { conversationId, userId, leftSeq: null, isSpam: !isSpam };
    return this.parts.collections.members.findOneAndUpdate(other, { $set: { isSpam } });
  }

  private async report(member: Member, reason: string | null): Promise<void> {
    const { conversationId } = member;
    const newest = await this.parts.reader.entries(conversationId, {
      types: [ConversationEventType.MESSAGE_ADDED],
      after: firstSeqOf(member) - 1,
      limit: quotedMessages,
      newestFirst: true,
    });
    // A removed message has nothing left to quote.
    const quoted = newest
      .filter(({ removedAt }) => removedAt == null)
      .map(({ id, actorId, content, createdAt }) => ({ messageId: id, actorId, content, createdAt }));
    await this.parts.collections.reports.insert({
      conversationId,
      reporterId: member.userId,
      reason,
      messages: quoted,
      createdAt: new Date(),
    });
  }

  private announce(member: Member, change: 'spam' | 'cleared'): void {
    const { userId, conversationId } = member;
    this.parts.bus.publish({ kind: 'view', userId, conversationId, change, firstSeq: firstSeqOf(member) });
  }

  private tell(name: 'conversationSpamMarked' | 'conversationListChanged', member: Member): void {
    const { userId, conversationId } = member;
    this.parts.notices.publish({ name, payload: { conversationId }, to: [userId], subject: conversationId });
  }
}
