import {
  Arg,
  Args,
  Ctx,
  Extensions,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { Conversation } from '../conversations/conversation.model.js';
import { badInput, notFound } from '../errors.js';
import type { Page } from '../graphql/connection.js';
import type { Context } from '../graphql/context.js';
import { live } from '../graphql/live.js';
import type { LogEntry } from '../log/log-entry.model.js';
import { User } from '../users/user.model.js';
import {
  HistoryPageArgs,
  MessageAddInput,
  MessageEditInput,
  MessageReactInput,
  MessageRemoveInput,
  MessageReplyInput,
} from './message.inputs.js';
import { Message } from './message.model.js';
import {
  MessageAddPayload,
  MessageConnection,
  MessageEditPayload,
  MessageReactPayload,
  MessageRemovePayload,
  MessageReplyPayload,
} from './message.payloads.js';
import type { MessageService } from './message.service.js';
import { Reaction } from './reaction.model.js';

/** The names and types of messages in the API. */
@Resolver(() => Message)
export class MessageResolver {
  constructor(private readonly service: MessageService) {}

  @Query(() => MessageConnection, { description: 'Always in ascending seq; without arguments the newest 50.' })
  async messages(
    @Arg('conversationId', () => ID) conversationId: string,
    @Args(() => HistoryPageArgs) part: HistoryPageArgs,
    @Ctx() ctx: Context,
  ): Promise<Page<LogEntry>> {
    const firstSeq = await ctx.floorOf(conversationId);
    if (firstSeq === undefined) throw notFound('conversation');
    return ctx.loaders.history.page({ conversationId, firstSeq }, part);
  }

  @Mutation(() => MessageAddPayload, {
    description: 'A new message. With the same `clientMessageId` it is sent once, however often it is repeated.',
  })
  @Extensions({ rate: 'send' })
  async messageAdd(
    @Arg('input', () => MessageAddInput) input: MessageAddInput,
    @Ctx() ctx: Context,
  ): Promise<MessageAddPayload> {
    return { message: await this.service.add(ctx.viewer, input) };
  }

  @Mutation(() => MessageReplyPayload, {
    description: 'A new message that answers another one of the same conversation.',
  })
  @Extensions({ rate: 'send' })
  async messageReply(
    @Arg('input', () => MessageReplyInput) input: MessageReplyInput,
    @Ctx() ctx: Context,
  ): Promise<MessageReplyPayload> {
    return { message: await this.service.reply(ctx.viewer, input) };
  }

  @Mutation(() => MessageEditPayload, { description: 'One’s own message.' })
  async messageEdit(
    @Arg('input', () => MessageEditInput) input: MessageEditInput,
    @Ctx() ctx: Context,
  ): Promise<MessageEditPayload> {
    return { message: await this.service.edit(ctx.viewer, input) };
  }

  @Mutation(() => MessageRemovePayload, { description: 'One’s own message, or any as an admin of the group.' })
  async messageRemove(
    @Arg('input', () => MessageRemoveInput) input: MessageRemoveInput,
    @Ctx() ctx: Context,
  ): Promise<MessageRemovePayload> {
    return { message: await this.service.remove(ctx.viewer, input) };
  }

  @Mutation(() => MessageReactPayload, { description: 'Gives a message one of your reactions, or takes it back.' })
  async messageReact(
    @Arg('input', () => MessageReactInput) input: MessageReactInput,
    @Ctx() ctx: Context,
  ): Promise<MessageReactPayload> {
    return { message: await this.service.react(ctx.viewer, input) };
  }

  @Subscription(() => Message, {
    description: "New messages. Without an id: of all of the caller's conversations. `after` resumes one conversation.",
    subscribe: live((ctx, { conversationId, after }: { conversationId?: string | null; after?: number | null }) => {
      const { userId } = ctx.viewer;
      if (after == null) return ctx.streams.log(userId, 'messageAdded', conversationId ?? undefined);
      if (conversationId == null) throw badInput('after', 'needs a conversationId; conversationFeed resumes them all');
      return ctx.streams.messagesAfter(userId, conversationId, after);
    }),
  })
  messageAdded(
    @Root() message: Message,
    @Arg('conversationId', () => ID, { nullable: true }) _conversationId: string | null | undefined,
    @Arg('after', () => Int, { nullable: true }) _after: number | null | undefined,
  ): Message {
    return message;
  }

  @Subscription(() => Message, {
    description: "New answers to messages. Without an id: in all of the caller's conversations.",
    subscribe: live((ctx, { conversationId }: { conversationId?: string | null }) =>
      ctx.streams.log(ctx.viewer.userId, 'messageReplied', conversationId ?? undefined),
    ),
  })
  messageReplied(
    @Root() message: Message,
    @Arg('conversationId', () => ID, { nullable: true }) _conversationId: string | null | undefined,
  ): Message {
    return message;
  }

  @FieldResolver(() => User)
  async from(@Root() { actorId }: Message, @Ctx() ctx: Context): Promise<User> {
    const user = actorId === undefined ? undefined : await ctx.loaders.user.load(actorId);
    if (!user) throw notFound('user');
    return user;
  }

  @FieldResolver(() => Conversation)
  async conversation(@Root() { conversationId }: Message, @Ctx() ctx: Context): Promise<Conversation> {
    const conversation = await ctx.loaders.conversation.load(conversationId);
    if (!conversation) throw notFound('conversation');
    return conversation;
  }

  @FieldResolver(() => Message, {
    nullable: true,
    description: 'The message that it answers; null when that is older than the viewer’s membership.',
  })
  async replyTo(@Root() message: LogEntry, @Ctx() ctx: Context): Promise<LogEntry | undefined> {
    if (message.replyToId === undefined) return undefined;
    const answered = message.answered ?? (await ctx.loaders.message.load(message.replyToId));
    const firstSeq = await ctx.floorOf(message.conversationId);
    return answered && firstSeq !== undefined && answered.seq >= firstSeq ? answered : undefined;
  }

  @FieldResolver(() => [Reaction])
  reactions(@Root() { reactionList }: Message): Reaction[] {
    return (reactionList ?? []).map(({ emoji, userIds }) => ({ emoji, userIds, count: userIds.length }));
  }
}
