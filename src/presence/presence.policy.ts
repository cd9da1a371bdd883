import { Presence } from '../users/presence.js';

/** What one process knows of a person's sockets. Times in milliseconds. */
export interface Attendance {
  readonly openSockets: number;
  readonly lastActiveAt: number;
  /** When the last socket closed. */
  readonly closedAt: number;
}

/** How long who does nothing is ONLINE, and how long a person without a socket is not yet OFFLINE. */
export interface PresencePatience {
  readonly awayAfterMs: number;
  readonly graceMs: number;
}

/** ONLINE or AWAY with a socket open or just closed, else OFFLINE. */
export function presenceAt(now: number, attendance: Attendance, patience: PresencePatience): Presence {
  const hasLeft = attendance.openSockets === 0 && now - attendance.closedAt >= patience.graceMs;
  if (hasLeft) return Presence.OFFLINE;
  return now - attendance.lastActiveAt >= patience.awayAfterMs ? Presence.AWAY : Presence.ONLINE;
}
