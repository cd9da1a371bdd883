import { Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { notFound } from '../errors.js';
import { ForwardPageArgs, type Page } from '../graphql/connection.js';
import type { Context } from '../graphql/context.js';
import { ViewerDependent } from '../graphql/viewer-dependent.js';
import type { LogEntry } from '../log/log-entry.model.js';
import { HistoryPageArgs } from '../messages/message.inputs.js';
import { Message } from '../messages/message.model.js';
import { MessageConnection } from '../messages/message.payloads.js';
import { User } from '../users/user.model.js';
import { peerOf } from './conversation-list.js';
import { Conversation } from './conversation.model.js';
import { MemberConnection } from './conversation.payloads.js';
import { firstSeqOf, Member } from './member.model.js';

/** What a conversation shows of others: people, messages, and the viewer's own place in it. */
@Resolver(() => Conversation)
export class ConversationFieldsResolver {
  @FieldResolver(() => User, { nullable: true })
  createdBy(@Root() { createdById }: Conversation, @Ctx() ctx: Context): Promise<User | undefined> {
    return ctx.loaders.user.load(createdById);
  }

  @FieldResolver(() => User, { nullable: true, description: 'The other person of a direct chat.' })
  @ViewerDependent()
  async peer(@Root() conversation: Conversation, @Ctx() ctx: Context): Promise<User | undefined> {
    const peerId = peerOf(conversation, ctx.viewer.userId);
    return peerId === undefined ? undefined : ctx.loaders.user.load(peerId);
  }

  @FieldResolver(() => Member, { description: "The caller's own membership." })
  @ViewerDependent()
  me(@Root() conversation: Conversation, @Ctx() ctx: Context): Promise<Member> {
    return membership(conversation, ctx);
  }

  @FieldResolver(() => Int, { description: 'The first seq that the caller may read.' })
  @ViewerDependent()
  async firstSeq(@Root() conversation: Conversation, @Ctx() ctx: Context): Promise<number> {
    return firstSeqOf(await membership(conversation, ctx));
  }

  @FieldResolver(() => Message, { nullable: true, description: 'The newest message that the caller may read.' })
  @ViewerDependent()
  async lastMessage(@Root() conversation: Conversation, @Ctx() ctx: Context): Promise<LogEntry | undefined> {
    const [message, member] = await Promise.all([
      ctx.loaders.lastMessage.load(conversation.id),
      membership(conversation, ctx),
    ]);
    return message && message.seq >= firstSeqOf(member) ? message : undefined;
  }

  @FieldResolver(() => Int, { description: 'Messages of others since the read mark, among the newest 1,000 entries.' })
  @ViewerDependent()
  async unreadCount(@Root() conversation: Conversation, @Ctx() ctx: Context): Promise<number> {
    return ctx.loaders.unreadCount.load(await membership(conversation, ctx));
  }

  @FieldResolver(() => Boolean)
  @ViewerDependent()
  async isOpen(@Root() conversation: Conversation, @Ctx() ctx: Context): Promise<boolean> {
    return (await membership(conversation, ctx)).isOpen;
  }

  @FieldResolver(() => Boolean)
  @ViewerDependent()
  async isSpam(@Root() conversation: Conversation, @Ctx() ctx: Context): Promise<boolean> {
    return (await membership(conversation, ctx)).isSpam;
  }

  @FieldResolver(() => Boolean)
  @ViewerDependent()
  async isMuted(@Root() conversation: Conversation, @Ctx() ctx: Context): Promise<boolean> {
    return (await membership(conversation, ctx)).isMuted;
  }

  @FieldResolver(() => MemberConnection, { description: 'In the order of joining.' })
  @ViewerDependent()
  async members(
    @Root() conversation: Conversation,
    @Args(() => ForwardPageArgs) part: ForwardPageArgs,
    @Ctx() ctx: Context,
  ): Promise<Page<Member>> {
    await membership(conversation, ctx);
    return ctx.loaders.members.page(conversation.id, part);
  }

  @FieldResolver(() => MessageConnection, { description: 'Always in ascending seq; without arguments the newest 50.' })
  @ViewerDependent()
  async messages(
    @Root() conversation: Conversation,
    @Args(() => HistoryPageArgs) part: HistoryPageArgs,
    @Ctx() ctx: Context,
  ): Promise<Page<LogEntry>> {
    const firstSeq = firstSeqOf(await membership(conversation, ctx));
    return ctx.loaders.history.page({ conversationId: conversation.id, firstSeq }, part);
  }
}

/** The viewer's membership. @throws ChatError NOT_FOUND once it has ended */
async function membership({ id }: Conversation, ctx: Context): Promise<Member> {
  const member = await ctx.loaders.membership.load(id);
  if (!member) throw notFound('conversation');
  return member;
}
