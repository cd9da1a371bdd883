import { jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildGroup, say } from '../support/builders.js';
import { type Server, TestCluster } from '../support/cluster.js';
import { eventually } from '../support/eventually.js';
import { pastedPrograms as blocks, root, startPasted } from '../support/pasted-programs.js';
import { freePort } from '../support/redis.js';

jest.setTimeout(90_000);

describe('the programs of docs/delivery.md', () => {
  let cluster: TestCluster;
  let server: Server;
  let folder: string;
  const settings = { PORT: '' };
  beforeAll(async () => {
    cluster = await TestCluster.start();
    settings.PORT = String(await freePort());
    server = await cluster.serve(settings);
    // Inside of the checkout, because that is where the packages are.
    folder = await mkdtemp(`${root}dist/delivery-`);
  });
  afterAll(async () => {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('are two', () => {
    expect(blocks.map(([name]) => name)).toEqual(['follow.mjs', 'follow-io.mjs']);
  });

  it.each(blocks)('%s has at most 20 lines', (_name, code) => {
    expect(code.trim().split('\n').length).toBeLessThanOrEqual(20);
  });

  it.each(blocks)('%s shows everything once and in order, whether it or the server was away', async (name, code) => {
    await writeFile(join(folder, name), code.replace('127.0.0.1:3000', new URL(server.url).host));
    const ana = await cluster.person(server, 'ana');
    const group = await buildGroup(ana, []);
    const shown: string[] = [];
    const expected = ['1 GROUP_CREATED'];
    const sayNext = async (): Promise<void> => {
      expected.push(`${expected.length + 1} MESSAGE_ADDED n${expected.length}`);
      await say(ana, group, `n${expected.length - 1}`);
    };
    const isShown = () => eventually(() => expect(shown).toEqual(expected), 20_000);

    const isSaved = () =>
      eventually(async () => {
        const known = JSON.parse(
          await readFile(join(folder, name.replace('follow', 'known').replace('.mjs', '.json')), 'utf8'),
        ) as unknown;
        expect(known).toEqual({ [group]: expected.length });
      });

    await sayNext();
    let program = startPasted(folder, [name, ana.token], shown);
    await isShown();
    await sayNext();
    await isShown();
    await server.kill();
    server = await cluster.serve(settings);
    await sayNext();
    await isShown();
    await isSaved();
    program.kill();
    await sayNext();
    program = startPasted(folder, [name, ana.token], shown);
    await isShown();
    program.kill();
  });

  it.each(blocks)(
    '%s shows what is new after a backup was restored that is older than what it knows',
    async (name, code) => {
      const own = await mkdtemp(join(folder, 'restored-'));
      await writeFile(join(own, name), code.replace('127.0.0.1:3000', new URL(server.url).host));
      const ana = await cluster.person(server, 'ana');
      const group = await buildGroup(ana, []);
      const file = join(own, name.replace('follow', 'known').replace('.mjs', '.json'));
      await writeFile(file, JSON.stringify({ [group]: 1_000_000 }));
      const program = spawn(process.execPath, [name, ana.token], { cwd: own, stdio: ['ignore', 'pipe', 'inherit'] });
      let shown = '';
      program.stdout.on('data', (lines: Buffer) => (shown += lines.toString()));
      try {
        await eventually(async () => {
          await say(ana, group, 'new');
          expect(shown).toMatch(/ MESSAGE_ADDED new\n/);
        }, 3_000);
      } finally {
        program.kill();
      }
    },
  );
});
