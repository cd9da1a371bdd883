import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const main = fileURLToPath(new URL('../../bench/main.js', import.meta.url));
const bench = (...args: string[]) => promisify(execFile)(process.execPath, [main, ...args]);

describe('the benchmark runner', () => {
  it('lists its benchmarks', async () => {
    expect((await bench('--help')).stdout).toContain('smoke');
  });

  it.each([
    ['smoke', '--connections'],
    ['fanout', '--subscribers'],
  ])('shows the options of %s', async (name, option) => {
    expect((await bench(name, '--help')).stdout).toContain(option);
  });

  it.each([
    [['speed'], 'There is no benchmark "speed".'],
    [['toString'], 'There is no benchmark "toString".'],
    [['smoke', '--seconds', '0'], '"0" is not a whole number from 1 on.'],
    [['fanout', '--rate', 'fast'], '"fast" is not a whole number from 1 on.'],
    [['smoke', '--fast'], "Unknown option '--fast'"],
  ])('refuses %j', async (args, fault) => {
    await expect(bench(...args)).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(fault) as string });
  });
});
