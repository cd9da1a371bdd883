import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../src/database/database.js';
import { startEmbeddedMongo } from '../../src/embedded-mongo/index.js';

/** An open database that goes away with the test. */
export interface TestDatabase extends Database {
  stop(): Promise<void>;
}

/** An empty database: on the MongoDB of MONGODB_URI where that is set, otherwise embedded in a folder of its own. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const given = ownMongodbUri();
  if (given !== undefined) {
    const database = await openDatabase(given);
    const stop = async (): Promise<void> => {
      await database.connection.dropDatabase();
      await database.close();
    };
    return { ...database, stop };
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'chatset-'));
  const embedded = await startEmbeddedMongo({ dataDir });
  const database = await openDatabase(embedded.uri);
  const stop = async (): Promise<void> => {
    await database.close();
    await embedded.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { ...database, stop };
}

/** A database of its own on the MongoDB of MONGODB_URI; undefined where there is none. */
export function ownMongodbUri(): string | undefined {
  const given = process.env.MONGODB_URI;
  if (!given) return undefined;
  const uri = new URL(given);
  uri.pathname = `/chatset-test-${process.pid}-${Math.random().toString(36).slice(2)}`;
  return uri.href;
}
