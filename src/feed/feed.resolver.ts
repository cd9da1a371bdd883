import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root, Subscription } from 'type-graphql';
import { notFound } from '../errors.js';
import type { Context } from '../graphql/context.js';
import { live } from '../graphql/live.js';
import type { LogEntry } from '../log/log-entry.model.js';
import { Message } from '../messages/message.model.js';
import { User } from '../users/user.model.js';
import type { EventPages } from './event-pages.js';
import { ConversationEvent, ConversationEventPage, FeedItem } from './feed-items.js';
import { EventPageArgs, KnownSeq } from './feed.inputs.js';

/** The ordered log, paged and live. */
@Resolver(() => ConversationEvent)
export class FeedResolver {
  constructor(private readonly pages: EventPages) {}

  @Query(() => ConversationEventPage, { description: 'Always in ascending seq; without arguments the newest 50.' })
  async conversationEvents(
    @Arg('conversationId', () => ID) conversationId: string,
    @Args(() => EventPageArgs) part: EventPageArgs,
    @Ctx() ctx: Context,
  ): Promise<ConversationEventPage> {
    const firstSeq = await ctx.floorOf(conversationId);
    if (firstSeq === undefined) throw notFound('conversation');
    return this.pages.page({ conversationId, firstSeq }, part);
  }

  @Subscription(() => FeedItem, {
    description:
      "Every entry of all of the caller's conversations, in order, from the seqs that it knows. Without `known`: from now on.",
    subscribe: live((ctx, { known }: { known?: KnownSeq[] | null }) => ctx.streams.feed(ctx.viewer.userId, known)),
  })
  conversationFeed(
    @Root() item: typeof FeedItem,
    @Arg('known', () => [KnownSeq], { nullable: true, validate: false }) _known: KnownSeq[] | null | undefined,
  ): typeof FeedItem {
    return item;
  }

  @FieldResolver(() => User, { nullable: true })
  async actor(@Root() { actorId }: ConversationEvent, @Ctx() ctx: Context): Promise<User | undefined> {
    return actorId === undefined ? undefined : ctx.loaders.user.load(actorId);
  }

  @FieldResolver(() => User, { nullable: true, description: 'The member whom the entry is about.' })
  async user(@Root() { userId }: ConversationEvent, @Ctx() ctx: Context): Promise<User | undefined> {
    return userId === undefined ? undefined : ctx.loaders.user.load(userId);
  }

  @FieldResolver(() => Message, {
    nullable: true,
    description: 'As it is now; null when it is older than the viewer’s membership.',
  })
  async message(
    @Root() { currentMessage, conversationId }: ConversationEvent,
    @Ctx() ctx: Context,
  ): Promise<LogEntry | undefined> {
    if (!currentMessage) return undefined;
    const firstSeq = await ctx.floorOf(conversationId);
    return firstSeq !== undefined && currentMessage.seq >= firstSeq ? currentMessage : undefined;
  }
}
