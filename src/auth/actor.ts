import type { UserRole } from '../users/user-role.js';

/** Who is calling: decided once at a door (header, connection_init, handshake or cookie) and passed on unchanged. */
export interface Actor {
  readonly userId: string;
  readonly sessionId: string;
  readonly role: UserRole;
}
