import type { Actor } from '../auth/actor.js';
import { UserRole } from '../users/user-role.js';

/** Whether somebody reads reports and what they quote. */
export function mayReadReports({ role }: Actor): boolean {
  return role === UserRole.ADMIN;
}
