import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../src/database/database.js';
import { startEmbeddedMongo } from '../../src/embedded-mongo/index.js';

/** An open, empty database that goes away with the test. */
export interface TestDatabase extends Database {
  /** By which a server shares it. */
  readonly uri: string;
  stop(): Promise<void>;
}

interface Mongo {
  readonly uri: string;
  stop(): Promise<void>;
}

/** One server for all databases of a test file: to start it takes longer than most tests. */
let started: Promise<Mongo> | undefined;

const idleDatabases: TestDatabase[] = [];

afterAll(async () => {
  for (const database of idleDatabases) {
    await database.connection.dropDatabase();
    await database.close();
  }
  const mongo = await started;
  started = undefined;
  await mongo?.stop();
});

/** An empty database: on the MongoDB of MONGODB_URI where that is set, otherwise embedded in a folder of its own. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const idle = idleDatabases.pop();
  if (idle) return idle;
  started ??= startMongo();
  const uri = databaseOf((await started).uri);
  const reusable: TestDatabase = { ...(await openDatabase(uri)), uri, stop: () => putBack(reusable) };
  return reusable;
}

/** A database of its own on the MongoDB of MONGODB_URI; undefined where there is none. */
export function ownMongodbUri(): string | undefined {
  const given = process.env.MONGODB_URI;
  return given ? databaseOf(given) : undefined;
}

function databaseOf(mongodbUri: string): string {
  const uri = new URL(mongodbUri);
  uri.pathname = `/chatset-test-${randomUUID()}`;
  return uri.href;
}

/** Empties a database for the next test: the indexes are what takes long to make. */
async function putBack(database: TestDatabase): Promise<void> {
  await Promise.all(Object.values(database.collections).map((collection) => collection.deleteMany({})));
  idleDatabases.push(database);
}

async function startMongo(): Promise<Mongo> {
  const given = process.env.MONGODB_URI;
  if (given) return { uri: given, stop: () => Promise.resolve() };
  const dataDir = await mkdtemp(join(tmpdir(), 'chatset-'));
  const mongo = await startEmbeddedMongo({ dataDir });
  const stop = async (): Promise<void> => {
    await mongo.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { uri: mongo.uri, stop };
}
