import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { DataFolderError, DataFolderInUseError } from './errors.js';
import type { WorkerMessage } from './worker.js';

export { DataFolderError, DataFolderInUseError };

/** A database that runs in a thread of its own. */
export interface EmbeddedMongo {
  /** What the driver, Mongoose, mongosh and Compass connect with. */
  readonly uri: string;
  /** Puts everything on disk, ends all connections, and gives the folder free. */
  stop(): Promise<void>;
}

export interface EmbeddedMongoOptions {
  /** The folder of the data files; made when it is missing. */
  readonly dataDir: string;
  /** Listen on a loopback port with a secret; by default only on Windows, a Unix socket in the folder elsewhere. */
  readonly usesPort?: boolean;
}

function failure(message: Exclude<WorkerMessage, { kind: 'ready' }>): Error {
  return message.kind === 'in-use'
    ? new DataFolderInUseError(message.dataDir, message.pid)
    : new DataFolderError(message.dataDir, message.reason, message.problem);
}

/**
 * Starts the embedded database on a data folder.
 * @throws DataFolderInUseError when another database has the folder, DataFolderError when it cannot be used.
 */
export async function startEmbeddedMongo(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const { dataDir, usesPort = process.platform === 'win32' } = options;
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: { dataDir, usesPort },
    name: 'embedded-mongo',
  });
  const [message] = (await once(worker, 'message')) as [WorkerMessage];
  if (message.kind !== 'ready') {
    await worker.terminate();
    throw failure(message);
  }
  let stopped: Promise<unknown> | undefined;
  return {
    uri: message.uri,
    stop: async () => {
      stopped ??= stopWorker(worker);
      await stopped;
    },
  };
}

async function stopWorker(worker: Worker): Promise<void> {
  const exited = once(worker, 'exit');
  worker.postMessage('stop');
  await exited;
}
