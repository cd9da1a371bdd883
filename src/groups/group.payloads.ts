import { Field, ID, ObjectType } from 'type-graphql';
import { Conversation } from '../conversations/conversation.model.js';
import { Member } from '../conversations/member.model.js';
import { User } from '../users/user.model.js';

@ObjectType({ simpleResolvers: true })
export class GroupCreatePayload {
  @Field(() => Conversation)
  conversation!: Conversation;
}

@ObjectType({ simpleResolvers: true })
export class GroupDeletePayload {
  @Field(() => ID)
  groupId!: string;
}

@ObjectType({ simpleResolvers: true })
abstract class MemberPayload {
  @Field(() => Member)
  member!: Member;
}

@ObjectType({ simpleResolvers: true })
export class GroupUserAddPayload extends MemberPayload {}

@ObjectType({ simpleResolvers: true })
export class GroupUserAdminAddPayload extends MemberPayload {}

@ObjectType({ simpleResolvers: true })
export class GroupUserAdminRemovePayload extends MemberPayload {}

@ObjectType({ simpleResolvers: true })
abstract class RemovedUser {
  @Field(() => ID)
  groupId!: string;

  @Field(() => User)
  user!: User;
}

@ObjectType({ simpleResolvers: true })
export class GroupUserRemovePayload extends RemovedUser {}

@ObjectType({ simpleResolvers: true })
export class GroupUserRemovedEvent extends RemovedUser {}
