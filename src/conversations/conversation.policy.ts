import { MemberRole } from './member-role.js';

/** Title and image of a group belong to those who lead it. */
export function mayRename(role: MemberRole): boolean {
  return role !== MemberRole.MEMBER;
}
