import { WebSocket } from 'ws';
import { type ChatClient, ChatRequestError, createChatClient } from '../client/index.js';
import {
  ContactUserAddDocument,
  GroupCreateDocument,
  LoginDocument,
  LogoutDocument,
  UserRegisterDocument,
} from '../generated/operations.js';
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
  /** Logged in as this character, and not connected. */
  readonly client: ChatClient;
}

/** The characters of a scene by the speakers' usernames. */
export type Cast = ReadonlyMap<string, Character>;

/** Gives every speaker an account, or logs in to the one of an earlier performance. */
export async function enter(url: string, { speakers }: Scene): Promise<Cast> {
  const cast = new Map<string, Character>();
  const stranger = createChatClient({ url });
  for (const speaker of speakers) cast.set(speaker.username, await enterOne(stranger, url, speaker));
  return cast;
}

async function enterOne(stranger: ChatClient, url: string, { username, name }: Speaker): Promise<Character> {
  for (let number = 1; number <= maxNames; number += 1) {
    const candidate = number === 1 ? username : `${username}-${number}`;
    const account = (await logIn(stranger, candidate)) ?? (await register(stranger, candidate, name));
    if (!account) continue;
    const client = createChatClient({ url, token: account.token, webSocketImpl: WebSocket });
    return { id: account.user.id, username: candidate, name, client };
  }
  throw new Error(`The usernames ${username} to ${username}-${maxNames} are all taken by other people.`);
}

/** Undefined when the name is nobody's, or not one of ours. */
async function logIn(stranger: ChatClient, username: string) {
  const input = { username, password: stagePassword };
  const answer = await unless(['UNAUTHENTICATED', 'RATE_LIMITED'], stranger.request(LoginDocument, { input }));
  return answer?.login;
}

/** Undefined when the name is taken. */
async function register(stranger: ChatClient, username: string, name: string) {
  const input = { username, password: stagePassword, name };
  const answer = await unless(['CONFLICT'], stranger.request(UserRegisterDocument, { input }));
  return answer?.userRegister;
}

async function unless<T>(codes: readonly string[], call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ChatRequestError && codes.includes(error.code)) return undefined;
    throw error;
  }
}

/** Makes everybody a contact of everybody else. */
export async function introduce(cast: Cast): Promise<void> {
  const characters = [...cast.values()];
  const introductions = characters.map(async ({ client, id }) => {
    for (const other of characters) {
      if (other.id !== id) await client.request(ContactUserAddDocument, { input: { userId: other.id } });
    }
  });
  await Promise.all(introductions);
}

/** A new group of the whole cast, founded by the first speaker. @returns its id */
export async function gather(cast: Cast, title: string): Promise<string> {
  const [founder, ...others] = cast.values();
  const input = { title, userIds: others.map(({ id }) => id) };
  if (!founder) throw new Error('A scene needs somebody who speaks.');
  const { groupCreate } = await founder.client.request(GroupCreateDocument, { input });
  return groupCreate.conversation.id;
}

/** Logs everybody out. */
export async function leave(cast: Cast): Promise<void> {
  await Promise.all([...cast.values()].map(({ client }) => client.request(LogoutDocument, {})));
}
