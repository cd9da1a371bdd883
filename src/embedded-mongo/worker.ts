import { parentPort, workerData } from 'node:worker_threads';
import type { DatabaseOptions } from './database.js';
import { startDatabase } from './database.js';
import { DataFolderInUseError } from './errors.js';

/** What the thread tells the one that started it. */
export type WorkerMessage =
  | { readonly kind: 'ready'; readonly uri: string }
  | { readonly kind: 'in-use'; readonly dataDir: string; readonly pid: number | undefined }
  | { readonly kind: 'failed'; readonly message: string };

function describe(error: unknown): WorkerMessage {
  if (error instanceof DataFolderInUseError) return { kind: 'in-use', dataDir: error.dataDir, pid: error.pid };
  return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
}

const port = parentPort;
if (!port) throw new Error('worker.ts runs in a worker thread');
try {
  const database = await startDatabase(workerData as DatabaseOptions);
  port.once('message', () => void database.stop().then(() => port.close()));
  port.postMessage({ kind: 'ready', uri: database.uri } satisfies WorkerMessage);
} catch (error) {
  port.postMessage(describe(error));
}
