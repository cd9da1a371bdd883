import type { Actor } from '../auth/actor.js';
import type { Session } from './session.model.js';

/** A session belongs to its person alone; to everybody else it does not exist. */
export function mayRevoke(actor: Pick<Actor, 'userId'>, session: Session | undefined): session is Session {
  return session?.userId === actor.userId;
}
