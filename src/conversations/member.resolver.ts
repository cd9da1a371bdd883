import { Arg, Ctx, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql';
import { notFound } from '../errors.js';
import type { NoticePayloads } from '../feed/notice.js';
import type { Context } from '../graphql/context.js';
import { live } from '../graphql/live.js';
import { User } from '../users/user.model.js';
import { TypingState } from './conversation.payloads.js';
import { Member } from './member.model.js';
import { whyNotFollow } from './member.policy.js';

/** A conversation that a subscription names, once it is clear that the caller may follow it. */
async function subject(ctx: Context, conversationId: string | null | undefined): Promise<string | undefined> {
  if (conversationId == null) return undefined;
  const refusal = whyNotFollow(await ctx.loaders.membership.load(conversationId));
  if (refusal) throw refusal;
  return conversationId;
}

/** Members, how far they have read, and who is writing. */
@Resolver(() => Member)
export class MemberResolver {
  @Subscription(() => Member, {
    description: "A member's marks moved; in conversations of at most 100.",
    subscribe: live(async (ctx, { conversationId }: { conversationId?: string | null }) =>
      ctx.streams.notices(ctx.viewer.userId, 'receiptChanged', await subject(ctx, conversationId)),
    ),
  })
  async receiptChanged(
    @Root() key: NoticePayloads['receiptChanged'],
    @Arg('conversationId', () => ID, { nullable: true }) _id: string | null | undefined,
    @Ctx() ctx: Context,
  ): Promise<Member> {
    const member = await ctx.loaders.member.load(key);
    if (!member) throw notFound('member');
    return member;
  }

  @Subscription(() => TypingState, {
    description: "Somebody else began or stopped writing. Without an id: in any of the caller's conversations.",
    subscribe: live(async (ctx, { conversationId }: { conversationId?: string | null }) =>
      ctx.streams.notices(ctx.viewer.userId, 'typingChanged', await subject(ctx, conversationId)),
    ),
  })
  typingChanged(
    @Root() state: NoticePayloads['typingChanged'],
    @Arg('conversationId', () => ID, { nullable: true }) _id: string | null | undefined,
  ): TypingState {
    return state;
  }

  @FieldResolver(() => User)
  async user(@Root() { userId }: Member, @Ctx() ctx: Context): Promise<User> {
    const user = await ctx.loaders.user.load(userId);
    if (!user) throw notFound('user');
    return user;
  }
}

/** Who is writing. */
@Resolver(() => TypingState)
export class TypingStateResolver {
  @FieldResolver(() => User)
  async user(@Root() { userId }: TypingState, @Ctx() ctx: Context): Promise<User> {
    const user = await ctx.loaders.user.load(userId);
    if (!user) throw notFound('user');
    return user;
  }
}
