import type { Collections } from '../database/database.js';
import { objectId } from '../database/ids.js';
import { ConversationEventType } from '../log/entry-type.js';
import type { LogEntry } from '../log/log-entry.model.js';
import { newestRows } from '../log/newest-rows.js';
import { firstSeqOf, type Member } from './member.model.js';

/** Unread messages are counted among so many of the newest entries. */
const countedEntries = 1_000;

/** What lists show of conversations, derived from the log: one command for any number of them. */
export class Digests {
  constructor(private readonly collections: Collections) {}

  /** The newest message of each conversation that has one, whoever may read it. */
  async lastMessages(conversationIds: readonly string[]): Promise<Map<string, LogEntry>> {
    const rows = await newestRows(this.collections, conversationIds, { type: ConversationEventType.MESSAGE_ADDED });
    return new Map([...rows].map(([id, row]) => [id, this.collections.log.revive(row)]));
  }

  /** How many messages of others each member has yet to read; in what is spam nothing is counted. */
  async unreadCounts(members: readonly Member[], heads: ReadonlyMap<string, number>): Promise<Map<string, number>> {
    const ranges = members.flatMap((member) => {
      const { conversationId, isSpam, readSeq, userId } = member;
      const head = heads.get(conversationId) ?? 0;
      const after = Math.max(readSeq, firstSeqOf(member) - 1, head - countedEntries);
      return isSpam || after >= head ? [] : [unreadIn(conversationId, userId, after)];
    });
    if (ranges.length === 0) return new Map();
    const rows = await this.collections.log.aggregate<{ _id: unknown; count: number }>([
      { $match: { $or: ranges } },
      { $group: { _id: '$conversationId', count: { $sum: 1 } } },
    ]);
    return new Map(rows.map(({ _id, count }) => [String(_id), count]));
  }
}

function unreadIn(conversationId: string, userId: string, after: number): Record<string, unknown> {
  return {
    conversationId: objectId(conversationId),
    type: ConversationEventType.MESSAGE_ADDED,
    seq: { $gt: after },
    actorId: { $ne: objectId(userId) },
    removedAt: null,
  };
}
