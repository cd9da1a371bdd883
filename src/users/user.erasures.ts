import { randomBytes } from 'node:crypto';
import type { Collections } from '../database/database.js';
import { isDuplicateKey } from '../database/repository.js';
import { unauthenticated } from '../errors.js';
import { hashOf } from '../auth/tokens.js';
import type { SessionService } from '../sessions/session.service.js';
import { UserRole } from './user-role.js';
import type { User } from './user.model.js';
import { tombstoneName } from './username.js';

/** Which look of an erasure it is: what is not done is done again from the first one after a restart. */
type Look = 'first' | 'last';

/** What erasing people needs. */
export interface ErasureParts {
  readonly collections: Collections;
  readonly sessions: SessionService;
  /** Makes the person leave each group. May be called again after a failure. */
  readonly leaveEverything: (userId: string) => Promise<void>;
  /** Hears of failures; the erasure is tried again. */
  readonly onError: (error: unknown) => void;
  /** Milliseconds until an erasure that failed is tried again, and until one that did not looks for the last time. */
  readonly pauseMs?: number;
}

/**
 * By then whatever was allowed while the person was still there is written or has failed: the database gives up on an
 * operation after 10 s.
 */
const defaultPauseMs = 30_000;

/**
 * Takes people away: at once what lets them act, then everything that speaks of them, however often it is interrupted.
 * Somebody may be bringing the person into a group at that moment, and crash before it is taken out again; so an
 * erasure is done only when it has looked once more after a pause.
 */
export class Erasures {
  private readonly running = new Set<Promise<void>>();
  private readonly waiting = new Set<NodeJS.Timeout>();
  private isStopped = false;

  constructor(private readonly parts: ErasureParts) {}

  /**
   * Ends the person's sessions and log-in, leaves a tombstone in its place and starts to erase the rest.
   * @throws ChatError UNAUTHENTICATED when the person has gone meanwhile
   */
  async begin(user: User): Promise<void> {
    await this.retire(user.username);
    if (!(await this.bury(user.id))) throw unauthenticated();
    await this.parts.sessions.endAllOf(user.id);
    this.start(user.id);
  }

  /** Goes on with what a stop or a crash interrupted. Call it once at start. */
  async resumeErasures(): Promise<void> {
    const pending = await this.parts.collections.users.find({ removal: 'pending' });
    for (const { id } of pending) this.start(id);
  }

  /** Settles when nothing is being erased at the moment; what waits for its next look still waits. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  /** Starts nothing more and waits for what is under way. */
  async stop(): Promise<void> {
    this.isStopped = true;
    for (const timer of this.waiting) clearTimeout(timer);
    await this.idle();
  }

  private start(userId: string, look: Look = 'first'): void {
    if (this.isStopped) return;
    const job = this.erase(userId, look)
      .catch((error: unknown) => {
        this.parts.onError(error);
        this.startLater(userId, look);
      })
      .finally(() => this.running.delete(job));
    this.running.add(job);
  }

  private startLater(userId: string, look: Look): void {
    if (this.isStopped) return;
    const timer = setTimeout(() => {
      this.waiting.delete(timer);
      this.start(userId, look);
    }, this.parts.pauseMs ?? defaultPauseMs);
    timer.unref();
    this.waiting.add(timer);
  }

  private async erase(userId: string, look: Look): Promise<void> {
    const { contacts, blocks, users } = this.parts.collections;
    await this.parts.sessions.endAllOf(userId);
    await this.parts.leaveEverything(userId);
    const eitherWay = { $or: [{ ownerId: userId }, { userId }] };
    await Promise.all([contacts.deleteMany(eitherWay), blocks.deleteMany(eitherWay)]);
    if (look === 'first') this.startLater(userId, 'last');
    else await users.updateMany({ _id: userId, removal: 'pending' }, { $set: { removal: 'done' } });
  }

  private async retire(username: string): Promise<void> {
    await this.parts.collections.retiredNames.insert({ _id: hashOf(username) }).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    });
  }

  /** One write erases all that the document says. Two tombstones may draw the same name: then another is drawn. */
  private async bury(userId: string): Promise<User | undefined> {
    const tombstone = { username: tombstoneName(randomBytes(4).toString('hex')), searchKeys: [], role: UserRole.USER };
    try {
      return await this.parts.collections.users.findOneAndUpdate(
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
