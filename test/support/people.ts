import { MemoryBus } from '../../src/bus/memory-bus.js';
import { Compat } from '../../src/compat/compat.js';
import { composeConversations } from '../../src/composition/conversations.js';
import { composeCore } from '../../src/composition/core.js';
import { composePeople } from '../../src/composition/people.js';
import { readConfig } from '../../src/config.js';
import { Contexts } from '../../src/graphql/contexts.js';
import { createExecutor } from '../../src/graphql/executor.js';
import { createLoaders } from '../../src/graphql/loaders.js';
import { buildChatSchema } from '../../src/graphql/schema.js';
import { HttpServer } from '../../src/http/server.js';
import { Health } from '../../src/observability/health.js';
import { createLogger } from '../../src/observability/logger.js';
import { openTestDatabase, type TestDatabase } from './database.js';

/** What a test of the people side may change. */
export interface PeopleOptions {
  /** Settings, as in the environment; rate limits are off unless they are given. */
  readonly variables?: Record<string, string>;
  /** Stands in for leaving all groups. */
  readonly leaveEverything?: (userId: string) => Promise<void>;
  readonly erasureRetryMs?: number;
  /** Time stands still but for these milliseconds. */
  readonly clock?: { ahead: number };
  /** What a slow reader of Socket.IO gets to catch up, in milliseconds. */
  readonly slowReaderMs?: number;
  /** Share another server's database instead of an empty one. */
  readonly database?: TestDatabase;
}

export type PeopleServer = Awaited<ReturnType<typeof startPeople>>;

/** A whole server on a free port whose clock and erasures a test can hold in its hands. */
export async function startPeople(options: PeopleOptions = {}) {
  const database = options.database ?? (await openTestDatabase());
  const { collections } = database;
  // Addresses are told by a proxy, so that one machine can play several.
  const config = readConfig({ RATE_LIMITS: 'off', TRUST_PROXY: '1', LOG_LEVEL: 'silent', ...options.variables });
  const bus = new MemoryBus();
  const errors: unknown[] = [];
  const onError = (error: unknown): void => void errors.push(error);
  const core = composeCore({ config, collections, bus, onError });
  const conversations = composeConversations(core);
  const people = composePeople(core, options.leaveEverything ?? leaveWith(conversations), timesOf(options));
  const { presence, limits, authenticate, observer } = people;
  const guard = { rateLimits: limits, touch: presence.touch.bind(presence) };
  const schema = buildChatSchema([...people.resolvers, ...conversations.resolvers], guard);
  const sources = {
    ...core,
    reader: core.log.reader,
    findable: people.directory.findable.bind(people.directory),
    presenceFor: presence.presenceFor.bind(presence),
  };
  const contexts = new Contexts({ loadersFor: (actor) => createLoaders(actor, sources), streams: core.streams });
  const logger = createLogger(config);
  const executor = createExecutor({ schema, contexts, logger, introspection: true });
  const health = new Health({});
  const server = new HttpServer({ config, schema, executor, contexts, authenticate, bus, observer, health, logger });
  const { slowReaderMs } = options;
  const compat = new Compat({ config, schema, executor, contexts, authenticate, slowReaderMs, logger }, server);
  await people.start();
  const url = await server.listen(0, '127.0.0.1');
  const leaving: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(leaving.map((leave) => leave()));
    await Promise.all([compat.stop(), server.stop()]);
    await conversations.stop();
    await people.stop();
    if (!options.database) await database.stop();
  };
  const { liveSockets } = server;
  return { url, database, collections, errors, relations: core.relations, ...people, liveSockets, leaving, stop };
}

function leaveWith({ departures }: ReturnType<typeof composeConversations>) {
  return (userId: string) => departures.leaveEverything(userId);
}

function timesOf({ clock, erasureRetryMs }: PeopleOptions) {
  const startedAt = Date.now();
  return { erasureRetryMs, now: clock && (() => startedAt + clock.ahead) };
}
