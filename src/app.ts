// Before the first class whose decorators write metadata is loaded.
import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { Compat } from './compat/compat.js';
import { compatForms } from './compat/forms.js';
import { type Cluster, joinCluster, type LinkWrapper } from './composition/cluster.js';
import { composeConversations } from './composition/conversations.js';
import { composeCore, type Core, type CoreGiven } from './composition/core.js';
import { composePeople, type PeopleTimes } from './composition/people.js';
import type { Config } from './config.js';
import { type Collections, type CommandMeter, type Database, openDatabase } from './database/database.js';
import { eventForms } from './docs/event-forms.js';
import { startEmbeddedMongo } from './embedded-mongo/index.js';
import { Contexts } from './graphql/contexts.js';
import { createExecutor } from './graphql/executor.js';
import { createLoaders } from './graphql/loaders.js';
import { buildChatSchema } from './graphql/schema.js';
import { docsEndpoint } from './http/docs-endpoint.js';
import type { LiveSockets } from './http/live-sockets.js';
import { HttpServer } from './http/server.js';
import type { WsTimings } from './http/ws-timings.js';
import { Health } from './observability/health.js';
import { createLogger, type Logger } from './observability/logger.js';
import { Metrics } from './observability/metrics.js';
import { SessionSweep } from './sessions/session.sweep.js';

/** A running Chatset. */
export interface App {
  /** The address of everything, without a slash at its end. */
  readonly url: string;
  readonly collections: Collections;
  readonly rooms: Rooms;
  readonly liveSockets: LiveSockets;
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

/** What of time can be changed. */
export interface Times extends PeopleTimes {
  readonly sockets?: WsTimings;
}

/** What a process can be given instead of what it makes itself. */
export interface AppParts {
  readonly logger?: Logger;
  readonly times?: Times;
  readonly wrapLink?: LinkWrapper;
}

/** What the rooms stand in. */
interface Surroundings {
  readonly storage: Storage;
  readonly cluster: Cluster;
  readonly logger: Logger;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly timings?: WsTimings;
}

interface Storage {
  readonly database: Database;
  close(): Promise<void>;
}

/** Puts the services together. Nothing is read or written until they are started. */
export function composeRooms(given: CoreGiven, times?: PeopleTimes): Rooms {
  const core = composeCore(given);
  const conversations = composeConversations(core);
  const people = composePeople(core, (userId) => conversations.departures.leaveEverything(userId), times);
  const schema = buildChatSchema([...people.resolvers, ...conversations.resolvers], {
    rateLimits: people.limits,
    touch: (actor) => people.presence.touch(actor),
  });
  return { core, conversations, people, schema };
}

/**
 * Opens the database and listens.
 * @throws Error with cause and remedy when the port is taken or the data folder is in use
 */
export async function startApp(config: Config, { times, wrapLink, ...given }: AppParts = {}): Promise<App> {
  const logger = given.logger ?? createLogger(config);
  const health = new Health({ database: () => storage.database.ping() });
  const metrics = new Metrics(() => health.report());
  const storage = await openStorage(config, metrics);
  let cluster: Cluster | undefined;
  const onError = (error: unknown): void => logger.error({ err: error }, 'background work failed');
  try {
    const { collections } = storage.database;
    cluster = await joinCluster({ config, database: storage.database, logger, wrapLink });
    const { bus, limiters } = cluster;
    bus.subscribe((message) => metrics.heard(message));
    cluster.watch(health);
    const onStored = metrics.sent.bind(metrics);
    const rooms = composeRooms({ config, collections, bus, limiters, onError, onStored }, times);
    await rooms.conversations.start();
    await rooms.people.start();
    return await listen(rooms, { storage, cluster, logger, health, metrics, timings: times?.sockets });
  } catch (error) {
    await cluster?.stop();
    await storage.close();
    throw error;
  }
}

async function listen(
  rooms: Rooms,
  { storage, cluster, logger, health, metrics, timings }: Surroundings,
): Promise<App> {
  const { core, people, conversations, schema } = rooms;
  const { config, collections, streams, bus, rounds } = core;
  const sources = {
    ...core,
    reader: core.log.reader,
    findable: people.directory.findable.bind(people.directory),
    presenceFor: people.presence.presenceFor.bind(people.presence),
  };
  const contexts = new Contexts({ loadersFor: (actor) => createLoaders(actor, sources), streams });
  const executor = createExecutor({ schema, contexts, logger, introspection: config.introspection, meter: metrics });
  const { authenticate, observer } = people;
  const served = { config, schema, executor, contexts, authenticate, bus, observer, health, logger, metrics, timings };
  const server = new HttpServer(served);
  server.mount('/docs', docsEndpoint(eventForms(schema, compatForms())));
  const compat = new Compat(served, server);
  const recheck = (): Promise<void> => server.liveSockets.recheck((ids) => people.sessions.rolesOf(ids));
  const sweep = new SessionSweep(recheck, core.onError);
  rounds.add(recheck);
  for (const part of [rounds, sweep]) part.start();
  const url = await server.listen(config.port, config.host);
  const doors = { stop: () => stopDoors(server, compat) };
  const database = { stop: () => storage.close() };
  const stop = (): Promise<void> => inTurn([doors, sweep, rounds, conversations, people, cluster, database]);
  return { url, collections, rooms, liveSockets: server.liveSockets, stop };
}

async function stopDoors(server: HttpServer, compat: Compat): Promise<void> {
  await server.announceStop();
  await Promise.all([server.stop(), compat.stop()]);
}

/** Stops one after the other, also after one that failed. @throws what the first one threw that did */
async function inTurn(parts: readonly { stop(): Promise<unknown> }[]): Promise<void> {
  const errors: unknown[] = [];
  for (const part of parts) await part.stop().catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw errors[0];
}

async function openStorage({ mongodbUri, dataDir }: Config, meter: CommandMeter): Promise<Storage> {
  if (mongodbUri !== '') {
    const database = await openDatabase(mongodbUri, meter);
    return { database, close: () => database.close() };
  }
  const embedded = await startEmbeddedMongo({ dataDir });
  const database = await openDatabase(embedded.uri, meter);
  return {
    database,
    close: async () => {
      await database.close();
      await embedded.stop();
    },
  };
}
