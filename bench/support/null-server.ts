import { once } from 'node:events';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { BSON } from 'mongodb';

/*
 * A server that speaks just enough of MongoDB's wire protocol to accept every insert and keep none, in a thread of its
 * own as the embedded database is: what the driver can do at most.
 */

const headerSize = 16;
const query = 2004;

const hello = BSON.serialize({
  ismaster: true,
  helloOk: true,
  isWritablePrimary: true,
  maxBsonObjectSize: 16 * 1024 * 1024,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  logicalSessionTimeoutMinutes: 30,
  minWireVersion: 0,
  maxWireVersion: 21,
  ok: 1,
});
const accepted = BSON.serialize({ n: 1, ok: 1 });

function answer(request: Buffer): Buffer {
  const isQuery = request.readInt32LE(12) === query;
  const prefix = Buffer.alloc(isQuery ? 20 : 5);
  if (isQuery) prefix.writeInt32LE(1, 16);
  const body = request.includes('hello') || request.includes('ismaster') ? hello : accepted;
  const header = Buffer.alloc(headerSize);
  header.writeInt32LE(headerSize + prefix.length + body.length, 0);
  header.writeInt32LE(request.readInt32LE(4), 8);
  header.writeInt32LE(isQuery ? 1 : 2013, 12);
  return Buffer.concat([header, prefix, body]);
}

function serve(socket: Socket): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    while (rest.length >= headerSize && rest.length >= rest.readInt32LE(0)) {
      const size = rest.readInt32LE(0);
      socket.write(answer(rest.subarray(0, size)));
      rest = rest.subarray(size);
    }
  });
}

/** Starts it. `stop` ends it and removes its socket. */
export async function startNullServer(): Promise<{ uri: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-null-'));
  const path = join(folder, 'null.sock');
  const worker = new Worker(new URL(import.meta.url), { workerData: path });
  await once(worker, 'message');
  return {
    uri: `mongodb://${encodeURIComponent(path)}/?directConnection=true`,
    stop: async () => {
      await worker.terminate();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** How often a second a block of 4 KiB is put on the disk that temporary files are on. */
export function syncsASecond(milliseconds: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'bench-sync-'));
  const file = openSync(join(folder, 'file'), 'w');
  const block = Buffer.alloc(4096, 1);
  const started = performance.now();
  let done = 0;
  for (; performance.now() - started < milliseconds; done += 1) {
    writeSync(file, block, 0, block.length, 0);
    fdatasyncSync(file);
  }
  closeSync(file);
  rmSync(folder, { recursive: true, force: true });
  return (done / milliseconds) * 1000;
}

if (!isMainThread && parentPort) {
  const port = parentPort;
  createServer(serve).listen(workerData as string, () => port.postMessage('ready'));
}
