import { MemberRole } from '../conversations/member-role.js';

/** Who leads a group brings people in. */
export function mayAddPeople(role: MemberRole): boolean {
  return role !== MemberRole.MEMBER;
}

/** The owner removes everybody else, an admin plain members. Oneself one may always remove. */
export function mayRemove(role: MemberRole, target: MemberRole | undefined): boolean {
  if (role === MemberRole.OWNER) return true;
  return role === MemberRole.ADMIN && (target === undefined || target === MemberRole.MEMBER);
}

/** Only the owner makes and unmakes admins and ends the group. */
export function isOwner(role: MemberRole): boolean {
  return role === MemberRole.OWNER;
}
