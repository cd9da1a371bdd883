import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { endWithMe } from '../support/end-with-me.js';
import { eventually } from '../support/eventually.js';
import { workingFolder } from '../support/program.js';
import { describeWithRedis } from '../support/redis.js';

const main = fileURLToPath(new URL('./main.js', import.meta.url));

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** What runs or stands still on this machine. */
function processes(): Process[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' });
  return [...stdout.matchAll(/^ *(\d+) +(\d+) +([^Z\s]\S*) +(.*)$/gm)].map(([, pid, parent, , command = '']) => {
    return { pid: Number(pid), parent: Number(parent), command };
  });
}

/** What a process has started, and what that has started. */
function descendantsOf(pid: number, all = processes()): Process[] {
  const children = all.filter(({ parent }) => parent === pid);
  return [...children, ...children.flatMap((child) => descendantsOf(child.pid, all))];
}

describeWithRedis('a fault run that is ended in the middle', () => {
  it.each([
    ['SIGTERM', 'main.js'],
    ['SIGINT', 'main.js'],
    ['SIGKILL', 'main.js'],
    ['SIGTERM', 'jest.js'],
  ] as const)(
    'by %s to %s leaves no process behind, even of those that stand still',
    async (signal, addressee) => {
      const folder = await workingFolder();
      const env = { ...process.env, TMPDIR: folder.path };
      const run = spawn(process.execPath, [main, 'faults/one-order'], { env, stdio: 'ignore' });
      endWithMe(run);
      const pid = run.pid ?? 0;
      const begun = await eventually(() => {
        const found = descendantsOf(pid);
        const commands = found.map(({ command }) => command).join('\n');
        for (const part of ['jest.js', 'redis-server', 'database-tools.js']) expect(commands).toContain(part);
        expect(commands.split('support/server.js')).toHaveLength(3);
        return found;
      }, 60_000);
      const still = begun.filter(({ command }) => /redis-server|server\.js/.test(command));
      for (const { pid: victim } of still) process.kill(victim, 'SIGSTOP');
      const named = [{ pid, command: 'main.js' }, ...begun].find(({ command }) => command.includes(addressee));
      process.kill(named?.pid ?? 0, signal);

      const ids = new Set([pid, ...begun.map((process) => process.pid)]);
      const left = () => processes().filter((process) => ids.has(process.pid));
      await eventually(() => expect(left()).toEqual([]), 20_000);
      await folder.remove();
    },
    120_000,
  );
});
