import type { ChatState, User } from './types.js';

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

/** The line was cut, and changes may have been missed: lists know people best until they change again. */
export function foldCut(state: ChatState): ChatState {
  return state.changed.size === 0 ? state : { ...state, changed: new Set() };
}

function withPeople(state: ChatState, told: readonly User[]): ChatState {
  const news = told.filter((user) => !isSame(state.people.get(user.id), user));
  if (news.length === 0) return state;
  const people = new Map(state.people);
  for (const { id, username, name, profileImage, createdAt } of news) {
    people.set(id, { id, username, name, profileImage, createdAt });
  }
  return { ...state, people };
}

function isSame(known: User | undefined, told: User): boolean {
  return known?.username === told.username && known.name === told.name && known.profileImage === told.profileImage;
}
