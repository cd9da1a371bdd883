import { jest } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildGroup, say } from '../support/builders.js';
import { type Server, TestCluster } from '../support/cluster.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/redis.js';
import type { Person } from '../support/wire-person.js';

jest.setTimeout(90_000);

const root = fileURLToPath(new URL('../../../', import.meta.url));
const text = readFileSync(`${root}docs/delivery.md`, 'utf8');
const blocks = [...text.matchAll(/as `([\w-]+\.mjs)`:\n\n<!-- prettier-ignore -->\n```js\n([^]+?)```/g)].map(
  ([, name, code]) => [name!, code!],
);

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
    let program = follow(name, ana);
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
    program = follow(name, ana);
    await isShown();
    program.kill();

    function follow(file: string, { token }: Person): ChildProcess {
      const child = spawn(process.execPath, [file, token], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
      child.stdout.on('data', (lines: Buffer) =>
        shown.push(
          ...lines
            .toString()
            .trim()
            .split('\n')
            .map((line) => line.trim()),
        ),
      );
      return child;
    }
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
