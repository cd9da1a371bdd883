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
let usedDatabases = 0;
let isOver = false;

// What a file starts for all of its tests is stopped after this.
afterAll(async () => {
  isOver = true;
  await closeUnlessUsed();
});

/** An empty database: on the MongoDB of MONGODB_URI where that is set, otherwise embedded in a folder of its own. */
export async function openTestDatabase(): Promise<TestDatabase> {
  usedDatabases += 1;
  const idle = idleDatabases.pop();
  if (idle) return idle;
  started ??= startMongo();
  const uri = databaseOf((await started).uri);
  const reusable: TestDatabase = { ...(await openDatabase(uri)), uri, stop: () => putBack(reusable) };
  return reusable;
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
  usedDatabases -= 1;
  if (isOver) await closeUnlessUsed();
}

async function closeUnlessUsed(): Promise<void> {
  if (usedDatabases > 0) return;
  for (const database of idleDatabases) {
    await database.connection.dropDatabase();
    await database.close();
  }
  await (await started)?.stop();
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
