import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { notFound } from '../errors.js';
import type { NoticePayloads } from '../feed/notice.js';
import { ForwardPageArgs, type Page } from '../graphql/connection.js';
import type { Context } from '../graphql/context.js';
import { live } from '../graphql/live.js';
import { type ConversationList, isPutAway, joinedOf } from './conversation-list.js';
import {
  ConversationCloseInput,
  ConversationCreateInput,
  ConversationFilter,
  ConversationMuteInput,
  ConversationOpenInput,
  ConversationReadInput,
  ConversationRemoveInput,
  ConversationUpdateInput,
  TypingSetInput,
} from './conversation.inputs.js';
import { Conversation } from './conversation.model.js';
import {
  ConversationClosePayload,
  ConversationConnection,
  ConversationCreatePayload,
  ConversationMutePayload,
  ConversationOpenPayload,
  ConversationReadPayload,
  ConversationRemovePayload,
  ConversationUpdatePayload,
  TypingSetPayload,
} from './conversation.payloads.js';
import type { ConversationService } from './conversation.service.js';

/** The names and types of conversations in the API. */
@Resolver(() => Conversation)
export class ConversationResolver {
  constructor(
    private readonly conversations: ConversationService,
    private readonly lists: ConversationList,
  ) {}

  @Query(() => Conversation, { nullable: true, description: 'NOT_FOUND for what is not yours.' })
  conversation(@Arg('id', () => ID) id: string, @Ctx() ctx: Context): Promise<Conversation> {
    return this.conversations.get(ctx.viewer, id);
  }

  @Query(() => Conversation, {
    nullable: true,
    description: 'The direct chat with a person; null when there is none. It begins nothing.',
  })
  directConversation(@Arg('userId', () => ID) userId: string, @Ctx() ctx: Context): Promise<Conversation | undefined> {
    return this.conversations.directWith(ctx.viewer, userId);
  }

  @Query(() => ConversationConnection, {
    name: 'conversations',
    description: 'Latest activity first. Without a filter: no spam, and nothing that was removed from the list.',
  })
  async list(
    @Arg('filter', () => ConversationFilter, { nullable: true }) filter: ConversationFilter | null | undefined,
    @Args(() => ForwardPageArgs) part: ForwardPageArgs,
    @Ctx() ctx: Context,
  ): Promise<Page<Conversation>> {
    return joinedOf(await this.lists.page(ctx.viewer, filter ?? {}, part), ctx.loaders.membership);
  }

  @Mutation(() => ConversationCreatePayload, { description: 'The same direct chat for the same two people.' })
  async conversationCreate(
    @Arg('input', () => ConversationCreateInput) { userId }: ConversationCreateInput,
    @Ctx() ctx: Context,
  ): Promise<ConversationCreatePayload> {
    return { conversation: await this.conversations.create(ctx.viewer, userId) };
  }

  @Mutation(() => ConversationUpdatePayload, { description: 'Title and image of a group.' })
  async conversationUpdate(
    @Arg('input', () => ConversationUpdateInput) input: ConversationUpdateInput,
    @Ctx() ctx: Context,
  ): Promise<ConversationUpdatePayload> {
    return { conversation: await this.conversations.update(ctx.viewer, input) };
  }

  @Mutation(() => ConversationMutePayload, { description: 'A flag for clients; it changes no delivery.' })
  async conversationMute(
    @Arg('input', () => ConversationMuteInput) { conversationId, muted }: ConversationMuteInput,
    @Ctx() ctx: Context,
  ): Promise<ConversationMutePayload> {
    return { conversation: await this.conversations.mute(ctx.viewer, conversationId, muted) };
  }

  @Mutation(() => ConversationRemovePayload, { description: 'Puts it away, with its past, for the caller only.' })
  async conversationRemove(
    @Arg('input', () => ConversationRemoveInput) { conversationId }: ConversationRemoveInput,
    @Ctx() ctx: Context,
  ): Promise<ConversationRemovePayload> {
    return { conversationId: await this.conversations.remove(ctx.viewer, conversationId) };
  }

