import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { ForwardPageArgs, type Page } from '../graphql/connection.js';
import type { Context } from '../graphql/context.js';
import type { User } from '../users/user.model.js';
import { UserConnection } from '../users/user.payloads.js';
import type { BlockService } from './block.service.js';
import { UserBlockInput } from './contact.inputs.js';
import { UserBlockPayload, UserUnblockPayload } from './contact.payloads.js';

/** The names and types of blocks in the API. */
@Resolver()
export class BlockResolver {
  constructor(private readonly blocks: BlockService) {}

  @Query(() => UserConnection, { name: 'blocks', description: 'Whom the caller has blocked, the latest first.' })
  list(@Args(() => ForwardPageArgs) page: ForwardPageArgs, @Ctx() ctx: Context): Promise<Page<User>> {
    return this.blocks.list(ctx.viewer, page);
  }

  @Mutation(() => UserBlockPayload, {
    description:
      'Ends what this person can send you in your direct chat, and what either sees of the other’s presence.',
  })
  async userBlock(
    @Arg('input', () => UserBlockInput) { userId }: UserBlockInput,
    @Ctx() ctx: Context,
  ): Promise<UserBlockPayload> {
    return { user: await this.blocks.block(ctx.viewer, userId) };
  }

  @Mutation(() => UserUnblockPayload, { description: 'Takes a block back.' })
  async userUnblock(
    @Arg('input', () => UserBlockInput) { userId }: UserBlockInput,
    @Ctx() ctx: Context,
  ): Promise<UserUnblockPayload> {
    return { user: await this.blocks.unblock(ctx.viewer, userId) };
  }
}
