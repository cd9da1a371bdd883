import type { Collections } from '../database/database.js';
import type { Follow } from './follow.js';
import type { LogStream } from './log-stream.js';
import { maxReplay } from './log-stream.js';

/** Entries that one feed replays in all conversations together. */
const maxReplayInAll = 5_000;

/** What a follower says that it has. */
export interface KnownPlaces {
  /** The last seq, by conversation id. */
  readonly seqs: ReadonlyMap<string, number>;
  /** The follows whose seq does not exist. */
  readonly beyond: readonly Follow[];
}

/**
 * Which of a feed's conversations start anew instead of being replayed: those that were not known or cannot be
 * continued, and, newest active first, those for which no room is left.
 */
export async function replayPlan(collections: Collections, stream: LogStream, known: KnownPlaces): Promise<Follow[]> {
  const follows = [...stream.follows.values()];
  const resets = new Set(follows.filter((follow) => !canContinue(follow, known)));
  const behind = follows.filter((follow) => follow.behind > 0 && !resets.has(follow));
  const total = behind.reduce((sum, follow) => sum + follow.behind, 0);
  if (total <= maxReplayInAll) return [...resets];
  return [...resets, ...overBudget(await newestActiveFirst(collections, behind))];
}

function canContinue(follow: Follow, { seqs, beyond }: KnownPlaces): boolean {
  const seq = seqs.get(follow.conversationId);
  if (seq === undefined || seq < follow.firstSeq - 1) return false;
  return !beyond.includes(follow) && follow.behind <= maxReplay;
}

function overBudget(follows: readonly Follow[]): Follow[] {
  let room = maxReplayInAll;
  return follows.filter((follow) => {
    if (follow.behind > room) return true;
    room -= follow.behind;
    return false;
  });
}

async function newestActiveFirst(collections: Collections, follows: readonly Follow[]): Promise<Follow[]> {
  const conversations = await collections.conversations.findByIds(follows.map((follow) => follow.conversationId));
  const activity = new Map(conversations.map((found) => [found?.id, found?.updatedAt.getTime() ?? 0]));
  const activeAt = (follow: Follow): number => activity.get(follow.conversationId) ?? 0;
  return [...follows].sort((one, other) => activeAt(other) - activeAt(one));
}
