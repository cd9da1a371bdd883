import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const bin = fileURLToPath(new URL('../../../bin/chatset.js', import.meta.url));

/** A built server that runs as a process of its own, on a data folder of its own. */
export interface ServerProcess {
  readonly url: string;
  /** From the start of the process to the line that tells its address, in milliseconds. */
  readonly readyAfter: number;
  /** Resident memory, in megabytes of 1,000,000 bytes. */
  residentMemory(): Promise<number>;
  /** Stops it as Ctrl-C does, and removes its data. @throws Error when it does not end cleanly */
  stop(): Promise<void>;
}

/** @param settings beside a free port, no rate limits, and errors only in the log */
export async function startServer(settings: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'chatset-bench-'));
  const env = { PORT: '0', HOST: '127.0.0.1', RATE_LIMITS: 'off', LOG_LEVEL: 'error', DATA_DIR: folder, ...settings };
  const began = performance.now();
  const child = spawn(process.execPath, [bin, 'start'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const abandon = (): void => void child.kill('SIGKILL');
  process.once('exit', abandon);
  const url = await addressIn(child.stdout, ended);
  const readyAfter = performance.now() - began;
  return {
    url,
    readyAfter,
    residentMemory: () => residentMemoryOf(child.pid ?? 0),
    stop: async () => {
      child.kill('SIGINT');
      const [code] = await ended;
      process.off('exit', abandon);
      await rm(folder, { recursive: true, force: true });
      if (code !== 0) throw new Error(`The server ended with code ${code ?? 'none'}.`);
    },
  };
}

function addressIn(output: NodeJS.ReadableStream, ended: Promise<unknown>): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    output.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const [, url] = /API +(http:\S+)\/graphql/.exec(text) ?? [];
      if (url !== undefined) resolve(url);
    });
    void ended.then(() => reject(new Error('The server did not start.')));
  });
}

async function residentMemoryOf(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return (Number(stdout) * 1_024) / 1_000_000;
}
