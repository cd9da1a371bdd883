import { existsSync } from 'node:fs';
import type { Config } from '../config.js';
import { DataFolderInUseError, startEmbeddedMongo } from '../embedded-mongo/index.js';
import { findUri } from '../embedded-mongo/tools/uri.js';

export interface StorageOptions {
  /** Whether the embedded database may be in use by a server, whose database is used then. */
  readonly sharing: boolean;
  /** Whether an embedded database is made where there is none. */
  readonly making: boolean;
}

/**
 * Does something with the database of the settings.
 * @param work is given its address
 * @throws Error with cause and remedy when there is none, or it is in use and may not be
 */
export async function withStorage<T>(
  { mongodbUri, dataDir }: Config,
  { sharing, making }: StorageOptions,
  work: (uri: string) => Promise<T>,
): Promise<T> {
  if (mongodbUri !== '') return work(mongodbUri);
  if (!making && !existsSync(dataDir))
    throw new Error(`There is no data in ${dataDir} yet. Start the server first, or set DATA_DIR.`);
  const embedded = await startEmbeddedMongo({ dataDir }).catch((error: unknown) => {
    if (sharing && error instanceof DataFolderInUseError) return undefined;
    throw error;
  });
  if (!embedded) return work(await findUri(dataDir));
  try {
    return await work(embedded.uri);
  } finally {
    await embedded.stop();
  }
}
