import { randomBytes } from 'node:crypto';
import type { Collections } from '../database/database.js';
import { isDuplicateKey } from '../database/repository.js';
import { unauthenticated } from '../errors.js';
import { hashOf } from '../auth/tokens.js';
import type { SessionService } from '../sessions/session.service.js';
import { UserRole } from './user-role.js';
import type { User } from './user.model.js';
import { tombstoneName } from './username.js';

/** What erasing people needs. */
export interface ErasureNeeds {
  readonly collections: Collections;
  readonly sessions: SessionService;
  /** Makes the person leave each group. May be called again after a failure. */
  readonly leaveEverything: (userId: string) => Promise<void>;
  /** Hears of failures; the erasure is tried again. */
  readonly onError: (error: unknown) => void;
  /** Milliseconds until a failed erasure is tried again. */
  readonly retryAfterMs?: number;
}

const defaultRetryMs = 10_000;

/** Takes people away: at once what lets them act, then everything that speaks of them, however often it is interrupted. */
export class Erasures {
  private readonly running = new Set<Promise<void>>();
  private readonly retries = new Set<NodeJS.Timeout>();
  private isStopped = false;

  constructor(private readonly needs: ErasureNeeds) {}

  /**
   * Ends the person's sessions and log-in, leaves a tombstone in its place and starts to erase the rest.
   * @throws ChatError UNAUTHENTICATED when the person has gone meanwhile
   */
  async begin(user: User): Promise<void> {
    await this.retire(user.username);
    if (!(await this.bury(user.id))) throw unauthenticated();
    await this.needs.sessions.endAllOf(user.id);
    this.start(user.id);
  }

  /** Goes on with what a stop or a crash interrupted. Call it once at start. */
  async resumeErasures(): Promise<void> {
    const pending = await this.needs.collections.users.find({ removal: 'pending' });
    for (const { id } of pending) this.start(id);
  }

  /** Settles when nothing is being erased at the moment; what failed waits for its next try. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  /** Starts nothing more and waits for what is under way. */
  async stop(): Promise<void> {
    this.isStopped = true;
    for (const timer of this.retries) clearTimeout(timer);
    await this.idle();
  }

  private start(userId: string): void {
    if (this.isStopped) return;
    const job = this.erase(userId)
      .catch((error: unknown) => {
        this.needs.onError(error);
        this.startLater(userId);
      })
      .finally(() => this.running.delete(job));
    this.running.add(job);
  }

  private startLater(userId: string): void {
    if (this.isStopped) return;
    const timer = setTimeout(() => {
      this.retries.delete(timer);
      this.start(userId);
    }, this.needs.retryAfterMs ?? defaultRetryMs);
    timer.unref();
    this.retries.add(timer);
  }

  private async erase(userId: string): Promise<void> {
    const { contacts, blocks, users } = this.needs.collections;
    await this.needs.sessions.endAllOf(userId);
    await this.needs.leaveEverything(userId);
    const eitherWay = { $or: [{ ownerId: userId }, { userId }] };
    await Promise.all([contacts.deleteMany(eitherWay), blocks.deleteMany(eitherWay)]);
    await users.updateMany({ _id: userId, removal: 'pending' }, { $set: { removal: 'done' } });
  }

  private async retire(username: string): Promise<void> {
    await this.needs.collections.retiredNames.insert({ _id: hashOf(username) }).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    });
  }

  /** One write erases all that the document says. Two tombstones may draw the same name: then another is drawn. */
  private async bury(userId: string): Promise<User | undefined> {
    const tombstone = { username: tombstoneName(randomBytes(4).toString('hex')), searchKeys: [], role: UserRole.USER };
    try {
      return await this.needs.collections.users.findOneAndUpdate(
        { _id: userId, removal: { $exists: false } },
        {
          $set: { ...tombstone, removal: 'pending' },
          $unset: { name: 1, mail: 1, phone: 1, profileImage: 1, passwordHash: 1 },
        },
      );
    } catch (error) {
      if (isDuplicateKey(error)) return this.bury(userId);
      throw error;
    }
  }
}
