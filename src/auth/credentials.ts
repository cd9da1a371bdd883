import { ChatError } from '../errors.js';
import type { Repository } from '../database/repository.js';
import type { User } from '../users/user.model.js';
import type { Passwords } from './passwords.js';
import type { RateLimits } from './rate-limits.js';

/** What checking a password needs. */
export interface CredentialsParts {
  readonly users: Repository<User>;
  readonly passwords: Passwords;
  readonly limits: RateLimits;
}

/** A person whose password has just been verified. */
export type ProvenUser = User & { readonly passwordHash: string };

/** Decides whether somebody knows a person's password, and counts those who do not. */
export class Credentials {
  constructor(private readonly parts: CredentialsParts) {}

  /**
   * The person of a username, once the password has proved right. An unknown name and a wrong password cost the same
   * time and give the same error.
   * @param username in its stored form
   * @param address the network address of the caller, for the limit of failed attempts
   * @throws ChatError UNAUTHENTICATED, RATE_LIMITED, or UNAVAILABLE when too many are logging in
   */
  async prove(username: string, password: string, address: string): Promise<ProvenUser> {
    const { users, passwords, limits } = this.parts;
    const user = await users.findOne({ username });
    const attempt = { address, username };
    const right = await passwords.matches(password, user?.passwordHash, {
      admit: () => limits.spendLogin(attempt),
      passed: () => limits.refundLogin(attempt),
    });
    if (!right || !isProvable(user)) throw wrongCredentials();
    return passwords.isOutdated(user.passwordHash) ? this.rehash(user, password) : user;
  }

  /** Hashes the password with the parameters in use, unless it was changed meanwhile. */
  private async rehash(user: ProvenUser, password: string): Promise<ProvenUser> {
    const passwordHash = await this.parts.passwords.hash(password);
    const stored = { _id: user.id, passwordHash: user.passwordHash };
    const changed = await this.parts.users.updateMany(stored, { $set: { passwordHash } });
    return changed > 0 ? Object.assign(user, { passwordHash }) : user;
  }
}

function isProvable(user: User | undefined): user is ProvenUser {
  return user?.passwordHash !== undefined;
}

function wrongCredentials(): ChatError {
  return new ChatError('UNAUTHENTICATED', 'The username or the password is wrong. Check both and try again.');
}
