import { registerEnumType } from 'type-graphql';

/** What a member may do in a conversation. Both people of a direct chat are MEMBER. */
export enum MemberRole {
  OWNER = 'OWNER',
  ADMIN = 'ADMIN',
  MEMBER = 'MEMBER',
}
registerEnumType(MemberRole, { name: 'MemberRole' });
