import { once } from 'node:events';
import { startEmbeddedMongo } from '../index.js';

/**
 * Runs the embedded database as a process of its own until SIGINT or SIGTERM, and prints its URI.
 * @throws DataFolderInUseError, DataFolderError.
 */
export async function serve(dataDir: string): Promise<void> {
  const mongo = await startEmbeddedMongo({ dataDir });
  const told = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  process.stdout.write(`${mongo.uri}\n`);
  await told;
  await mongo.stop();
}
