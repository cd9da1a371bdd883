import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { freePort, TestRedis } from '../../support/redis.js';
import type { StoredEntry } from './history.js';
import type { Flaws } from './lossy-link.js';
import { Victim } from './victim.js';

const serverProgram = fileURLToPath(new URL('./server.js', import.meta.url));
const brokenLoader = new URL('./broken/loader.js', import.meta.url).href;
const databaseProgram = fileURLToPath(new URL('../../../src/cli/database-tools.js', import.meta.url));

/** A process of Chatset and where it listens, also after it was killed. */
export interface ServerVictim {
  readonly victim: Victim;
  readonly url: string;
}

interface WorldParts {
  readonly folder: string;
  readonly redis: TestRedis;
  readonly database: Victim;
  readonly servers: readonly ServerVictim[];
  readonly mongo: MongoClient;
}

/** One database, one Redis and two servers, each a process that can die. */
export class World {
  private constructor(private readonly parts: WorldParts) {}

  /** @param brokenBuild see `broken/builds.ts` */
  static async start(flaws: Flaws, brokenBuild = ''): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), 'chatset-faults-'));
    const args = [databaseProgram, 'serve', '--data', join(folder, 'data')];
    const database = new Victim({ args, cwd: folder, env: {}, ready: 'mongodb://' });
    const redis = await TestRedis.start();
    const servers: ServerVictim[] = [];
    try {
      const mongodbUri = (await database.start()).trim();
      const env = {
        MONGODB_URI: mongodbUri,
        REDIS_URL: redis.url,
        RATE_LIMITS: 'off',
        LOG_LEVEL: 'error',
        BROKEN_BUILD: brokenBuild,
      };
      const each = [flaws, { ...flaws, seed: flaws.seed + 1 }];
      servers.push(...(await Promise.all(each.map((own) => buildServer(folder, env, own)))));
      await Promise.all(servers.map(({ victim }) => victim.start()));
      return new World({ folder, redis, database, servers, mongo: new MongoClient(mongodbUri) });
    } catch (error) {
      await end({ folder, redis, database, servers });
      throw error;
    }
  }

  get redis(): TestRedis {
    return this.parts.redis;
  }

  get database(): Victim {
    return this.parts.database;
  }

  get servers(): readonly ServerVictim[] {
    return this.parts.servers;
  }

  /** Every log, as it is stored. */
  async readLog(): Promise<StoredEntry[]> {
    const rows = await this.parts.mongo.db().collection('messages').find().toArray();
    return rows.map(({ _id, ...row }) => toEntry({ id: _id, ...row }));
  }

  async stop(): Promise<void> {
    await this.parts.mongo.close();
    await end(this.parts);
  }
}

async function end({ servers, database, redis, folder }: Omit<WorldParts, 'mongo'>): Promise<void> {
  await Promise.all(servers.map(({ victim }) => victim.kill()));
  await database.kill();
  await redis.stop();
  await rm(folder, { recursive: true, force: true });
}

/** Ids become texts. */
function toEntry(row: Record<string, unknown>): StoredEntry {
  return JSON.parse(JSON.stringify(row)) as StoredEntry;
}

async function buildServer(cwd: string, env: Record<string, string>, flaws: Flaws): Promise<ServerVictim> {
  const port = String(await freePort());
  const args = ['--import', brokenLoader, serverProgram, JSON.stringify(flaws)];
  const victim = new Victim({ args, cwd, env: { ...env, PORT: port }, ready: 'ready http' });
  return { victim, url: `http://127.0.0.1:${port}` };
}
