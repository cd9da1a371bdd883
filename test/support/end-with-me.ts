import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/** Waits until whoever holds the other end of its input is gone, then ends what it was given. */
const watch = 'read -r line; kill -s KILL -- "$0"';

/**
 * Ends a process when this one is gone, however it ended: a guard sees to it, whom no signal to this one and its group
 * reaches. What stands still is ended, too.
 * @param whole `group`: with all others of the group that it leads, and those also when it has ended itself
 */
export function endWithMe(child: ChildProcess, whole: 'process' | 'group' = 'process'): void {
  const { pid } = child;
  if (pid === undefined) return;
  const target = String(whole === 'group' ? -pid : pid);
  const guard = spawn('sh', ['-c', watch, target], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  guard.unref();
  (guard.stdin as Socket).unref();
  child.once('exit', () => (whole === 'group' ? guard.stdin.end() : guard.kill('SIGKILL')));
}
