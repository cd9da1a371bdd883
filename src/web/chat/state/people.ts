import type { ChatState, User } from './types.js';

/** Takes over what was told of people last, whether by a list or because they changed. */
export function foldPeople(state: ChatState, told: readonly User[]): ChatState {
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
