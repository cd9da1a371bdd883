import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { endWithMe } from '../support/end-with-me.js';

/*
 * `npm run test:faults -- [--minutes <n>] [--seed <n>] [what Jest takes]`: the tests that break things on purpose.
 */

const root = fileURLToPath(new URL('../../../', import.meta.url));
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];

/** Takes an option with a number out of the words. */
function takeNumber(words: string[], option: string): Record<string, string> {
  const at = words.indexOf(option);
  if (at === -1) return {};
  const [, value = ''] = words.splice(at, 2);
  if (!(Number(value) > 0)) {
    process.stderr.write(`${option} must be followed by a number above 0; it is followed by "${value}".\n`);
    process.exit(1);
  }
  return { [option.slice(2).toUpperCase()]: value };
}

const words = process.argv.slice(2);
const env = { ...process.env, ...takeNumber(words, '--minutes'), ...takeNumber(words, '--seed') };
const args = [...jest, '--config', 'jest.faults.config.mjs', ...words];
// The leader of a group to which everything belongs that it starts, so that nothing outlives this process.
const run = spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit', detached: true });
endWithMe(run, 'group');
const [code] = (await once(run, 'exit')) as [number | null];
process.exit(code ?? 1);
