import { fail } from './errors.js';

/** Milliseconds since 1970 at which a command is to be over (`maxTimeMS`); undefined for never. */
export type Deadline = number | undefined;

/** @throws CommandError 50 after the deadline. */
export function checkDeadline(deadline: Deadline): void {
  if (deadline !== undefined && Date.now() > deadline) fail('MaxTimeMSExpired', 'operation exceeded time limit');
}
