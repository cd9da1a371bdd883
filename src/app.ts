import type { GraphQLSchema } from 'graphql';
import { Compat } from './compat/compat.js';
import { type Cluster, joinCluster, type LinkWrapper } from './composition/cluster.js';
import { composeConversations } from './composition/conversations.js';
import { composeCore, type Core } from './composition/core.js';
import { composePeople } from './composition/people.js';
import type { Config } from './config.js';
import { type Collections, type Database, openDatabase } from './database/database.js';
import { startEmbeddedMongo } from './embedded-mongo/index.js';
import { Contexts } from './graphql/contexts.js';
import { createExecutor, type Executor } from './graphql/executor.js';
import { createLoaders } from './graphql/loaders.js';
import { buildChatSchema } from './graphql/schema.js';
import { HttpServer } from './http/server.js';
import { Health } from './observability/health.js';
import { createLogger, type Logger } from './observability/logger.js';

/** A running Chatset. */
export interface App {
  /** The address of everything, without a slash at its end. */
  readonly url: string;
  readonly executor: Executor;
  readonly contexts: Contexts;
  readonly collections: Collections;
  /** Finishes what runs, closes every socket and writes everything that waits. */
  stop(): Promise<void>;
}

/** The rooms over a database, before anything listens. */
export interface Rooms {
  readonly core: Core;
  readonly conversations: ReturnType<typeof composeConversations>;
  readonly people: ReturnType<typeof composePeople>;
  readonly schema: GraphQLSchema;
}

interface Storage {
  readonly database: Database;
  close(): Promise<void>;
}

/** Puts the services together. Nothing is read or written until they are started. */
export function composeRooms(given: Pick<Core, 'config' | 'collections' | 'bus' | 'onError' | 'limiters'>): Rooms {
  const core = composeCore(given);
  const conversations = composeConversations(core);
  const people = composePeople(core, (userId) => conversations.departures.leaveEverything(userId));
  const schema = buildChatSchema([...people.resolvers, ...conversations.resolvers], {
    rateLimits: people.limits,
    touch: (actor) => people.presence.touch(actor),
  });
  return { core, conversations, people, schema };
}

/**
 * Opens the database and listens.
 * @param wrapLink gives a test its hands on what travels between processes
 * @throws Error with cause and remedy when the port is taken or the data folder is in use
 */
export async function startApp(
  config: Config,
  logger: Logger = createLogger(config),
  wrapLink?: LinkWrapper,
): Promise<App> {
  const storage = await openStorage(config);
  let cluster: Cluster | undefined;
  const onError = (error: unknown): void => logger.error({ err: error }, 'background work failed');
  try {
    cluster = await joinCluster({ config, database: storage.database, logger, wrapLink });
    const rooms = composeRooms({ config, collections: storage.database.collections, ...cluster, onError });
    await rooms.conversations.start();
    await rooms.people.start();
    return await listen(rooms, { storage, cluster, logger });
  } catch (error) {
    await cluster?.stop();
    await storage.close();
    throw error;
  }
}

async function listen(
  { core, people, conversations, schema }: Rooms,
  { storage, cluster, logger }: { storage: Storage; cluster: Cluster; logger: Logger },
): Promise<App> {
  const { config, collections, streams, bus, rounds } = core;
  const sources = {
    ...core,
    reader: core.log.reader,
    findable: people.directory.findable.bind(people.directory),
    presenceFor: people.presence.presenceFor.bind(people.presence),
  };
  const contexts = new Contexts({ loadersFor: (actor) => createLoaders(actor, sources), streams });
  const executor = createExecutor({ schema, contexts, logger, introspection: config.introspection });
  const health = new Health({ database: () => storage.database.ping() });
  const { authenticate, observer } = people;
  const server = new HttpServer({ config, schema, executor, contexts, authenticate, bus, observer, health, logger });
  const compat = new Compat({ config, schema, executor, contexts, authenticate, logger }, server);
  cluster.watch(health);
  rounds.add(() => server.liveSockets.recheck((ids) => people.sessions.endedAmong(ids)));
  rounds.start();
  const url = await server.listen(config.port, config.host);
  const stop = async (): Promise<void> => {
    await Promise.all([server.stop(), compat.stop()]);
    await rounds.stop();
    await conversations.stop();
    await people.stop();
    await cluster.stop();
    await storage.close();
  };
  return { url, executor, contexts, collections, stop };
}

async function openStorage({ mongodbUri, dataDir }: Config): Promise<Storage> {
  if (mongodbUri !== '') {
    const database = await openDatabase(mongodbUri);
    return { database, close: () => database.close() };
  }
  const embedded = await startEmbeddedMongo({ dataDir });
  const database = await openDatabase(embedded.uri);
  return {
    database,
    close: async () => {
      await database.close();
      await embedded.stop();
    },
  };
}
