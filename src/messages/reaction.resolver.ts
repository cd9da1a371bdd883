import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { defaultPageSize, maxPageSize } from '../database/page.js';
import { badInput } from '../errors.js';
import type { Context } from '../graphql/context.js';
import { ViewerDependent } from '../graphql/viewer-dependent.js';
import { User } from '../users/user.model.js';
import { Reaction } from './reaction.model.js';

/** Who reacted. */
@Resolver(() => Reaction)
export class ReactionResolver {
  @FieldResolver(() => Boolean)
  @ViewerDependent()
  byMe(@Root() { userIds }: Reaction, @Ctx() ctx: Context): boolean {
    return userIds.includes(ctx.viewer.userId);
  }

  @FieldResolver(() => [User], { description: 'The first ones, at most 200.' })
  async users(
    @Root() { userIds }: Reaction,
    @Arg('first', () => Int, { nullable: true }) first: number | null | undefined,
    @Ctx() ctx: Context,
  ): Promise<User[]> {
    const size = first ?? defaultPageSize;
    if (size < 0 || size > maxPageSize) throw badInput('first', `must be from 0 to ${maxPageSize}`);
    const users = await Promise.all(userIds.slice(0, size).map((id) => ctx.loaders.user.load(id)));
    return users.filter((user) => user !== undefined);
  }
}
