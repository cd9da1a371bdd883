import { existsSync } from 'node:fs';
import { composeRooms } from '../app.js';
import { MemoryBus } from '../bus/memory-bus.js';
import { type Config, loadConfig } from '../config.js';
import { type Collections, openDatabase } from '../database/database.js';
import { DataFolderInUseError, startEmbeddedMongo } from '../embedded-mongo/index.js';
import { findUri } from '../embedded-mongo/tools/uri.js';
import { ChatError } from '../errors.js';
import { reportFailure } from './report.js';

interface Storage {
  readonly uri: string;
  stop(): Promise<void>;
}

/**
 * Makes somebody site admin, whether or not the server runs, and says so.
 * @returns the exit code: 1 when nobody has the username, the settings cannot be read or the database cannot be reached
 */
export async function promote(username: string): Promise<number> {
  try {
    const config = loadConfig();
    const storage = await storageOf(config);
    try {
      await promoteIn(storage.uri, config, username);
    } finally {
      await storage.stop();
    }
    process.stdout.write(`${username} is site admin.\n`);
    return 0;
  } catch (error) {
    reportFailure(error);
    return 1;
  }
}

async function promoteIn(uri: string, config: Config, username: string): Promise<void> {
  const database = await openDatabase(uri);
  try {
    await promoteAmong(database.collections, config, username);
  } finally {
    await database.close();
  }
}

async function promoteAmong(collections: Collections, config: Config, username: string): Promise<void> {
  const { people } = composeRooms({ config, collections, bus: new MemoryBus(), onError: reportFailure });
  try {
    await people.users.promote(username);
  } catch (error) {
    if (error instanceof ChatError && error.code === 'NOT_FOUND') throw nobody(username, config);
    throw error;
  }
}

/** The database of the settings; the embedded one is shared with the server that runs it, or run for the moment. */
async function storageOf({ mongodbUri, dataDir }: Config): Promise<Storage> {
  const notOurs = { stop: () => Promise.resolve() };
  if (mongodbUri !== '') return { uri: mongodbUri, ...notOurs };
  if (!existsSync(dataDir))
    throw new Error(`There is no data in ${dataDir} yet. Start the server first, or set DATA_DIR.`);
  try {
    return await startEmbeddedMongo({ dataDir });
  } catch (error) {
    if (!(error instanceof DataFolderInUseError)) throw error;
    return { uri: await findUri(dataDir), ...notOurs };
  }
}

function nobody(username: string, { mongodbUri, dataDir }: Config): Error {
  const place = mongodbUri === '' ? dataDir : 'the database of MONGODB_URI';
  return new Error(
    `Nobody in ${place} has the username "${username}". Register the person first, or check the spelling.`,
  );
}
