import { MemberRole } from '../conversations/member-role.js';
import type { Message } from './message.model.js';

/** What a policy needs to know of a member. */
interface Standing {
  readonly role: MemberRole;
}

/** Only its author may change what a message says. */
export function mayEdit(actorId: string, message: Pick<Message, 'actorId'>): boolean {
  return message.actorId === actorId;
}

/** Its author may remove a message, and so may whoever leads the group. */
export function mayRemove(actorId: string, message: Pick<Message, 'actorId'>, { role }: Standing): boolean {
  return message.actorId === actorId || role !== MemberRole.MEMBER;
}

/** What was removed says nothing, so there is nothing to answer, to change or to react to. */
export function isOpenToChange(message: Pick<Message, 'removedAt'>): boolean {
  return message.removedAt == null;
}
