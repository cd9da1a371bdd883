import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { jest } from '@jest/globals';
import { Program, workingFolder } from '../support/program.js';

jest.setTimeout(60_000);

const runner = fileURLToPath(new URL('../../src/cli/database-tools.js', import.meta.url));

describe('npm run db:uri', () => {
  let folder: Awaited<ReturnType<typeof workingFolder>>;
  let server: Program;

  beforeAll(async () => {
    folder = await workingFolder();
    server = await Program.serve(folder.path, { DATA_DIR: 'elsewhere' });
  });
  afterAll(async () => {
    await server.kill();
    await folder.remove();
  });

  async function uri(args: readonly string[] = [], settings: Record<string, string> = {}): Promise<string> {
    const env = { PATH: process.env.PATH, ...settings };
    return (await promisify(execFile)(process.execPath, [runner, 'uri', ...args], { cwd: folder.path, env })).stdout;
  }

  const found = /^mongodb:\/\/\S+elsewhere%2Fmongo\.sock\S*\n$|^mongodb:\/\/\S+chatset-\S+\n$/;

  it('looks in the folder of DATA_DIR', async () => {
    expect(await uri([], { DATA_DIR: 'elsewhere' })).toMatch(found);
  });

  it('looks in the folder that is given before that of DATA_DIR', async () => {
    expect(await uri(['--data', 'elsewhere'], { DATA_DIR: 'nowhere' })).toMatch(found);
  });

  it('says where no database runs', async () => {
    await expect(uri([], { DATA_DIR: 'nowhere' })).rejects.toMatchObject({
      code: 1,
      stderr:
        'chatset: No embedded database has the data folder nowhere open. Start Chatset, or `npm run db:serve`, and ask again.\n',
    });
  });

  it('reads DATA_DIR from .env', async () => {
    await writeFile(join(folder.path, '.env'), 'DATA_DIR=elsewhere\n');
    expect(await uri()).toMatch(found);
  });
});
