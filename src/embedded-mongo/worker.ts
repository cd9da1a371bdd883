import { parentPort, workerData } from 'node:worker_threads';
import type { DatabaseOptions } from './database.js';
import { startDatabase } from './database.js';
import type { DataFolderProblem } from './errors.js';
import { DataFolderInUseError } from './errors.js';
import { folderError } from './folder.js';

/** What the thread tells the one that started it. */
export type WorkerMessage =
  | { readonly kind: 'ready'; readonly uri: string }
  | { readonly kind: 'in-use'; readonly dataDir: string; readonly pid: number | undefined }
  | {
      readonly kind: 'unusable';
      readonly dataDir: string;
      readonly reason: string;
      readonly problem: DataFolderProblem;
    };

function describe(error: unknown, { dataDir }: DatabaseOptions): WorkerMessage {
  if (error instanceof DataFolderInUseError) return { kind: 'in-use', dataDir: error.dataDir, pid: error.pid };
  const unusable = folderError(dataDir, error);
  return { kind: 'unusable', dataDir: unusable.dataDir, reason: unusable.reason, problem: unusable.problem };
}

const port = parentPort;
const options = workerData as DatabaseOptions;
if (!port) throw new Error('worker.ts runs in a worker thread');
try {
  const database = await startDatabase(options);
  port.once('message', () => void database.stop().then(() => port.close()));
  port.postMessage({ kind: 'ready', uri: database.uri } satisfies WorkerMessage);
} catch (error) {
  port.postMessage(describe(error, options));
}
