import type { Actor } from '../auth/actor.js';
import { firstSeqOf, type Member } from '../conversations/member.model.js';
import type { Collections } from '../database/database.js';
import { type ListPage, newestFirst, type PageRequest, readList } from '../database/page.js';
import { isDuplicateKey } from '../database/repository.js';
import { forbidden } from '../errors.js';
import { ConversationEventType } from '../log/entry-type.js';
import type { LogReader } from '../log/log-reader.js';
import type { Report } from './report.model.js';
import { mayReadReports } from './report.policy.js';

/** Messages that a report quotes. */
const quotedMessages = 20;

/** What people call spam, and what of it site admins see. */
export class ReportService {
  constructor(private readonly parts: { readonly collections: Collections; readonly reader: LogReader }) {}

  /** Newest first. @throws ChatError FORBIDDEN for all but site admins; BAD_USER_INPUT for a foreign cursor */
  list(actor: Actor, part: PageRequest): Promise<ListPage<Report>> {
    if (!mayReadReports(actor)) {
      throw forbidden(
        'SITE_ADMINS_ONLY',
        'Only site admins read reports. An operator makes one with `chatset admin promote`.',
      );
    }
    const { reports } = this.parts.collections;
    return readList(reports, { ...part, filter: {}, order: newestFirst });
  }

  /** Quotes what the member may read. Somebody has one report of a conversation: reporting again renews it. */
  async file(member: Member, reason: string | null): Promise<void> {
    const { conversationId, userId } = member;
    const one = { conversationId, reporterId: userId };
    const report = { $set: { reason, messages: await this.quotesFor(member), createdAt: new Date() } };
    const write = () => this.parts.collections.reports.findOneAndUpdate(one, report, { upsert: true });
    // Of two that are filed at once, the second one finds the first one's.
    await write().catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
      return write();
    });
  }

  /** A removed message has nothing left to quote. */
  private async quotesFor(member: Member): Promise<Report['messages']> {
    const newest = await this.parts.reader.entries(member.conversationId, {
      types: [ConversationEventType.MESSAGE_ADDED],
      after: firstSeqOf(member) - 1,
      limit: quotedMessages,
      newestFirst: true,
    });
    return newest.flatMap(({ id, actorId, content, createdAt, removedAt }) =>
      actorId === undefined || removedAt != null ? [] : [{ messageId: id, actorId, content, createdAt }],
    );
  }
}
