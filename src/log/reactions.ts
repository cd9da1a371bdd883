import type { StoredReaction } from '../messages/message.model.js';
import type { LogEntry } from './log-entry.model.js';

/** The reactions after an entry; the order is that in which each emoji, and each person, came. */
export function withReaction(
  reactions: readonly StoredReaction[] | undefined,
  { emoji, given, actorId }: Pick<LogEntry, 'emoji' | 'given' | 'actorId'>,
): StoredReaction[] {
  const list = reactions ?? [];
  if (emoji === undefined || actorId === undefined) return [...list];
  if (!list.some((reaction) => reaction.emoji === emoji)) {
    return given ? [...list, { emoji, userIds: [actorId] }] : [...list];
  }
  return list.flatMap((reaction) => {
    if (reaction.emoji !== emoji) return [reaction];
    const others = reaction.userIds.filter((userId) => userId !== actorId);
    const userIds = given ? [...others, actorId] : others;
    return userIds.length > 0 ? [{ emoji, userIds }] : [];
  });
}

/** Whether somebody has given this reaction. */
export function hasReaction(reactions: readonly StoredReaction[] | undefined, emoji: string, userId: string): boolean {
  return reactions?.some((reaction) => reaction.emoji === emoji && reaction.userIds.includes(userId)) ?? false;
}
