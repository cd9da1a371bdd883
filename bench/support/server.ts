import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Usage } from './usage-reporter.js';

const bin = fileURLToPath(new URL('../../../bin/chatset.js', import.meta.url));
const usageReporter = new URL('usage-reporter.js', import.meta.url).href;

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

/** A server that tells what it uses. */
export interface ReportingServer extends ServerProcess {
  /** Collects garbage first. */
  usage(): Promise<Usage>;
}

/** @param settings beside a free port, no rate limits, and errors only in the log */
export async function startServer(settings: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  return (await launch([bin, 'start'], settings)).server;
}

/** Starts a server that tells what it uses. @param script of a rival; without it the server itself */
export async function startReportingServer(script?: URL): Promise<ReportingServer> {
  const program = script ? [fileURLToPath(script)] : [bin, 'start'];
  const argv = ['--expose-gc', '--import', usageReporter, ...program];
  const { server, child } = await launch(argv, { NODE_ENV: 'production' });
  const usage = async (): Promise<Usage> => {
    child.send('usage');
    const [report] = (await once(child, 'message')) as [Usage];
    return report;
  };
  return { ...server, usage };
}

async function launch(
  argv: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<{ server: ServerProcess; child: ChildProcess }> {
  const folder = await mkdtemp(join(tmpdir(), 'chatset-bench-'));
  const env = { PORT: '0', HOST: '127.0.0.1', RATE_LIMITS: 'off', LOG_LEVEL: 'error', DATA_DIR: folder, ...settings };
  const began = performance.now();
  const child = spawn(process.execPath, argv, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const abandon = (): void => void child.kill('SIGKILL');
  process.once('exit', abandon);
  const url = await addressIn(child.stdout!, ended);
  const readyAfter = performance.now() - began;
  const stop = async (): Promise<void> => {
    child.kill('SIGINT');
    const [code] = await ended;
    process.off('exit', abandon);
    await rm(folder, { recursive: true, force: true });
    if (code !== 0) throw new Error(`The server ended with code ${code ?? 'none'}.`);
  };
  return { server: { url, readyAfter, residentMemory: () => residentMemoryOf(child.pid ?? 0), stop }, child };
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
