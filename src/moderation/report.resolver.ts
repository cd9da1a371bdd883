import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { notFound } from '../errors.js';
import { ForwardPageArgs, type Page } from '../graphql/connection.js';
import type { Context } from '../graphql/context.js';
import { User } from '../users/user.model.js';
import { QuotedMessage, Report } from './report.model.js';
import { ReportConnection } from './report.payloads.js';
import type { ReportService } from './report.service.js';

/** What site admins see of conversations: what a report quotes, and nothing else. */
@Resolver(() => Report)
export class ReportResolver {
  constructor(private readonly service: ReportService) {}

  @Query(() => ReportConnection, { description: 'For site admins; newest first.' })
  reports(@Args(() => ForwardPageArgs) part: ForwardPageArgs, @Ctx() ctx: Context): Promise<Page<Report>> {
    return this.service.list(ctx.viewer, part);
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
