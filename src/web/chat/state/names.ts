import type { Row, User } from './types.js';

/** What a person is called: the name it gave itself, or its username. */
export function nameOf(user: Pick<User, 'name' | 'username'>): string {
  const name = user.name?.trim() ?? '';
  return name === '' ? user.username : name;
}

/** What a conversation is called. */
export function titleOf(row: Row): string {
  return row.title ?? (row.peer ? nameOf(row.peer) : '');
}
