import { createContext, useContext } from 'react';
import { isDeleted } from './people.js';
import type { Author, Row, User } from './types.js';

/** What people and conversations are called on this page, and how they look. */
export interface Names {
  /** The name that the viewer gave a contact; else the one that the person gave itself; else its username. */
  readonly nameOf: (user: Author) => string;
  /** The username as it is shown; a person that has gone has none. */
  readonly handleOf: (user: Author) => string | undefined;
  /** Whether a person has unregistered, also since the list or the message was told that names it. */
  readonly isGone: (user: Author) => boolean;
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
  const known = <T extends Author>(user: T): T | User => people.get(user.id) ?? user;
  const isGone = (user: Author): boolean => isDeleted(user) || isDeleted(known(user));
  const nameOf = (user: Author): string => {
    if (isGone(user)) return deleted;
    const { id, name, username } = known(user);
    const own = name?.trim() ?? '';
    return aliases.get(id) ?? (own === '' ? username : own);
  };
  const faceOf: Names['faceOf'] = (user) => (isGone(user) ? null : (known(user).profileImage ?? null));
  return {
    nameOf,
    faceOf,
    isGone,
    handleOf: (user) => (isGone(user) ? undefined : `@${user.username}`),
    titleOf: (row) => row.title ?? (row.peer ? nameOf(row.peer) : ''),
    pictureOf: ({ image, peer }) => (peer ? faceOf(peer) : image),
  };
}

export const NamesContext = createContext<Names>(namesFrom({ aliases: new Map(), people: new Map(), deleted: '' }));

export function useNames(): Names {
  return useContext(NamesContext);
}
