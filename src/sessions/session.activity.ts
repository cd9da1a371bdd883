import type { Actor } from '../auth/actor.js';
import type { Repository } from '../database/repository.js';
import type { Session } from './session.model.js';

/** What keeping sessions alive needs. */
export interface ActivityParts {
  readonly sessions: Repository<Session>;
  /** Days after which an unused session ends. */
  readonly sessionDays: number;
  /** Hears when the use of sessions could not be written; it is written the next time. */
  readonly onError: (error: unknown) => void;
  readonly flushEveryMs?: number;
  readonly now?: () => number;
}

const defaultFlushMs = 60_000;
const dayMs = 86_400_000;

/** Prolongs the sessions that are in use, all of them in one write a minute. A session with an open socket is in use. */
export class SessionActivity {
  private used = new Set<string>();
  private readonly openSockets = new Map<string, number>();
  private readonly now: () => number;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: ActivityParts) {
    this.now = parts.now ?? Date.now;
  }

  /** Begins to write. */
  start(): void {
    const flush = () => void this.flush().catch(this.parts.onError);
    this.timer ??= setInterval(flush, this.parts.flushEveryMs ?? defaultFlushMs).unref();
  }

  /** Writes what is left and no more after it. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  /** The session was used. */
  touch({ sessionId }: Pick<Actor, 'sessionId'>): void {
    this.used.add(sessionId);
  }

  /** The session has one more socket open. */
  opened({ sessionId }: Actor): void {
    this.openSockets.set(sessionId, (this.openSockets.get(sessionId) ?? 0) + 1);
    this.used.add(sessionId);
  }

  /** The session has one socket less. */
  closed({ sessionId }: Actor): void {
    const left = (this.openSockets.get(sessionId) ?? 1) - 1;
    if (left > 0) this.openSockets.set(sessionId, left);
    else this.openSockets.delete(sessionId);
    this.used.add(sessionId);
  }

  /** When a session ends that is used at this moment. */
  expiry(): Date {
    return new Date(this.now() + this.parts.sessionDays * dayMs);
  }

  /** Writes down which sessions were used since the last time. Ended ones stay ended. */
  async flush(): Promise<void> {
    const ids = new Set([...this.used, ...this.openSockets.keys()]);
    if (ids.size === 0) return;
    this.used = new Set();
    const now = new Date(this.now());
    const alive = { _id: { $in: [...ids] }, expiresAt: { $gt: now } };
    try {
      await this.parts.sessions.updateMany(alive, { $set: { lastSeenAt: now, expiresAt: this.expiry() } });
    } catch (error) {
      for (const id of ids) this.used.add(id);
      throw error;
    }
  }
}
