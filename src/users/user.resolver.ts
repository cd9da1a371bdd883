import {
  Arg,
  Args,
  Ctx,
  Extensions,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { notFound } from '../errors.js';
import type { NoticePayloads } from '../feed/notice.js';
import type { Page } from '../graphql/connection.js';
import type { Context } from '../graphql/context.js';
import { live } from '../graphql/live.js';
import { ViewerDependent } from '../graphql/viewer-dependent.js';
import type { PresenceService } from '../presence/presence.service.js';
import { admit, dismiss } from '../sessions/admission.js';
import { Presence } from './presence.js';
import type { UserDirectory } from './user.directory.js';
import {
  PasswordChangeInput,
  UserArgs,
  UserRegisterInput,
  UsersArgs,
  UserUnregisterInput,
  UserUpdateInput,
} from './user.inputs.js';
import { User } from './user.model.js';
import {
  PasswordChangePayload,
  UserConnection,
  UserRegisterPayload,
  UserUnregisterPayload,
  UserUpdatePayload,
} from './user.payloads.js';
import { maySeePrivateData } from './user.policy.js';
import type { UserService } from './user.service.js';
import { UserRole } from './user-role.js';

type Payload<Name extends keyof NoticePayloads> = NoticePayloads[Name];

/** The names and types of people in the API. */
@Resolver(() => User)
export class UserResolver {
  constructor(
    private readonly users: UserService,
    private readonly directory: UserDirectory,
    private readonly presences: PresenceService,
  ) {}

  @Query(() => User, { nullable: true, description: 'The caller; null without identity.' })
  @Extensions({ public: true })
  me(@Ctx() ctx: Context): Promise<User> | null {
    return ctx.actor ? this.users.self(ctx.actor) : null;
  }

  @Query(() => User, { nullable: true, description: 'By id or by username; NOT_FOUND when there is none.' })
  user(@Args(() => UserArgs) wanted: UserArgs, @Ctx() ctx: Context): Promise<User> {
    return this.directory.find(ctx.viewer, wanted);
  }

  @Query(() => UserConnection, { name: 'users', description: 'By username. `search` finds the beginnings of words.' })
  list(@Args(() => UsersArgs) request: UsersArgs, @Ctx() ctx: Context): Promise<Page<User>> {
    return this.directory.list(ctx.viewer, request);
  }

  @Mutation(() => UserRegisterPayload, { description: 'A new person, already logged in.' })
  @Extensions({ public: true })
  async userRegister(
    @Arg('input', () => UserRegisterInput) input: UserRegisterInput,
    @Ctx() ctx: Context,
  ): Promise<UserRegisterPayload> {
    return admit(ctx, await this.users.register(input, ctx.caller));
  }

  @Mutation(() => UserUpdatePayload, {
    description: 'What you say of yourself: what is absent stays, null takes it away.',
  })
  async userUpdate(
    @Arg('input', () => UserUpdateInput) input: UserUpdateInput,
    @Ctx() ctx: Context,
  ): Promise<UserUpdatePayload> {
    return { user: await this.users.update(ctx.viewer, input) };
  }

  @Mutation(() => PasswordChangePayload, {
    description: 'Asks for the present password, and ends your other sessions.',
  })
  async passwordChange(
    @Arg('input', () => PasswordChangeInput) input: PasswordChangeInput,
    @Ctx() ctx: Context,
  ): Promise<PasswordChangePayload> {
    return { user: await this.users.changePassword(ctx.viewer, input, ctx.caller) };
  }

  @Mutation(() => UserUnregisterPayload, {
    description: 'Takes you away for ever. Your messages stay, without your name.',
  })
  async userUnregister(
    @Arg('input', () => UserUnregisterInput) input: UserUnregisterInput,
    @Ctx() ctx: Context,
  ): Promise<UserUnregisterPayload> {
    return dismiss(ctx, { userId: await this.users.unregister(ctx.viewer, input, ctx.caller) });
  }

  @Subscription(() => User, {
    description: 'Somebody registered. Where the directory is closed, nobody is told.',
    subscribe: live((ctx) => ctx.streams.notices(ctx.viewer.userId, 'userRegistered')),
  })
  userRegistered(@Root() { userId }: Payload<'userRegistered'>, @Ctx() ctx: Context): Promise<User> {
    return person(ctx, userId);
  }

  @Subscription(() => ID, {
    description: 'The id of somebody whom the caller could find and who has gone for ever.',
    subscribe: live((ctx) => ctx.streams.notices(ctx.viewer.userId, 'userUnregistered')),
  })
  userUnregistered(@Root() { userId }: Payload<'userUnregistered'>): string {
    return userId;
  }

  @Subscription(() => User, {
    description: "Without an id: the caller's people (contacts, people of shared conversations) and the caller.",
    subscribe: live(async (ctx, { id }: { id?: string | null }) =>
      ctx.streams.notices(ctx.viewer.userId, 'userChanged', await subject(ctx, id)),
    ),
  })
  userChanged(
    @Root() { userId }: Payload<'userChanged'>,
    @Arg('id', () => ID, { nullable: true }) _id: string | null | undefined,
    @Ctx() ctx: Context,
  ): Promise<User> {
    return person(ctx, userId);
  }

  @Subscription(() => User, {
    description: "Without an id: the caller's people (contacts, people of shared conversations) and the caller.",
    subscribe: live(async (ctx, { userId }: { userId?: string | null }) =>
      ctx.streams.notices(ctx.viewer.userId, 'presenceChanged', await subject(ctx, userId)),
    ),
  })
  presenceChanged(
    @Root() { userId }: Payload<'presenceChanged'>,
    @Arg('userId', () => ID, { nullable: true }) _userId: string | null | undefined,
    @Ctx() ctx: Context,
  ): Promise<User> {
    return person(ctx, userId);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Seen by the person and by site admins.' })
  @ViewerDependent()
  mail(@Root() user: User, @Ctx() ctx: Context): string | null {
    return maySeePrivateData(ctx.viewer, user) ? (user.mail ?? null) : null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'Seen by the person and by site admins.' })
  @ViewerDependent()
  phone(@Root() user: User, @Ctx() ctx: Context): string | null {
    return maySeePrivateData(ctx.viewer, user) ? (user.phone ?? null) : null;
  }

  @FieldResolver(() => UserRole, { nullable: true, description: 'Seen by the person and by site admins.' })
  @ViewerDependent()
  role(@Root() user: User, @Ctx() ctx: Context): UserRole | null {
    return maySeePrivateData(ctx.viewer, user) ? user.role : null;
  }

  @FieldResolver(() => Presence, {
    description:
      'Seen by those whom the person has as a contact and by people of shared conversations; OFFLINE to others.',
  })
  @ViewerDependent()
  presence(@Root() user: User, @Ctx() ctx: Context): Presence | Promise<Presence> {
    return ctx.viewer.userId === user.id ? this.presences.own(user.id) : ctx.loaders.presence.load(user.id);
  }
}

/** A person whom an event is about. */
async function person(ctx: Context, userId: string): Promise<User> {
  const user = await ctx.loaders.user.load(userId);
  if (!user) throw notFound('user');
  return user;
}

/** Whom a subscription names, once it is clear that the viewer may know of that person. */
async function subject(ctx: Context, userId: string | null | undefined): Promise<string | undefined> {
  if (userId == null) return undefined;
  if (!(await ctx.loaders.findable.load(userId))) throw notFound('user');
  return userId;
}
