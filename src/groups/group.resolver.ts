import { Arg, Args, Ctx, ID, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { Conversation } from '../conversations/conversation.model.js';
import { MemberConnection } from '../conversations/conversation.payloads.js';
import { Member } from '../conversations/member.model.js';
import { notFound } from '../errors.js';
import { ForwardPageArgs, type Page } from '../graphql/connection.js';
import type { Context } from '../graphql/context.js';
import { live } from '../graphql/live.js';
import type { User } from '../users/user.model.js';
import { GroupCreateInput, GroupDeleteInput, GroupUserInput } from './group.inputs.js';
import {
  GroupCreatePayload,
  GroupDeletePayload,
  GroupUserAddPayload,
  GroupUserAdminAddPayload,
  GroupUserAdminRemovePayload,
  GroupUserRemovedEvent,
  GroupUserRemovePayload,
} from './group.payloads.js';
import type { GroupService } from './group.service.js';

interface MemberEvent {
  readonly conversationId: string;
  readonly userId: string;
}

interface OneGroup {
  readonly groupId?: string | null;
}

/** The names and types of groups in the API. */
@Resolver()
export class GroupResolver {
  constructor(private readonly groups: GroupService) {}

  @Query(() => MemberConnection, { description: 'In the order of joining.' })
  async groupUsers(
    @Arg('groupId', () => ID) groupId: string,
    @Args(() => ForwardPageArgs) part: ForwardPageArgs,
    @Ctx() ctx: Context,
  ): Promise<Page<Member>> {
    await this.groups.assertInside(ctx.viewer, groupId);
    return ctx.loaders.members.page(groupId, part);
  }

  @Mutation(() => GroupCreatePayload, { description: 'A group of which you are the owner.' })
  async groupCreate(
    @Arg('input', () => GroupCreateInput) input: GroupCreateInput,
    @Ctx() ctx: Context,
  ): Promise<GroupCreatePayload> {
    return { conversation: await this.groups.create(ctx.viewer, input) };
  }

  @Mutation(() => GroupDeletePayload, { description: 'Ends the group and erases what was said in it. For the owner.' })
  async groupDelete(
    @Arg('input', () => GroupDeleteInput) { groupId }: GroupDeleteInput,
    @Ctx() ctx: Context,
  ): Promise<GroupDeletePayload> {
    return { groupId: await this.groups.delete(ctx.viewer, groupId) };
  }

  @Mutation(() => GroupUserAddPayload, { description: 'Brings a person into the group. For the owner and the admins.' })
  async groupUserAdd(
    @Arg('input', () => GroupUserInput) input: GroupUserInput,
    @Ctx() ctx: Context,
  ): Promise<GroupUserAddPayload> {
    return { member: await this.groups.addUser(ctx.viewer, input) };
  }

  @Mutation(() => GroupUserRemovePayload, { description: 'Oneself: leaves the group.' })
  async groupUserRemove(
    @Arg('input', () => GroupUserInput) input: GroupUserInput,
    @Ctx() ctx: Context,
  ): Promise<GroupUserRemovePayload> {
    await this.groups.removeUser(ctx.viewer, input);
    return { groupId: input.groupId, user: await person(ctx, input.userId) };
  }

  @Mutation(() => GroupUserAdminAddPayload, { description: 'Makes a member admin. For the owner.' })
  async groupUserAdminAdd(
    @Arg('input', () => GroupUserInput) input: GroupUserInput,
    @Ctx() ctx: Context,
  ): Promise<GroupUserAdminAddPayload> {
    return { member: await this.groups.addAdmin(ctx.viewer, input) };
  }

  @Mutation(() => GroupUserAdminRemovePayload, {
    description: 'Makes an admin a plain member. For the owner, and for the admin itself.',
  })
  async groupUserAdminRemove(
    @Arg('input', () => GroupUserInput) input: GroupUserInput,
    @Ctx() ctx: Context,
  ): Promise<GroupUserAdminRemovePayload> {
    return { member: await this.groups.removeAdmin(ctx.viewer, input) };
  }

  @Subscription(() => Conversation, {
    description: 'A group that began with the caller in it.',
    subscribe: live((ctx) => ctx.streams.log(ctx.viewer.userId, 'groupCreated')),
  })
  async groupCreated(@Root() { conversationId }: MemberEvent, @Ctx() ctx: Context): Promise<Conversation> {
    const conversation = await ctx.loaders.conversation.load(conversationId);
    if (!conversation) throw notFound('group');
    return conversation;
  }

  @Subscription(() => ID, {
    description: 'The id of a group of the caller that its owner deleted, or whose last member left.',
    subscribe: live((ctx) => ctx.streams.log(ctx.viewer.userId, 'groupDeleted')),
  })
  groupDeleted(@Root() { conversationId }: MemberEvent): string {
    return conversationId;
  }

  @Subscription(() => Member, {
    description: "Somebody came into a group. Without an id: any of the caller's.",
    subscribe: ofGroup('groupUserAdded'),
  })
  groupUserAdded(@Root() event: MemberEvent, @GroupIdArg() _id: unknown, @Ctx() ctx: Context): Promise<Member> {
    return member(ctx, event);
  }

  @Subscription(() => GroupUserRemovedEvent, {
    description: 'A removed person gets its own, then the stream for that group completes.',
    subscribe: ofGroup('groupUserRemoved'),
  })
  async groupUserRemoved(
    @Root() { conversationId, userId }: MemberEvent,
    @GroupIdArg() _id: unknown,
    @Ctx() ctx: Context,
  ): Promise<GroupUserRemovedEvent> {
    return { groupId: conversationId, user: await person(ctx, userId) };
  }

  @Subscription(() => Member, {
    description: "A member became admin of a group. Without an id: any of the caller's.",
    subscribe: ofGroup('groupUserAdminAdded'),
  })
  groupUserAdminAdded(@Root() event: MemberEvent, @GroupIdArg() _id: unknown, @Ctx() ctx: Context): Promise<Member> {
    return member(ctx, event);
  }

  @Subscription(() => Member, {
    description: "An admin of a group became a plain member. Without an id: any of the caller's.",
    subscribe: ofGroup('groupUserAdminRemoved'),
  })
  groupUserAdminRemoved(@Root() event: MemberEvent, @GroupIdArg() _id: unknown, @Ctx() ctx: Context): Promise<Member> {
    return member(ctx, event);
  }
}

/** Without an id: all of the caller's groups. */
function GroupIdArg(): ReturnType<typeof Arg> {
  return Arg('groupId', () => ID, { nullable: true });
}

function ofGroup(name: 'groupUserAdded' | 'groupUserRemoved' | 'groupUserAdminAdded' | 'groupUserAdminRemoved') {
  return live((ctx, { groupId }: OneGroup) => ctx.streams.log(ctx.viewer.userId, name, groupId ?? undefined));
}

async function member(ctx: Context, event: MemberEvent): Promise<Member> {
  const found = await ctx.loaders.member.load(event);
  if (!found) throw notFound('member');
  return found;
}

async function person(ctx: Context, userId: string): Promise<User> {
  const user = await ctx.loaders.user.load(userId);
  if (!user) throw notFound('user');
  return user;
}
