import { jest } from '@jest/globals';
import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LoginDocument, UserRegisterDocument } from '../../src/generated/operations.js';
import { Program, workingFolder } from '../support/program.js';
import { send } from '../support/wire-person.js';

const onLinux = process.platform === 'linux' ? it : it.skip;
/** Where a process may have file systems of its own. */
const onSmallDisk = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0 ? it : it.skip;

const person = { username: 'ana', password: 'correct horse battery' };

jest.setTimeout(60_000);

let folder: Awaited<ReturnType<typeof workingFolder>>;
const begun: Program[] = [];

async function serve(settings?: Record<string, string>): Promise<Program & { readonly url: string }> {
  const server = await Program.serve(folder.path, settings);
  begun.push(server);
  return server;
}

beforeEach(async () => {
  folder = await workingFolder();
});

afterEach(async () => {
  await Promise.all(begun.splice(0).map((program) => program.kill()));
  await folder.remove();
});

/** A port that is taken as long as `release` has not been called. */
async function takePort(): Promise<{ readonly port: number; release(): void }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, release: () => void server.close() };
}

describe('chatset start', () => {
  it('tells where the page, the playground, the API and the data are, and how to get demo people', async () => {
    const { output, url } = await serve();
    expect(output).toContain(`${url}/\n`);
    expect(output).toContain(`${url}/playground`);
    expect(output).toContain(`${url}/graphql`);
    expect(output).toContain('./data (embedded database)');
    expect(output).toContain('npm run demo');
  });

  it('stops cleanly at Ctrl-C, and has its data at the next start', async () => {
    const first = await serve();
    await send(first, UserRegisterDocument, { input: person });
    const { code, stderr } = await first.interrupt();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const second = await serve();
    const { login } = await send(second, LoginDocument, { input: person });
    expect(login.user.username).toBe('ana');
  });

  it('gives the data folder free when it stops', async () => {
    await (await serve()).interrupt();
    await expect(readFile(join(folder.path, 'data', 'lock.json'))).rejects.toThrow('ENOENT');
  });

  it('has what was acknowledged after it was killed', async () => {
    const first = await serve();
    await send(first, UserRegisterDocument, { input: person });
    await first.kill();
    const second = await serve();
    await expect(send(second, LoginDocument, { input: person })).resolves.toHaveProperty('login.token');
  });

  it('says that a .env which is no file cannot be read', async () => {
    await mkdir(join(folder.path, '.env'));
    expect(await Program.run(['start'], folder.path)).toMatchObject({
      code: 1,
      stderr:
        'chatset: .env cannot be read: it must be a text file of lines such as PORT=3000.\nSee .env.example for all settings.\n',
    });
  });

  it('reads settings from .env in the working folder', async () => {
    await writeFile(join(folder.path, '.env'), 'DATA_DIR=elsewhere\n');
    const { output } = await serve();
    expect(output).toContain('elsewhere (embedded database)');
  });

  it('says in one sentence that the port is taken', async () => {
    const taken = await takePort();
    const { code, stderr } = await Program.run(['start'], folder.path, { PORT: String(taken.port) });
    taken.release();
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `chatset: Port ${taken.port} is taken by another program. Stop it, or set PORT to another number.\n`,
    });
  });

  it('says in one sentence that the data folder is in use, and by whom', async () => {
    const server = await serve();
    const { code, stderr } = await Program.run(['start'], folder.path);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^chatset: The data folder \S+ is in use by process \d+\. Stop that process, .+\n$/);
    expect(stderr).toContain(String(server.pid));
  });

  it.each([
    ['has a file in its place', 'file', 'something that is no folder stands in its place'],
    ['is to be made under a file', 'file/data', 'something that is no folder stands in its place'],
    ['is a link to nothing', 'link', 'something that is no folder stands in its place'],
    ['holds other files', 'photos', 'it holds other files and no database (sea.jpg)'],
  ])('says in one sentence that the data folder %s', async (_what, dataDir, reason) => {
    await writeFile(join(folder.path, 'file'), 'a file');
    await symlink('nothing', join(folder.path, 'link'));
    await mkdir(join(folder.path, 'photos'));
    await writeFile(join(folder.path, 'photos', 'sea.jpg'), '');
    const { code, stderr } = await Program.run(['start'], folder.path, { DATA_DIR: dataDir });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^chatset: The data folder \S+ cannot be used: .+\. Give .+\n$/);
    expect(stderr).toContain(`${join(folder.path, dataDir)} cannot be used: ${reason}`);
  });

  onLinux('says in one sentence that no folder can be made there', async () => {
    expect(await Program.run(['start'], folder.path, { DATA_DIR: '/proc/nope/data' })).toMatchObject({
      code: 1,
      stderr:
        'chatset: The data folder /proc/nope/data cannot be used: no folder can be made there (ENOENT). Give a folder that this user may read and write.\n',
    });
  });

  onLinux('says in one sentence that this user may not write in the data folder', async () => {
    const { code, stderr } = await Program.run(['start'], folder.path, { DATA_DIR: '/sys/nope' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^chatset: The data folder \/sys\/nope cannot be used: .+ \(E\w+\)\. Give .+\n$/);
  });

  onSmallDisk('says in one sentence that the disk is full', async () => {
    const disk = join(folder.path, 'disk');
    await mkdir(disk);
    const start = 'mount -t tmpfs -o size=64k tmpfs "$1" && exec "$2" "$3" start';
    const command = ['-rm', 'sh', '-c', start, 'sh', disk, process.execPath, Program.file];
    const env = { PATH: process.env.PATH, PORT: '0', DATA_DIR: disk };
    await expect(promisify(execFile)('unshare', command, { env })).rejects.toMatchObject({
      code: 1,
      stderr: `chatset: The data folder ${disk} cannot be used: its disk is full. Make room on it, or give a folder on another disk.\n`,
    });
  });

  it('names all settings that cannot be read at once', async () => {
    const faulty = { PORT: '99999', LOG_LEVEL: 'loud', SESSION_DAYS: 'many' };
    const { code, stderr } = await Program.run(['start'], folder.path, faulty);
    expect(code).toBe(1);
    expect(stderr).toContain('PORT must be a whole number from 0 to 65535; it is "99999".');
    expect(stderr).toContain('LOG_LEVEL must be one of');
    expect(stderr).toContain('SESSION_DAYS must be a whole number');
    expect(stderr).not.toContain('    at ');
  });

  it('says that the MongoDB of MONGODB_URI does not answer', async () => {
    const uri = 'mongodb://somebody:secret@127.0.0.1:1/chatset';
    const { code, stderr } = await Program.run(['start'], folder.path, { MONGODB_URI: uri });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^chatset: The MongoDB cannot be reached: .+ Start it, or correct MONGODB_URI\.\n$/);
    expect(stderr).not.toContain('secret');
  });
});
