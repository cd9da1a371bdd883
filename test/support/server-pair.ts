import { type Server, TestCluster } from './cluster.js';
import { TestRedis } from './redis.js';
import type { Person } from './wire-person.js';

/** Two processes of `chatset` with one Redis and one database. */
export interface ServerPair {
  readonly redis: TestRedis;
  readonly cluster: TestCluster;
  readonly servers: readonly [Server, Server];
  /** New ones: Ana speaks with the first process, Luis with the second. */
  people(): Promise<{ ana: Person; luis: Person }>;
}

/** To be called once in a `describe`: its tests share the processes. */
export function serverPair(): ServerPair {
  let redis: TestRedis;
  let cluster: TestCluster;
  let servers: [Server, Server];
  beforeAll(async () => {
    [redis, cluster] = await Promise.all([TestRedis.start(), TestCluster.start()]);
    const settings = { REDIS_URL: redis.url };
    servers = [await cluster.serve(settings), await cluster.serve(settings)];
  });
  afterAll(async () => {
    await cluster.stop();
    await redis.stop();
  });
  return {
    get redis() {
      return redis;
    },
    get cluster() {
      return cluster;
    },
    get servers() {
      return servers;
    },
    people: async () => ({
      ana: await cluster.person(servers[0], 'ana'),
      luis: await cluster.person(servers[1], 'luis'),
    }),
  };
}
