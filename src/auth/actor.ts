import type { UserRole } from '../users/user-role.js';

/**
 * Who is calling: decided once at a door (header, connection_init, handshake or cookie) and passed on as the same
 * object, so that whoever acts for an open socket sees a change of its role.
 */
export interface Actor {
  readonly userId: string;
  readonly sessionId: string;
  /** Of an open socket it is read again every few seconds. */
  role: UserRole;
}
