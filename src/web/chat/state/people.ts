import { foldPresence } from './fold.js';
import type { Author, ChatState, User } from './types.js';

/** Takes over what lists tell of people, but of those who changed: a list may have been asked for before the change. */
export function foldPeople(state: ChatState, told: readonly User[]): ChatState {
  return withPeople(
    state,
    told.filter(({ id }) => !state.changed.has(id)),
  );
}

/** A person that changed while the page follows. */
export function foldChanged(state: ChatState, user: User): ChatState {
  return { ...withPeople(state, [user]), changed: new Set(state.changed).add(user.id) };
}

/** People who have unregistered: only their tombstones are left. */
export function foldGone(state: ChatState, ids: readonly string[]): ChatState {
  const tombstones = ids.map((id) => ({ id, username: tombstoneName, name: null, profileImage: null, createdAt: '' }));
  const offline = ids.map((id) => ({ id, presence: 'OFFLINE' as const }));
  return foldPresence(tombstones.reduce(foldChanged, state), offline);
}

/** Whether only the tombstone of a person is left. Nobody else can have such a username. */
export function isDeleted({ username }: Pick<Author, 'username'>): boolean {
  return /^removed-[0-9a-f]{8}$/.test(username);
}

/** Of somebody who has gone while the page follows. Which of such names the server gave makes no difference. */
const tombstoneName = 'removed-00000000';

/**
 * The line was cut, and changes may have been missed: lists know people best until they change again, and nobody
 * counts as being there until it is told anew.
 */
export function foldCut(state: ChatState): ChatState {
  return { ...state, changed: new Set(), presence: new Map([...state.presence.keys()].map((id) => [id, 'OFFLINE'])) };
}

function withPeople(state: ChatState, told: readonly User[]): ChatState {
  const news = told.filter((user) => isNews(state.people.get(user.id), user));
  if (news.length === 0) return state;
  const people = new Map(state.people);
  for (const { id, username, name, profileImage, createdAt } of news) {
    people.set(id, { id, username, name, profileImage, createdAt });
  }
  return { ...state, people };
}

/** Nobody comes back: a tombstone is not news about one, and nothing else is about a tombstone. */
function isNews(known: User | undefined, told: User): boolean {
  if (known && isDeleted(known)) return false;
  return known?.username !== told.username || known.name !== told.name || known.profileImage !== told.profileImage;
}
