import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { forbidden, notFound } from '../errors.js';
import type { Collections } from '../database/database.js';
import { type ListOrder, readList } from '../database/page.js';
import { defaultPageSize, ForwardPageArgs, type Page } from '../graphql/connection.js';
import type { Context } from '../graphql/context.js';
import { User } from '../users/user.model.js';
import { UserRole } from '../users/user-role.js';
import { QuotedMessage, Report } from './report.model.js';
import { ReportConnection } from './report.payloads.js';

const newestFirst: ListOrder = [
  { field: 'createdAt', kind: 'date', direction: -1 },
  { field: '_id', kind: 'id', direction: -1 },
];

/** What site admins see of conversations: what a report quotes, and nothing else. */
@Resolver(() => Report)
export class ReportResolver {
  constructor(private readonly collections: Pick<Collections, 'reports'>) {}

  @Query(() => ReportConnection, { description: 'For site admins; newest first.' })
  async reports(
    @Args(() => ForwardPageArgs) { first, after }: ForwardPageArgs,
    @Ctx() ctx: Context,
  ): Promise<Page<Report>> {
    if (ctx.viewer.role !== UserRole.ADMIN)
      throw forbidden(
        'SITE_ADMINS_ONLY',
        'Only site admins read reports. An operator makes one with `chatset admin promote`.',
      );
    return readList(this.collections.reports, {
      filter: {},
      order: newestFirst,
      first: first ?? defaultPageSize,
      after,
    });
  }

  @FieldResolver(() => User)
  reporter(@Root() { reporterId }: Report, @Ctx() ctx: Context): Promise<User> {
    return person(reporterId, ctx);
  }
}

/** Who wrote what a report quotes. */
@Resolver(() => QuotedMessage)
export class QuotedMessageResolver {
  @FieldResolver(() => User)
  from(@Root() { actorId }: QuotedMessage, @Ctx() ctx: Context): Promise<User> {
    return person(actorId, ctx);
  }
}

async function person(userId: string, ctx: Context): Promise<User> {
  const user = await ctx.loaders.user.load(userId);
  if (!user) throw notFound('user');
  return user;
}
