import type { Actor } from '../auth/actor.js';
import type { Bus } from '../bus/bus.js';
import { inBatches } from '../bus/rounds.js';
import type { UserRole } from '../users/user-role.js';
import { recentCache } from '../recent-cache.js';

/** Close codes of this server's own, beside those of the protocols. */
export const closeCodes = {
  goingAway: 1001,
  tooBig: 1009,
  tryAgainLater: 1013,
  sessionEnded: 4401,
  slowReader: 4490,
} as const;

/** An open socket, whatever its protocol. */
export interface LiveSocket {
  /** Ends every stream at once and then the socket; what it runs may still be answered. */
  end(code: number, reason: string): void;
}

/** Is told of every socket of every person, for presence. */
export interface SocketObserver {
  opened(actor: Actor): void;
  closed(actor: Actor): void;
}

/** What a session is at the moment: the role of its person, or undefined when it has ended. */
export type RolesOf = (sessionIds: readonly string[]) => Promise<readonly (UserRole | undefined)[]>;

/**
 * All open sockets of people, on this process. A session's sockets end as soon as the bus says that it ended. A
 * socket keeps the identity it was opened with: a log-in that runs over it does not change it. Only its role follows
 * that of the person.
 */
export class LiveSockets {
  private readonly bySession = new Map<string, Map<LiveSocket, Actor>>();
  private readonly countByUser = new Map<string, number>();
  /** Sessions that ended while somebody was just connecting with them. */
  private readonly ended = recentCache<true>(10_000, { ttl: 60_000 });

  constructor(
    bus: Bus,
    private readonly observer: SocketObserver,
  ) {
    bus.subscribe((message) => {
      if (message.kind === 'sessionsEnded') message.sessionIds.forEach((id) => this.endSession(id));
    });
  }

  /** Takes a socket in; false when its session has just ended and it must be refused. */
  add(actor: Actor, socket: LiveSocket): boolean {
    const { sessionId, userId } = actor;
    if (this.ended.has(sessionId)) return false;
    this.bySession.set(sessionId, (this.bySession.get(sessionId) ?? new Map<LiveSocket, Actor>()).set(socket, actor));
    this.countByUser.set(userId, this.countOf(userId) + 1);
    this.observer.opened(actor);
    return true;
  }

  /** Lets go of a socket that has closed. */
  remove(actor: Actor, socket: LiveSocket): void {
    const { sessionId, userId } = actor;
    const sockets = this.bySession.get(sessionId);
    if (!sockets?.delete(socket)) return;
    if (sockets.size === 0) this.bySession.delete(sessionId);
    const left = this.countOf(userId) - 1;
    if (left === 0) this.countByUser.delete(userId);
    else this.countByUser.set(userId, left);
    this.observer.closed(actor);
  }

  /** How many sockets a person has open on this process. */
  countOf(userId: string): number {
    return this.countByUser.get(userId) ?? 0;
  }

  /** Ends the sockets of sessions that ended unheard, and gives the others the role that their person has by now. */
  async recheck(rolesOf: RolesOf): Promise<void> {
    for (const ids of inBatches(this.bySession.keys())) {
      const roles = await rolesOf(ids);
      ids.forEach((id, at) => this.setRole(id, roles[at]));
    }
  }

  private setRole(sessionId: string, role: UserRole | undefined): void {
    if (role === undefined) this.endSession(sessionId);
    else for (const actor of this.bySession.get(sessionId)?.values() ?? []) actor.role = role;
  }

  private endSession(sessionId: string): void {
    this.ended.set(sessionId, true);
    for (const socket of [...(this.bySession.get(sessionId)?.keys() ?? [])])
      socket.end(closeCodes.sessionEnded, 'Session ended');
  }
}
