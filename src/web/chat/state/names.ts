import { createContext, useContext } from 'react';
import type { Row, User } from './types.js';

type Named = Pick<User, 'id' | 'name' | 'username'>;

/** What people and conversations are called on this page. */
export interface Names {
  /** The name that the viewer gave a contact; else the one that the person gave itself; else its username. */
  readonly nameOf: (user: Named) => string;
  /** The username as it is shown; a person that has gone has none. */
  readonly handleOf: (user: Named) => string | undefined;
  readonly titleOf: (row: Row) => string;
}

interface Known {
  /** The viewer's own names for people, by id. */
  readonly aliases: ReadonlyMap<string, string>;
  /** What somebody is called who has unregistered. */
  readonly deleted: string;
}

export function namesFrom({ aliases, deleted }: Known): Names {
  const nameOf = (user: Named): string => {
    if (isDeleted(user)) return deleted;
    const name = user.name?.trim() ?? '';
    return aliases.get(user.id) ?? (name === '' ? user.username : name);
  };
  return {
    nameOf,
    handleOf: (user) => (isDeleted(user) ? undefined : `@${user.username}`),
    titleOf: (row) => row.title ?? (row.peer ? nameOf(row.peer) : ''),
  };
}

/** The picture of a conversation: of the group, or of the other person. */
export function pictureOf({ image, peer }: Pick<Row, 'image' | 'peer'>): string | null {
  return peer ? peer.profileImage : image;
}

/** Whether only the tombstone of a person is left. Nobody else can have such a username. */
export function isDeleted({ username }: Pick<User, 'username'>): boolean {
  return /^removed-[0-9a-f]{8}$/.test(username);
}

export const NamesContext = createContext<Names>(namesFrom({ aliases: new Map(), deleted: '' }));

export function useNames(): Names {
  return useContext(NamesContext);
}
