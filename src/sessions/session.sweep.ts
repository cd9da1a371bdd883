import type { Bus } from '../bus/bus.js';
import { objectId } from '../database/ids.js';
import type { Repository } from '../database/repository.js';
import type { SessionActivity } from './session.activity.js';
import type { Session } from './session.model.js';

/** What looking after open sockets needs. */
export interface SweepNeeds {
  readonly sessions: Repository<Session>;
  readonly activity: Pick<SessionActivity, 'openSessions'>;
  readonly bus: Bus;
  /** Hears when the database could not be asked; it is asked the next time. */
  readonly onError: (error: unknown) => void;
  readonly everyMs?: number;
}

const defaultEveryMs = 5_000;
/** Sessions that one query asks for. */
const batchSize = 1_000;

/**
 * Finds sessions that have a socket open here and ended elsewhere without a word on the bus: by the command line, or
 * by a process whose message was lost.
 */
export class SessionSweep {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly needs: SweepNeeds) {}

  start(): void {
    const { everyMs = defaultEveryMs, onError } = this.needs;
    this.timer ??= setInterval(() => void this.sweep().catch(onError), everyMs).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async sweep(): Promise<void> {
    const open = this.needs.activity.openSessions();
    for (let at = 0; at < open.length; at += batchSize) {
      const batch = open.slice(at, at + batchSize);
      const known = await this.needs.sessions.native
        .find({ _id: { $in: batch.map(objectId) } }, { projection: { _id: 1 } })
        .map(({ _id }) => String(_id))
        .toArray();
      const alive = new Set(known);
      const ended = batch.filter((id) => !alive.has(id));
      if (ended.length > 0) this.needs.bus.publish({ kind: 'sessionsEnded', sessionIds: ended });
    }
  }
}
