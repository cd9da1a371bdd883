import { createContext, useContext } from 'react';
import type { Author, Row, User } from './types.js';

/** What people and conversations are called on this page, and how they look. */
export interface Names {
  /** The name that the viewer gave a contact; else the one that the person gave itself; else its username. */
  readonly nameOf: (user: Author) => string;
  /** The username as it is shown; a person that has gone has none. */
  readonly handleOf: (user: Author) => string | undefined;
  readonly titleOf: (row: Row) => string;
  /** The picture of a person. Messages do not bring one: it is known from lists of people. */
  readonly faceOf: (user: Author & Partial<Pick<User, 'profileImage'>>) => string | null;
  /** The picture of a conversation: of the group, or of the other person. */
  readonly pictureOf: (row: Pick<Row, 'image' | 'peer'>) => string | null;
}

interface Known {
  /** The viewer's own names for people, by id. */
  readonly aliases: ReadonlyMap<string, string>;
  /** People as they were told of last, by id; older places keep older names of them. */
  readonly people: ReadonlyMap<string, User>;
  /** What somebody is called who has unregistered. */
  readonly deleted: string;
}

export function namesFrom({ aliases, people, deleted }: Known): Names {
  const nameOf = (user: Author): string => {
    const { id, name, username } = isDeleted(user) ? user : (people.get(user.id) ?? user);
    if (isDeleted({ username })) return deleted;
    const own = name?.trim() ?? '';
    return aliases.get(id) ?? (own === '' ? username : own);
  };
  const faceOf: Names['faceOf'] = (user) => {
    if (isDeleted(user)) return null;
    return (people.get(user.id) ?? user).profileImage ?? null;
  };
  return {
    nameOf,
    faceOf,
    handleOf: (user) => (isDeleted(user) ? undefined : `@${user.username}`),
    titleOf: (row) => row.title ?? (row.peer ? nameOf(row.peer) : ''),
    pictureOf: ({ image, peer }) => (peer ? faceOf(peer) : image),
  };
}

/** Whether only the tombstone of a person is left. Nobody else can have such a username. */
export function isDeleted({ username }: Pick<Author, 'username'>): boolean {
  return /^removed-[0-9a-f]{8}$/.test(username);
}

export const NamesContext = createContext<Names>(namesFrom({ aliases: new Map(), people: new Map(), deleted: '' }));

export function useNames(): Names {
  return useContext(NamesContext);
}
