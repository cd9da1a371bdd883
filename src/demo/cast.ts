import {
  ContactUserAddDocument,
  GroupCreateDocument,
  LoginDocument,
  LogoutDocument,
  UserRegisterDocument,
} from '../generated/operations.js';
import { type PublicApi, Refused } from './public-api.js';
import type { Scene, Speaker } from './scene.js';

/** The password of everybody who is made for a scene. It is no secret. */
export const stagePassword = 'todos-a-una';

/** Names that are tried for one character before giving up. */
const maxNames = 20;

/** A character with an account on the server, logged in. */
export interface Character {
  readonly id: string;
  /** The username of the account: the speaker's, with a number when that one is somebody else's. */
  readonly username: string;
  readonly name: string;
  readonly token: string;
}

/** The characters of a scene by the speakers' usernames. */
export type Cast = ReadonlyMap<string, Character>;

/** Gives every speaker an account, or logs in to the one of an earlier performance. */
export async function enter(api: PublicApi, { speakers }: Scene): Promise<Cast> {
  const cast = new Map<string, Character>();
  for (const speaker of speakers) cast.set(speaker.username, await enterOne(api, speaker));
  return cast;
}

async function enterOne(api: PublicApi, { username, name }: Speaker): Promise<Character> {
  for (let number = 1; number <= maxNames; number += 1) {
    const candidate = number === 1 ? username : `${username}-${number}`;
    const account = (await logIn(api, candidate)) ?? (await register(api, candidate, name));
    if (account) return { id: account.user.id, username: candidate, name, token: account.token };
  }
  throw new Error(`The usernames ${username} to ${username}-${maxNames} are all taken by other people.`);
}

/** Undefined when the name is nobody's, or not one of ours. */
async function logIn(api: PublicApi, username: string) {
  const input = { username, password: stagePassword };
  const answer = await unless(['UNAUTHENTICATED', 'RATE_LIMITED'], api.run(LoginDocument, { input }));
  return answer?.login;
}

/** Undefined when the name is taken. */
async function register(api: PublicApi, username: string, name: string) {
  const input = { username, password: stagePassword, name };
  const answer = await unless(['CONFLICT'], api.run(UserRegisterDocument, { input }));
  return answer?.userRegister;
}

async function unless<T>(codes: readonly string[], call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Refused && codes.includes(error.code)) return undefined;
    throw error;
  }
}

/** Makes everybody a contact of everybody else. */
export async function introduce(api: PublicApi, cast: Cast): Promise<void> {
  const characters = [...cast.values()];
  const introductions = characters.map(async ({ token, id }) => {
    for (const other of characters) {
      if (other.id !== id) await api.run(ContactUserAddDocument, { input: { userId: other.id } }, token);
    }
  });
  await Promise.all(introductions);
}

/** A new group of the whole cast, founded by the first speaker. @returns its id */
export async function gather(api: PublicApi, cast: Cast, title: string): Promise<string> {
  const [founder, ...others] = cast.values();
  const input = { title, userIds: others.map(({ id }) => id) };
  const { groupCreate } = await api.run(GroupCreateDocument, { input }, founder?.token);
  return groupCreate.conversation.id;
}

/** Logs everybody out. */
export async function leave(api: PublicApi, cast: Cast): Promise<void> {
  await Promise.all([...cast.values()].map(({ token }) => api.run(LogoutDocument, {}, token)));
}
