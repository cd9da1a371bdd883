import { type App, startApp, type Times } from '../../src/app.js';
import type { LinkWrapper } from '../../src/composition/cluster.js';
import { readConfig } from '../../src/config.js';
import { defaultWsTimings } from '../../src/http/ws-timings.js';
import { createLogger } from '../../src/observability/logger.js';
import { logIn, type NewPerson, register } from './accounts.js';
import { openTestDatabase, type TestDatabase } from './database.js';
import { type Person, Visitor } from './wire-person.js';

/** What a test holds in its hands. */
export interface ChatsetOptions {
  /** Takes the lines of the log; standard output when absent. */
  readonly log?: (line: string) => void;
  /** Time stands still but for these milliseconds. */
  readonly clock?: { ahead: number };
  /** Milliseconds between two looks of an erasure. */
  readonly erasurePauseMs?: number;
  /** What a slow reader gets to catch up, in milliseconds. */
  readonly slowReaderMs?: number;
  /** In which a socket must say who it is, in milliseconds. */
  readonly introductionMs?: number;
  /** Used instead of a database of the server's own; the test ends it. */
  readonly database?: TestDatabase;
  /** Stands between the server and the other processes. */
  readonly wrapLink?: LinkWrapper;
}

/** A whole server on a free port, with a database of its own. */
export interface TestServer {
  readonly app: App;
  readonly url: string;
  /** Registers people; names are made unique by a suffix that no test has to know. */
  people<const Names extends readonly string[]>(...names: Names): Promise<{ [K in keyof Names]: Person }>;
  /** Registers somebody under exactly this username. */
  register(username: string, more?: Omit<NewPerson, 'username'>): Promise<Person>;
  /** Logs somebody in once more. @throws GraphqlFailure */
  logIn(username: string, password?: string): Promise<Person>;
  /** Somebody who is not logged in. */
  visitor(headers?: Record<string, string>): Visitor;
  /** The database commands of one call, as `collection.method`. */
  commandsOf(call: () => Promise<unknown>): Promise<string[]>;
  /** Makes a command, as `collection.method`, fail each time until the answer is called. */
  breakCommand(command: string): () => void;
  /** Does something when a command, as `collection.method`, is about to be sent, until the answer is called. */
  beforeCommand(command: string, act: () => void): () => void;
  stop(): Promise<void>;
}

/** @param variables settings, as in the environment; rate limits are off unless they are given */
export async function startChatset(
  variables: Record<string, string> = {},
  options: ChatsetOptions = {},
): Promise<TestServer> {
  const { log, wrapLink, database = await openTestDatabase() } = options;
  const config = readConfig({
    PORT: '0',
    LOG_LEVEL: 'error',
    RATE_LIMITS: 'off',
    INTROSPECTION: 'on',
    MONGODB_URI: database.uri,
    ...variables,
  });
  const logger = log && createLogger(config, { write: log });
  const app = await startApp(config, { logger, wrapLink, times: timesOf(options) });
  const guests = new Guests(app);
  return {
    app,
    url: app.url,
    people: (...names) => guests.people(names) as never,
    register: (username, more) => guests.add(register(app, { username, ...more })),
    logIn: (username, password) => guests.add(logIn(app, username, password)),
    visitor: (headers) => new Visitor(app.url, undefined, headers),
    ...commandsOn(app),
    stop: async () => {
      await guests.leave();
      await app.stop();
      if (!options.database) await database.stop();
    },
  };
}

/** Who has come to a server, and must leave it before it stops. */
class Guests {
  private readonly all: Person[] = [];

  constructor(private readonly app: App) {}

  async add(coming: Promise<Person>): Promise<Person> {
    const person = await coming;
    this.all.push(person);
    return person;
  }

  async people(names: readonly string[]): Promise<Person[]> {
    const registered: Person[] = [];
    for (const name of names) {
      registered.push(await this.add(register(this.app, { username: `${name}-${this.all.length}`, name })));
    }
    return registered;
  }

  async leave(): Promise<void> {
    await Promise.all(this.all.map((person) => person.leave()));
  }
}

/** What a test sees of the database commands of a server, and does to them. */
function commandsOn(app: App): Pick<TestServer, 'commandsOf' | 'breakCommand' | 'beforeCommand'> {
  return {
    commandsOf: async (call) => {
      const commands: string[] = [];
      const unwatch = watchCommands(app, (command) => void commands.push(command));
      await call();
      unwatch();
      return commands;
    },
    breakCommand: (broken) =>
      watchCommands(app, (command) => {
        if (command === broken) throw new Error(`The database fails at ${command}.`);
      }),
    beforeCommand: (awaited, act) =>
      watchCommands(app, (command) => {
        if (command === awaited) act();
      }),
  };
}

function timesOf({ clock, erasurePauseMs, slowReaderMs, introductionMs }: ChatsetOptions): Times {
  const startedAt = Date.now();
  return {
    now: clock && (() => startedAt + clock.ahead),
    erasurePauseMs,
    sockets: {
      ...defaultWsTimings,
      ...(slowReaderMs !== undefined && { slowReader: slowReaderMs }),
      ...(introductionMs !== undefined && { init: introductionMs }),
    },
  };
}

/** Tells of every database command before it is sent; what the hearer throws, the command fails with. */
function watchCommands({ collections }: App, hear: (command: string) => void): () => void {
  const { db } = collections.users.model;
  db.set('debug', (collection: string, method: string) => hear(`${collection}.${method}`));
  return () => void db.set('debug', false);
}
