import { type ChatError, forbidden, notFound } from '../errors.js';
import type { Member } from './member.model.js';

/** Why somebody may not follow a conversation that it names, with its own membership; undefined when it may. */
export function whyNotFollow(member: Pick<Member, 'isSpam'> | undefined): ChatError | undefined {
  if (!member) return notFound('conversation');
  if (!member.isSpam) return undefined;
  return forbidden('MARKED_AS_SPAM', 'You marked this conversation as spam. Clear the mark to follow it again.');
}
