import type { Actor } from '../auth/actor.js';
import type { Credentials, ProvenUser } from '../auth/credentials.js';
import type { Passwords } from '../auth/passwords.js';
import type { RateLimits } from '../auth/rate-limits.js';
import { hashOf } from '../auth/tokens.js';
import type { Collections } from '../database/database.js';
import { newSecretId } from '../database/ids.js';
import { isDuplicateKey } from '../database/repository.js';
import { badInput, ChatError, conflict, notFound, unauthenticated } from '../errors.js';
import type { Login, LoginOrigin, SessionService } from '../sessions/session.service.js';
import { foldedWords } from '../text/fold.js';
import type { Erasures } from './user.erasures.js';
import type { UserAnnouncer } from './user.announcer.js';
import { isPresent } from './user.policy.js';
import { UserRole } from './user-role.js';
import type { User } from './user.model.js';
import { normaliseUsername } from './username.js';

/** What the use cases of people need. */
export interface UserServiceParts {
  readonly collections: Collections;
  readonly credentials: Credentials;
  readonly passwords: Passwords;
  readonly limits: RateLimits;
  readonly sessions: SessionService;
  readonly erasures: Erasures;
  readonly announcer: UserAnnouncer;
}

/** What a person says of itself. Absent keeps what there is, null takes it away. */
export interface Profile {
  readonly name?: string | null;
  readonly mail?: string | null;
  readonly phone?: string | null;
  readonly profileImage?: string | null;
}

/** People: how they come, change and go. */
export class UserService {
  constructor(private readonly parts: UserServiceParts) {}

  /**
   * A new person, already logged in.
   * @throws ChatError CONFLICT when the username is or was somebody's; RATE_LIMITED; UNAVAILABLE when too many wait
   */
  async register(input: Profile & { username: string; password: string }, origin: LoginOrigin): Promise<Login> {
    await this.parts.limits.spendRegistration(origin.address);
    const username = normaliseUsername(input.username);
    await this.refuseTaken(username);
    const passwordHash = await this.parts.passwords.hash(input.password);
    const user = await this.insert({ ...profileOf(input), username, passwordHash });
    this.parts.announcer.registered(user);
    return this.parts.sessions.begin(user, origin);
  }

  /** The caller itself, as it is now. */
  async self(actor: Actor): Promise<User> {
    const user = await this.parts.collections.users.findById(actor.userId);
    if (!isPresent(user)) throw unauthenticated();
    return user;
  }

  /** Changes what the person says of itself. Nothing new makes no event. */
  async update(actor: Actor, input: Profile): Promise<User> {
    const user = await this.self(actor);
    const changed = Object.entries(profileOf(input)).filter(
      ([key, value]) => (user[key as keyof Profile] ?? null) !== value,
    );
    if (changed.length === 0) return user;
    const profile = Object.fromEntries(changed) as Profile;
    // Only with the name: what was read may be older than a change of the name that is made at the same time.
    const keys = 'name' in profile ? { searchKeys: searchKeysOf({ ...user, ...profile }) } : {};
    const present = { _id: user.id, removal: { $exists: false } };
    const updated = await this.parts.collections.users.findOneAndUpdate(present, { $set: { ...profile, ...keys } });
    if (!updated) throw unauthenticated();
    await this.parts.announcer.changed(updated);
    return updated;
  }

  /**
   * Gives the person another password and ends all its other sessions.
   * @throws ChatError BAD_USER_INPUT when the present password is wrong; RATE_LIMITED
   */
  async changePassword(
    actor: Actor,
    input: { currentPassword: string; newPassword: string },
    origin: LoginOrigin,
  ): Promise<User> {
    const user = await this.prove(actor, { field: 'currentPassword', password: input.currentPassword }, origin);
    const passwordHash = await this.parts.passwords.hash(input.newPassword);
    const same = { _id: user.id, passwordHash: user.passwordHash };
    const updated = await this.parts.collections.users.findOneAndUpdate(same, { $set: { passwordHash } });
    if (!updated) throw await this.overtaken(actor);
    await this.parts.sessions.endAllOf(user.id, actor.sessionId);
    return updated;
  }

