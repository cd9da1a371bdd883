import type { Actor } from '../auth/actor.js';
import { UserRole } from './user-role.js';
import type { User } from './user.model.js';

/** open: everyone who is logged in may list and search people; closed: only those whom one knows. */
export type DirectoryKind = 'open' | 'closed';

/** Whether somebody sees a person's mail, phone and role. */
export function maySeePrivateData(actor: Actor, user: Pick<User, 'id'>): boolean {
  return actor.userId === user.id || actor.role === UserRole.ADMIN;
}

/** What decides whether somebody sees that a person is there at all. */
export interface Acquaintance {
  readonly directory: DirectoryKind;
  /** Whether the person is a contact of the one who asks, or both share a conversation. */
  readonly isKnown: boolean;
}

/** Whether somebody may look a person up by id. */
export function mayFind(actor: Actor, user: Pick<User, 'id'>, { directory, isKnown }: Acquaintance): boolean {
  return directory === 'open' || actor.userId === user.id || isKnown;
}

/** Whether a person is still there, so that it can be added, blocked or written to. */
export function isPresent(user: User | undefined): user is User {
  return user !== undefined && user.removal === undefined;
}
