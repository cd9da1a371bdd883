import { Arg, Ctx, Mutation, Resolver, Root, Subscription } from 'type-graphql';
import { ConversationSpamClearInput, ConversationSpamInput } from '../conversations/conversation.inputs.js';
import { Conversation } from '../conversations/conversation.model.js';
import { ConversationSpamClearPayload, ConversationSpamPayload } from '../conversations/conversation.payloads.js';
import { notFound } from '../errors.js';
import type { NoticePayloads } from '../feed/notice.js';
import type { Context } from '../graphql/context.js';
import { live } from '../graphql/live.js';
import type { SpamService } from './spam.service.js';

/** Marking a conversation as spam. */
@Resolver()
export class SpamResolver {
  constructor(private readonly spam: SpamService) {}

  @Mutation(() => ConversationSpamPayload, { description: 'It falls silent for the caller; site admins get a report.' })
  async conversationSpam(
    @Arg('input', () => ConversationSpamInput) { conversationId, reason }: ConversationSpamInput,
    @Ctx() ctx: Context,
  ): Promise<ConversationSpamPayload> {
    return { conversation: await this.spam.mark(ctx.viewer, conversationId, reasonOf(reason)) };
  }

  @Mutation(() => ConversationSpamClearPayload, { description: 'The conversation speaks to you again.' })
  async conversationSpamClear(
    @Arg('input', () => ConversationSpamClearInput) { conversationId }: ConversationSpamClearInput,
    @Ctx() ctx: Context,
  ): Promise<ConversationSpamClearPayload> {
    return { conversation: await this.spam.clear(ctx.viewer, conversationId) };
  }

  @Subscription(() => Conversation, {
    description: 'The caller marked it, here or elsewhere.',
    subscribe: live((ctx) => ctx.streams.notices(ctx.viewer.userId, 'conversationSpamMarked')),
  })
  async conversationSpamMarked(
    @Root() { conversationId }: NoticePayloads['conversationSpamMarked'],
    @Ctx() ctx: Context,
  ): Promise<Conversation> {
    const conversation = await ctx.loaders.conversation.load(conversationId);
    if (!conversation) throw notFound('conversation');
    return conversation;
  }
}

/** A form that was left empty gives no reason. */
function reasonOf(given: string | null | undefined): string | null {
  const reason = given?.trim() ?? '';
  return reason === '' ? null : reason;
}
