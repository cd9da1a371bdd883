import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, startApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { createLogger } from '../../src/observability/logger.js';
import { UserRegisterDocument } from '../../src/generated/operations.js';
import { ownMongodbUri } from './database.js';
import { Person, send } from './wire-person.js';

/** A whole server on a free port, with a database of its own. */
export interface TestServer {
  readonly app: App;
  readonly url: string;
  /** Registers people; names are made unique by a suffix that no test has to know. */
  people<const Names extends readonly string[]>(...names: Names): Promise<{ [K in keyof Names]: Person }>;
  /** The database commands of one call, as `collection.method`. */
  commandsOf(call: () => Promise<unknown>): Promise<string[]>;
  stop(): Promise<void>;
}

const password = 'correct horse battery staple';

/**
 * @param variables settings, as in the environment; rate limits are off unless they are given
 * @param log takes the lines of the log; standard output when absent
 */
export async function startChatset(
  variables: Record<string, string> = {},
  log?: (line: string) => void,
): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'chatset-'));
  const config = readConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    RATE_LIMITS: 'off',
    INTROSPECTION: 'on',
    MONGODB_URI: ownMongodbUri() ?? '',
    ...variables,
  });
  const app = await startApp(config, log && createLogger(config, { write: log }));
  const people: Person[] = [];
  const register = async (name: string): Promise<Person> => {
    const input = { username: `${name}-${people.length}`, password, name };
    const { userRegister } = await send(app, UserRegisterDocument, { input });
    const person = new Person(app.url, { ...userRegister.user, token: userRegister.token, password });
    people.push(person);
    return person;
  };
  return {
    app,
    url: app.url,
    people: async (...names) => {
      const registered: Person[] = [];
      for (const name of names) registered.push(await register(name));
      return registered as never;
    },
    commandsOf: async (call) => {
      const { db } = app.collections.users.model;
      const commands: string[] = [];
      db.set('debug', (collection: string, method: string) => void commands.push(`${collection}.${method}`));
      await call();
      db.set('debug', false);
      return commands;
    },
    stop: async () => {
      await Promise.all(people.map((person) => person.leave()));
      await app.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
