import { jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { Program, workingFolder } from '../support/program.js';

jest.setTimeout(60_000);

let folder: Awaited<ReturnType<typeof workingFolder>>;
beforeAll(async () => {
  folder = await workingFolder();
});
afterAll(() => folder.remove());

describe('the chatset program', () => {
  it.each([
    [['--help'], ['start', 'demo', 'admin', '.env.example']],
    [
      ['demo', '--help'],
      ['--url', 'where HOST and PORT put it', 'http://127.0.0.1:8080'],
    ],
    [
      ['admin', 'promote', '--help'],
      ['<username>', 'whether or not the server runs', 'Examples: chatset admin promote ana'],
    ],
    [
      ['admin', 'demote', '--help'],
      ['<username>', 'whether or not the server runs', 'Examples: chatset admin demote ana'],
    ],
    [
      ['admin', 'reset-password', '--help'],
      ['--stdin', 'Examples:'],
    ],
    [
      ['admin', 'sessions', '--help'],
      ['--end <id>', '--end-all', 'Examples:'],
    ],
    [
      ['export', '--help'],
      ['[folder]', 'must be stopped', 'Examples:'],
    ],
    [
      ['import', '--help'],
      ['--drop', 'must be stopped', 'Examples:'],
    ],
  ])('explains %j', async (args, words) => {
    const { code, stdout } = await Program.run(args, folder.path);
    expect(code).toBe(0);
    for (const word of words) expect(stdout.replaceAll(/\s+/g, ' ')).toContain(word);
  });

  it('tells its version', async () => {
    const manifest = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
    const { version } = JSON.parse(manifest) as { version: string };
    expect(await Program.run(['--version'], folder.path)).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it.each([
    [['dance'], "unknown command 'dance'"],
    [['admin', 'promote'], "missing required argument 'username'"],
    [['start', '--loud'], "unknown option '--loud'"],
  ])('refuses %j and points at the help', async (args, fault) => {
    const { code, stderr } = await Program.run(args, folder.path);
    expect(code).toBe(1);
    expect(stderr).toContain(fault);
    expect(stderr).toContain('chatset --help');
  });
});