  /**
   * Takes the person away for ever: it can do nothing from the moment of the answer on, and what speaks of it is
   * erased soon after, also across a restart.
   * @throws ChatError BAD_USER_INPUT when the password is wrong; RATE_LIMITED
   */
  async unregister(actor: Actor, input: { password: string }, origin: LoginOrigin): Promise<string> {
    const user = await this.prove(actor, { field: 'password', password: input.password }, origin);
    const audience = await this.parts.announcer.audienceOfLeaving(user);
    await this.parts.erasures.begin(user);
    this.parts.announcer.unregistered(user, audience);
    return user.id;
  }

  /** Makes a person site admin. Only for the operator of the machine. @throws ChatError NOT_FOUND */
  promote(username: string): Promise<User> {
    return this.giveRole(username, UserRole.ADMIN);
  }

  /** Makes a site admin a plain person again. Only for the operator of the machine. @throws ChatError NOT_FOUND */
  demote(username: string): Promise<User> {
    return this.giveRole(username, UserRole.USER);
  }

  /**
   * Gives a person another password and ends all its sessions. Only for the operator of the machine.
   * @throws ChatError NOT_FOUND
   */
  async resetPassword(username: string, password: string): Promise<User> {
    const user = await this.named(username);
    const passwordHash = await this.parts.passwords.hash(password);
    const present = { _id: user.id, removal: { $exists: false } };
    const updated = await this.parts.collections.users.findOneAndUpdate(present, { $set: { passwordHash } });
    if (!updated) throw notFound('user');
    await this.parts.sessions.endAllOf(user.id);
    return updated;
  }

  /** Who has a username. Only for the operator of the machine. @throws ChatError NOT_FOUND */
  async named(username: string): Promise<User> {
    const present = { username: normaliseUsername(username), removal: { $exists: false } };
    const user = await this.parts.collections.users.findOne(present);
    if (!user) throw notFound('user');
    return user;
  }

  private async giveRole(username: string, role: UserRole): Promise<User> {
    const present = { username: normaliseUsername(username), removal: { $exists: false } };
    const user = await this.parts.collections.users.findOneAndUpdate(present, { $set: { role } });
    if (!user) throw notFound('user');
    return user;
  }

  /** A wrong password ends no session, so its error must not look like that of one that has ended. */
  private async prove(
    actor: Actor,
    { field, password }: { field: string; password: string },
    origin: LoginOrigin,
  ): Promise<ProvenUser> {
    const { username } = await this.self(actor);
    return this.parts.credentials.prove(username, password, origin.address).catch((error: unknown) => {
      const isWrong = error instanceof ChatError && error.code === 'UNAUTHENTICATED';
      throw isWrong ? wrongPassword(field) : error;
    });
  }

  /** Why a proved password is not the stored one: another change came first, or the person has gone. */
  private async overtaken(actor: Actor): Promise<ChatError> {
    await this.self(actor);
    return wrongPassword('currentPassword');
  }

  private async insert(person: Profile & { username: string; passwordHash: string }): Promise<User> {
    const { users } = this.parts.collections;
    const row = {
      _id: newSecretId(),
      ...person,
      role: UserRole.USER,
      searchKeys: searchKeysOf(person),
      createdAt: new Date(),
    };
    const user = await users.insert(row).catch((error: unknown) => {
      throw isDuplicateKey(error) ? taken() : error;
    });
    // A name becomes retired before it becomes free, so only a look after the insertion cannot miss it.
    if (await this.isRetired(user.username)) {
      await users.deleteMany({ _id: user.id });
      throw taken();
    }
    return user;
  }

  /** Spares the cost of a hash for a name that cannot be had; the unique index decides between two at once. */
  private async refuseTaken(username: string): Promise<void> {
    const owner = await this.parts.collections.users.findOne({ username });
    if (owner !== undefined || (await this.isRetired(username))) throw taken();
  }

  private async isRetired(username: string): Promise<boolean> {
    return (await this.parts.collections.retiredNames.findOne({ _id: hashOf(username) })) !== undefined;
  }
}

function profileOf({ name, mail, phone, profileImage }: Profile): Profile {
  const given = Object.entries({ name, mail, phone, profileImage }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}

function searchKeysOf({ username, name }: { username: string; name?: string | null }): string[] {
  return [...new Set([...foldedWords(username), ...foldedWords(name ?? '')])];
}

function wrongPassword(field: string): ChatError {
  return badInput(field, 'is not your password; check it and try again');
}

function taken(): ChatError {
  return conflict('USERNAME_TAKEN', 'This username belongs or belonged to somebody. Choose another one.');
}
