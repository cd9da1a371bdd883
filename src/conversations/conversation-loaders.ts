import DataLoader from 'dataloader';
import type { Collections } from '../database/database.js';
import type { LogEntry } from '../log/log-entry.model.js';
import type { LogReader } from '../log/log-reader.js';
import type { Digests } from './digests.js';
import type { Member } from './member.model.js';

/** What fields of a conversation are loaded with, one command for all conversations of a page. */
export interface ConversationLoaders {
  /** The newest seq, by conversation id. */
  readonly head: DataLoader<string, number>;
  /** The newest message, whoever may read it. */
  readonly lastMessage: DataLoader<string, LogEntry | undefined>;
  /** By the viewer's membership. */
  readonly unreadCount: DataLoader<Member, number>;
  /** Anybody's place in a conversation, also a past one. */
  readonly member: DataLoader<MemberKey, Member | undefined, string>;
}

export interface MemberKey {
  readonly conversationId: string;
  readonly userId: string;
}

export interface ConversationSources {
  readonly collections: Collections;
  readonly reader: LogReader;
  readonly digests: Digests;
}

/** The loaders of one execution. */
export function createConversationLoaders({ collections, reader, digests }: ConversationSources): ConversationLoaders {
  const head = new DataLoader<string, number>(async (ids) => {
    const heads = await reader.heads(ids);
    return ids.map((id) => heads.get(id) ?? 0);
  });
  return {
    head,
    lastMessage: new DataLoader(async (ids) => {
      const newest = await digests.lastMessages(ids);
      return ids.map((id) => newest.get(id));
    }),
    unreadCount: new DataLoader(async (members) => {
      const seqs = await head.loadMany(members.map((member) => member.conversationId));
      const heads = new Map(members.map(({ conversationId }, at) => [conversationId, numberOf(seqs[at])]));
      const counts = await digests.unreadCounts(members, heads);
      return members.map(({ conversationId }) => counts.get(conversationId) ?? 0);
    }),
    member: new DataLoader((keys) => loadMembers(collections, keys), { cacheKeyFn: keyOf }),
  };
}

function numberOf(loaded: number | Error | undefined): number {
  if (loaded instanceof Error) throw loaded;
  return loaded ?? 0;
}

async function loadMembers(collections: Collections, keys: readonly MemberKey[]): Promise<(Member | undefined)[]> {
  const found = await collections.members.find({
    $or: keys.map(({ conversationId, userId }) => ({ conversationId, userId })),
  });
  const byKey = new Map(found.map((member) => [keyOf(member), member]));
  return keys.map((key) => byKey.get(keyOf(key)));
}

const keyOf = ({ conversationId, userId }: MemberKey): string => `${conversationId} ${userId}`;
