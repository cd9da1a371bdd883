import type { LimiterFactory } from '../auth/rate-limits.js';
import { sharedLimiters } from '../auth/shared-limiter.js';
import type { Bus } from '../bus/bus.js';
import type { BusLink } from '../bus/bus-link.js';
import { MemoryBus } from '../bus/memory-bus.js';
import { SharedBus } from '../bus/shared-bus.js';
import type { Config } from '../config.js';
import type { Database } from '../database/database.js';
import { ProcessRegistry } from '../database/process-registry.js';
import type { Health } from '../observability/health.js';
import type { Logger } from '../observability/logger.js';

/** This process among all that use the same database. */
export interface Cluster {
  readonly bus: Bus;
  /** Counters that all processes share; absent in a process that is alone. */
  readonly limiters?: LimiterFactory;
  /** Says on /readyz, and once in the log, when processes do not hear each other. */
  watch(health: Health): void;
  stop(): Promise<void>;
}

/** Gives a test its hands on what travels between processes. */
export type LinkWrapper = (link: BusLink) => BusLink;

export interface ClusterParts {
  readonly config: Config;
  readonly database: Database;
  readonly logger: Logger;
  readonly wrapLink?: LinkWrapper;
}

const watchEveryMs = 1_000;

/** Connects with the other processes: through Redis where it is set. A Redis that does not answer keeps nobody from starting. */
export async function joinCluster(parts: ClusterParts): Promise<Cluster> {
  const { redisUrl } = parts.config;
  if (redisUrl === '') return alone(parts);
  const name = await ProcessRegistry.installationOf(parts.database.connection);
  const onError = (error: Error): void => parts.logger.warn({ err: error }, 'no connection to Redis');
  // A process that is alone does not load the client of Redis.
  const { RedisLink } = await import('../bus/redis-link.js');
  const link = new RedisLink(redisUrl, `chatset:${name}:bus`, onError);
  const bus = new SharedBus(parts.wrapLink?.(link) ?? link);
  await bus.open();
  const limiters = sharedLimiters(link.commands, name);
  const registry = new ProcessRegistry(parts.database.connection, bus.processId);
  bus.expect(() => registry.others);
  const checks = { redis: () => assertUp(link) };
  return { ...clusterOf({ ...parts, bus, registry }, checks), limiters };
}

function alone(parts: ClusterParts): Cluster {
  const bus = new MemoryBus();
  const registry = new ProcessRegistry(parts.database.connection, bus.processId);
  return clusterOf({ ...parts, bus, registry }, {});
}

type Surroundings = ClusterParts & { readonly bus: Bus; readonly registry: ProcessRegistry };

function clusterOf({ bus, registry, logger }: Surroundings, checks: Record<string, () => void>): Cluster {
  const all = { ...checks, processes: () => assertHeard(registry, bus) };
  let timer: NodeJS.Timeout | undefined;
  registry.start();
  return {
    bus,
    watch: (health) => {
      for (const [name, check] of Object.entries(all)) health.addMinor(name, check);
      timer = setInterval(announcer(all, logger), watchEveryMs).unref();
    },
    stop: async () => {
      clearInterval(timer);
      await bus.stop();
      await registry.stop();
    },
  };
}

/** Says in the log what fails, once until it works again. */
function announcer(checks: Record<string, () => void>, logger: Logger): () => void {
  const failing = new Set<string>();
  return () => {
    for (const [name, check] of Object.entries(checks)) {
      const message = complaintOf(check);
      if (message !== undefined && !failing.has(name)) logger.error(message);
      if (message === undefined && failing.delete(name)) logger.info(`${name}: ok again`);
      if (message !== undefined) failing.add(name);
    }
  };
}

function complaintOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function assertUp(link: BusLink): void {
  if (link.isUp) return;
  throw new Error(
    'Redis does not answer. Messages are kept and delivered within seconds, not at once. Start it, or correct REDIS_URL.',
  );
}

function assertHeard(registry: ProcessRegistry, bus: Bus): void {
  const unheard = registry.others.filter((id) => !bus.hears(id));
  if (unheard.length === 0) return;
  throw new Error(
    bus.isShared
      ? 'Another process uses this database and is not heard through Redis. Give every process the same REDIS_URL.'
      : 'Another process uses this database, and REDIS_URL is not set: people on one process do not see what happens on the other. Set the same REDIS_URL for every process, or stop all but one.',
  );
}
