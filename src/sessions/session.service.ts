import type { Actor } from '../auth/actor.js';
import type { Credentials } from '../auth/credentials.js';
import { hashOf, newToken } from '../auth/tokens.js';
import type { Bus } from '../bus/bus.js';
import type { Collections } from '../database/database.js';
import { badInput, notFound, unauthenticated } from '../errors.js';
import { normaliseUsername } from '../users/username.js';
import type { User } from '../users/user.model.js';
import { isPresent } from '../users/user.policy.js';
import type { UserRole } from '../users/user-role.js';
import { mayRevoke } from './session.policy.js';
import type { SessionActivity } from './session.activity.js';
import type { Session } from './session.model.js';

/** What sessions need. */
export interface SessionServiceParts {
  readonly collections: Collections;
  readonly credentials: Credentials;
  readonly bus: Bus;
  readonly activity: SessionActivity;
  readonly now?: () => number;
}

/** Where somebody logs in from. */
export interface LoginOrigin {
  readonly address: string;
  readonly userAgent?: string;
}

/** A new session; the token is given away here and nowhere else. */
export interface Login {
  readonly token: string;
  readonly session: Session;
  readonly user: User;
}

/** Sessions that one answer lists at most. */
const maxListed = 200;
const maxUserAgentLength = 200;

/** Log-ins: made, listed, used and ended. */
export class SessionService {
  private readonly now: () => number;

  constructor(private readonly parts: SessionServiceParts) {
    this.now = parts.now ?? Date.now;
  }

  /**
   * A new session for who knows the password.
   * @throws ChatError UNAUTHENTICATED, RATE_LIMITED, or UNAVAILABLE when too many are logging in
   */
  async login(input: { username: string; password: string }, origin: LoginOrigin): Promise<Login> {
    const username = normaliseUsername(input.username);
    const user = await this.parts.credentials.prove(username, input.password, origin.address);
    const login = await this.begin(user, origin);
    await this.refuseIfOvertaken(user, login.session);
    return login;
  }

  /** A new session for a person whose identity is already proved. */
  async begin(user: User, origin: LoginOrigin): Promise<Login> {
    const token = newToken();
    const now = new Date(this.now());
    const session = await this.parts.collections.sessions.insert({
      userId: user.id,
      tokenHash: hashOf(token),
      userAgent: shownAgent(origin.userAgent),
      createdAt: now,
      lastSeenAt: now,
      expiresAt: this.parts.activity.expiry(),
    });
    return { token, session, user };
  }

  /**
   * Who holds a token, or undefined when it is unknown, ended or its person has gone. Using a session prolongs it. Two commands.
   */
  async authenticate(token: string): Promise<Actor | undefined> {
    const { sessions, users } = this.parts.collections;
    const session = await sessions.findOne({ tokenHash: hashOf(token), expiresAt: { $gt: new Date(this.now()) } });
    if (!session) return undefined;
    const user = await users.findById(session.userId);
    if (!isPresent(user)) return undefined;
    this.parts.activity.touch({ sessionId: session.id });
    return { userId: user.id, sessionId: session.id, role: user.role };
  }

  /** The caller's sessions, newest first; the newest 200 when there are more. */
  list({ userId }: Pick<Actor, 'userId'>): Promise<Session[]> {
    const filter = { userId, expiresAt: { $gt: new Date(this.now()) } };
    return this.parts.collections.sessions.find(filter, { sort: { createdAt: -1, _id: -1 }, limit: maxListed });
  }

  /** Ends the caller's own session and with it every live stream of it. */
  async logout(actor: Actor): Promise<string> {
    await this.end([actor.sessionId]);
    return actor.sessionId;
  }

  /**
   * Ends one session of the caller, or all others but the one that asks. Answers the ids of those that ended.
   * @throws ChatError NOT_FOUND for a session that is not the caller's
   */
  async revoke(actor: Actor, input: { sessionId?: string | null; all?: boolean | null }): Promise<string[]> {
    const isAll = input.all === true;
    if (isAll === (input.sessionId != null)) {
      throw badInput('input', 'give either sessionId, or all: true to end every session but this one');
    }
    if (input.sessionId == null) return this.endAllOf(actor.userId, actor.sessionId);
    return [await this.endOne(actor, input.sessionId)];
  }

  /** Ends one session of a person. @throws ChatError NOT_FOUND for a session that is not the person's */
  async endOne(person: Pick<Actor, 'userId'>, sessionId: string): Promise<string> {
    const session = await this.parts.collections.sessions.findById(sessionId);
    if (!mayRevoke(person, session)) throw notFound('session');
    await this.end([session.id]);
    return session.id;
  }

  /** Ends all sessions of a person, but the one to keep. Answers the ids of those that ended. */
  async endAllOf(userId: string, keep?: string): Promise<string[]> {
    const sessions = await this.parts.collections.sessions.find({ userId });
    const ids = sessions.map(({ id }) => id).filter((id) => id !== keep);
    await this.end(ids);
    return ids;
  }

  /** In the order of the ids: the role that the person of each session has by now; undefined when it has ended. Two commands. */
  async rolesOf(ids: readonly string[]): Promise<(UserRole | undefined)[]> {
    const sessions = await this.parts.collections.sessions.findByIds(ids);
    const people = await this.parts.collections.users.findByIds(sessions.flatMap((session) => session?.userId ?? []));
    const roles = new Map(people.filter(isPresent).map(({ id, role }) => [id, role]));
    return sessions.map((session) => session && roles.get(session.userId));
  }

  private async end(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.parts.collections.sessions.deleteMany({ _id: { $in: ids } });
    this.parts.bus.publish({ kind: 'sessionsEnded', sessionIds: ids });
  }

  /** A password that was changed, or a person who went, between the check and the session must not leave it open. */
  private async refuseIfOvertaken(user: User, session: Session): Promise<void> {
    const same = { _id: user.id, passwordHash: user.passwordHash };
    if (await this.parts.collections.users.findOne(same)) return;
    await this.end([session.id]);
    throw unauthenticated();
  }
}

/** A browser says what it likes about itself: one short line of it is kept. */
function shownAgent(userAgent: string | undefined): string | null {
  const line = userAgent
    ?.replaceAll(/[\p{Cc}\p{Cs}]/gu, ' ')
    .slice(0, maxUserAgentLength)
    .trim();
  return line === undefined || line === '' ? null : line;
}