  @Mutation(() => ConversationOpenPayload, { description: 'Opens it and reads everything up to its newest entry.' })
  async conversationOpen(
    @Arg('input', () => ConversationOpenInput) { conversationId }: ConversationOpenInput,
    @Ctx() ctx: Context,
  ): Promise<ConversationOpenPayload> {
    return { conversation: await this.conversations.open(ctx.viewer, conversationId) };
  }

  @Mutation(() => ConversationClosePayload, {
    description: 'Notes that you do not look at it any more, and changes nothing else.',
  })
  async conversationClose(
    @Arg('input', () => ConversationCloseInput) { conversationId }: ConversationCloseInput,
    @Ctx() ctx: Context,
  ): Promise<ConversationClosePayload> {
    return { conversation: await this.conversations.close(ctx.viewer, conversationId) };
  }

  @Mutation(() => ConversationReadPayload, { description: 'Everything up to `seq` arrived, or was read.' })
  async conversationRead(
    @Arg('input', () => ConversationReadInput) input: ConversationReadInput,
    @Ctx() ctx: Context,
  ): Promise<ConversationReadPayload> {
    const conversation = await this.conversations.read(ctx.viewer, input);
    const member = await ctx.loaders.membership.load(conversation.id);
    if (!member) throw notFound('conversation');
    return { conversation, member };
  }

  @Mutation(() => TypingSetPayload, { description: 'Tells the other members that you are writing, or have stopped.' })
  async typingSet(
    @Arg('input', () => TypingSetInput) { conversationId, typing }: TypingSetInput,
    @Ctx() ctx: Context,
  ): Promise<TypingSetPayload> {
    return { typing: await this.conversations.typing(ctx.viewer, conversationId, typing) };
  }

  @Subscription(() => Conversation, {
    description: 'A direct chat that began, whoever began it.',
    subscribe: live((ctx) => ctx.streams.notices(ctx.viewer.userId, 'conversationCreated')),
  })
  conversationCreated(@Root() payload: NoticePayloads['conversationCreated'], @Ctx() ctx: Context) {
    return loaded(ctx, payload);
  }

  @Subscription(() => ID, {
    description: 'The caller put it away.',
    subscribe: live((ctx) => ctx.streams.notices(ctx.viewer.userId, 'conversationRemoved')),
  })
  conversationRemoved(@Root() { conversationId }: NoticePayloads['conversationRemoved']): string {
    return conversationId;
  }

  @Subscription(() => Conversation, {
    description: "Something that the caller's list shows: new, active again, its own marks and flags.",
    subscribe: live((ctx) => ctx.streams.notices(ctx.viewer.userId, 'conversationListChanged')),
  })
  conversationListChanged(@Root() payload: NoticePayloads['conversationListChanged'], @Ctx() ctx: Context) {
    return listed(ctx, payload);
  }

  @Subscription(() => Conversation, {
    description: "Title or image of a group changed. Without an id: any of the caller's.",
    subscribe: live((ctx, { id }: { id?: string | null }) =>
      ctx.streams.log(ctx.viewer.userId, 'conversationChanged', id ?? undefined),
    ),
  })
  conversationChanged(
    @Root() payload: { conversationId: string },
    @Arg('id', () => ID, { nullable: true }) _id: string | null | undefined,
    @Ctx() ctx: Context,
  ) {
    return loaded(ctx, payload);
  }

  @FieldResolver(() => Int)
  memberCount(@Root() { memberIds }: Conversation): number {
    return memberIds.length;
  }

  @FieldResolver(() => Int)
  lastSeq(@Root() { id }: Conversation, @Ctx() ctx: Context): Promise<number> {
    return ctx.loaders.head.load(id);
  }
}

/** Marks are told of some time after they were set: what was put away meanwhile is not told of any more. */
async function listed(ctx: Context, { conversationId }: { conversationId: string }): Promise<Conversation> {
  const { membership, lastMessage } = ctx.loaders;
  const member = await membership.load(conversationId);
  if (member?.isHidden && isPutAway(member, await lastMessage.load(conversationId))) throw notFound('conversation');
  return loaded(ctx, { conversationId });
}

async function loaded(ctx: Context, { conversationId }: { conversationId: string }): Promise<Conversation> {
  const conversation = await ctx.loaders.conversation.load(conversationId);
  if (!conversation) throw notFound('conversation');
  return conversation;
}
