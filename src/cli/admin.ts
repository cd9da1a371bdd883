import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { composeRooms } from '../app.js';
import { maxPasswordLength, minPasswordLength } from '../auth/passwords.js';
import { MemoryBus } from '../bus/memory-bus.js';
import type { PeopleRooms } from '../composition/people.js';
import { type Config, loadConfig } from '../config.js';
import { openDatabase } from '../database/database.js';
import { ChatError } from '../errors.js';
import type { User } from '../users/user.model.js';
import { reportFailure } from './report.js';
import { withStorage } from './storage.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Makes somebody site admin, whether or not the server runs. @throws Error with cause and remedy */
export async function promote(username: string): Promise<void> {
  await withPeople(username, async ({ people, user }) => {
    await people.users.promote(user.username);
    say(`${user.username} is site admin.`);
  });
}

/** Makes a site admin a plain person again, whether or not the server runs. @throws Error with cause and remedy */
export async function demote(username: string): Promise<void> {
  await withPeople(username, async ({ people, user }) => {
    await people.users.demote(user.username);
    say(`${user.username} is not site admin.`);
  });
}

/**
 * Gives somebody another password and ends all its sessions.
 * @param options stdin: the password is read from standard input; otherwise one is made and told
 * @throws Error with cause and remedy
 */
export async function resetPassword(username: string, options: { readonly stdin: boolean }): Promise<void> {
  const password = options.stdin ? await givenPassword() : randomBytes(15).toString('base64url');
  await withPeople(username, async ({ people, user }) => {
    await people.users.resetPassword(user.username, password);
    say(`${user.username} has a new password, and every session of ${user.username} has ended.`);
    if (!options.stdin) say(`The password is ${password}`);
  });
}

/** What to do with somebody's sessions; without either they are listed. */
export interface SessionChoice {
  /** The id of one to end. */
  readonly end?: string;
  readonly endAll?: true;
}

/** Lists somebody's sessions, or ends one or all of them. @throws Error with cause and remedy */
export async function sessions(username: string, { end, endAll }: SessionChoice): Promise<void> {
  await withPeople(username, async ({ people: { sessions }, user }) => {
    const person = { userId: user.id };
    if (endAll) say(endedOf((await sessions.endAllOf(user.id)).length));
    else if (end !== undefined) say(`Session ${await sessions.endOne(person, end)} has ended.`);
    else for (const session of await sessions.list(person)) say(lineOf(session));
  });
}

function endedOf(count: number): string {
  return count === 1 ? '1 session has ended.' : `${count} sessions have ended.`;
}

function lineOf({ id, lastSeenAt, userAgent }: { id: string; lastSeenAt: Date; userAgent?: string | null }): string {
  return `${id}  last used ${lastSeenAt.toISOString()}  ${userAgent ?? 'unknown program'}`;
}

async function givenPassword(): Promise<string> {
  const password = (await text(process.stdin)).replace(/\r?\n$/, '');
  if (password.length >= minPasswordLength && password.length <= maxPasswordLength) return password;
  throw new Error(
    `The password must have from ${minPasswordLength} to ${maxPasswordLength} characters. Give it on standard input.`,
  );
}

/** The rooms of people over the database of the settings, and who is meant. */
interface Meant {
  readonly people: PeopleRooms;
  readonly user: User;
}

async function withPeople(username: string, work: (meant: Meant) => Promise<unknown>): Promise<void> {
  const config = loadConfig();
  await withStorage(config, { sharing: true, making: false }, async (uri) => {
    const database = await openDatabase(uri);
    try {
      const { collections } = database;
      const { people } = composeRooms({ config, collections, bus: new MemoryBus(), onError: reportFailure });
      const user = await people.users.named(username).catch((error: unknown) => {
        throw error instanceof ChatError && error.code === 'NOT_FOUND' ? nobody(username, config) : error;
      });
      await work({ people, user });
    } finally {
      await database.close();
    }
  });
}

function nobody(username: string, { mongodbUri, dataDir }: Config): Error {
  const place = mongodbUri === '' ? dataDir : 'the database of MONGODB_URI';
  return new Error(
    `Nobody in ${place} has the username "${username}". Register the person first, or check the spelling.`,
  );
}
