import type { Row, User } from './types.js';

/** What a person is called: the name it gave itself, or its username. */
export function nameOf(user: Pick<User, 'name' | 'username'>): string {
  return user.name?.trim() || user.username;
}

/** What a conversation is called. */
export function titleOf(row: Row): string {
  return row.title ?? (row.peer ? nameOf(row.peer) : '');
}
