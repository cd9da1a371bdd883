import type { Actor } from '../auth/actor.js';
import type { Bus } from '../bus/bus.js';
import type { Access } from '../conversations/access.js';
import type { Conversation } from '../conversations/conversation.model.js';
import { firstSeqOf, type Member } from '../conversations/member.model.js';
import type { Collections } from '../database/database.js';
import type { Notices } from '../feed/notices.js';
import type { ReportService } from './report.service.js';

export interface SpamServiceParts {
  readonly collections: Collections;
  readonly access: Access;
  readonly reports: ReportService;
  readonly bus: Bus;
  readonly notices: Notices;
}

/** Calling a conversation spam: it falls silent for the caller, and site admins get a report. */
export class SpamService {
  constructor(private readonly parts: SpamServiceParts) {}

  /** One report, however often and in however many places at once it is marked. @throws ChatError NOT_FOUND */
  async mark(actor: Actor, conversationId: string, reason: string | null): Promise<Conversation> {
    const conversation = await this.parts.access.conversation(actor, conversationId);
    const before = await this.parts.access.member(actor, conversationId);
    // The report first: a failure in between leaves nothing marked, and marking again reports.
    if (!before.isSpam) await this.parts.reports.file(before, reason);
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

  private announce(member: Member, change: 'spam' | 'cleared'): void {
    const { userId, conversationId } = member;
    this.parts.bus.publish({ kind: 'view', userId, conversationId, change, firstSeq: firstSeqOf(member) });
  }

  private tell(name: 'conversationSpamMarked' | 'conversationListChanged', member: Member): void {
    const { userId, conversationId } = member;
    this.parts.notices.publish({ name, payload: { conversationId }, to: [userId], subject: conversationId });
  }
}
