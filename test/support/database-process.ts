import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const runner = fileURLToPath(new URL('../../src/cli/database-tools.js', import.meta.url));

/** A database that is a process of its own. Begun again in the same folder it has the same address and content. */
export interface DatabaseProcess {
  readonly uri: string;
  kill(): Promise<void>;
  /** It stands still with all its connections open, until `resume`. */
  pause(): void;
  resume(): void;
}

/** What `npm run db:serve` runs. @returns once it has told its address */
export async function serveDatabase(folder: string): Promise<DatabaseProcess> {
  const child = spawn(process.execPath, [runner, 'serve', '--data', 'database'], { cwd: folder });
  const failed = once(child, 'close').then(() => Promise.reject(new Error('The database has ended.')));
  const [line] = (await Promise.race([once(child.stdout.setEncoding('utf8'), 'data'), failed])) as [string];
  failed.catch(() => undefined);
  return {
    kill: () => end(child),
    uri: line.trim(),
    pause: () => child.kill('SIGSTOP'),
    resume: () => child.kill('SIGCONT'),
  };
}

async function end(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'close');
  child.kill('SIGKILL');
  await gone;
}
