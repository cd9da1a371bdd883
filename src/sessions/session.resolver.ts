import { Arg, Ctx, Extensions, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { notFound } from '../errors.js';
import type { Context } from '../graphql/context.js';
import { ViewerDependent } from '../graphql/viewer-dependent.js';
import { User } from '../users/user.model.js';
import { admit, dismiss } from './admission.js';
import { LoginInput, SessionRevokeInput } from './session.inputs.js';
import { Session } from './session.model.js';
import { LoginPayload, LogoutPayload, SessionRevokePayload } from './session.payloads.js';
import type { SessionService } from './session.service.js';

/** The names and types of log-ins in the API. */
@Resolver(() => Session)
export class SessionResolver {
  constructor(private readonly sessions: SessionService) {}

  @Query(() => [Session], { name: 'sessions', description: "The caller's own, newest first." })
  list(@Ctx() ctx: Context): Promise<Session[]> {
    return this.sessions.list(ctx.viewer);
  }

  @Mutation(() => LoginPayload, { description: 'A new session, for a username in any case and its password.' })
  @Extensions({ public: true })
  async login(@Arg('input', () => LoginInput) input: LoginInput, @Ctx() ctx: Context): Promise<LoginPayload> {
    return admit(ctx, await this.sessions.login(input, ctx.caller));
  }

  @Mutation(() => LogoutPayload, { description: 'Ends the session of this call, and its open sockets with it.' })
  async logout(@Ctx() ctx: Context): Promise<LogoutPayload> {
    return dismiss(ctx, { sessionId: await this.sessions.logout(ctx.viewer) });
  }

  @Mutation(() => SessionRevokePayload, {
    description: 'One session, or with `all: true` every one but the one that asks.',
  })
  async sessionRevoke(
    @Arg('input', () => SessionRevokeInput) input: SessionRevokeInput,
    @Ctx() ctx: Context,
  ): Promise<SessionRevokePayload> {
    const sessionIds = await this.sessions.revoke(ctx.viewer, input);
    return sessionIds.includes(ctx.viewer.sessionId) ? dismiss(ctx, { sessionIds }) : { sessionIds };
  }

  @FieldResolver(() => User)
  async user(@Root() session: Session, @Ctx() ctx: Context): Promise<User> {
    const user = await ctx.loaders.user.load(session.userId);
    if (!user) throw notFound('user');
    return user;
  }

  @FieldResolver(() => Boolean, { description: 'Whether it is the session of this very call.' })
  @ViewerDependent()
  current(@Root() session: Session, @Ctx() ctx: Context): boolean {
    return ctx.viewer.sessionId === session.id;
  }
}
