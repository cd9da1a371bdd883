import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MongoClient } from 'mongodb';
import { DataFolderError, DataFolderInUseError, startEmbeddedMongo } from '../../src/embedded-mongo/index.js';
import { exportData } from '../../src/embedded-mongo/tools/index.js';
import { refusal, startTestDatabase, temporaryFolder } from './support/database.js';

const server = fileURLToPath(new URL('../../src/cli/database-tools.js', import.meta.url));
const filler = fileURLToPath(new URL('./support/filling-writer.js', import.meta.url));
const folders: string[] = [];
function folder(): string {
  folders.push(temporaryFolder());
  return folders.at(-1)!;
}
afterAll(() => folders.forEach((path) => rmSync(path, { recursive: true, force: true })));

async function ping(uri: string): Promise<unknown> {
  const client = await new MongoClient(uri, { serverSelectionTimeoutMS: 2000 }).connect();
  try {
    return await client.db().command({ ping: 1 });
  } finally {
    await client.close();
  }
}

describe('a data folder', () => {
  test('belongs to one database, also within a process', async () => {
    const dataDir = folder();
    const [first, second] = await Promise.allSettled([
      startEmbeddedMongo({ dataDir }),
      startEmbeddedMongo({ dataDir }),
    ]);
    const started = [first, second].flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const refused = [first, second].flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    expect(refused).toEqual([expect.any(DataFolderInUseError)]);
    expect((refused[0] as Error).message).toContain(dataDir);
    expect((refused[0] as Error).message).toContain(`process ${process.pid}`);
    await Promise.all(started.map(async (mongo) => mongo.stop()));
    const again = await startEmbeddedMongo({ dataDir });
    await again.stop();
  });

  test('of a killed process can be opened at once', async () => {
    const dataDir = folder();
    const child = spawn(process.execPath, [server, 'serve', '--data', dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(createInterface({ input: child.stdout }), 'line');
    await expect(startEmbeddedMongo({ dataDir })).rejects.toThrow(`process ${child.pid!}`);
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    expect(existsSync(join(dataDir, 'lock.json'))).toBe(true);
    const mongo = await startEmbeddedMongo({ dataDir });
    expect(await ping(mongo.uri)).toMatchObject({ ok: 1 });
    await mongo.stop();
  });

  test('is not held by a process that has taken the pid of a dead one', async () => {
    const dataDir = folder();
    const holder = { pid: process.pid, processStart: '1', endpoint: join(dataDir, 'mongo.sock'), token: 'old' };
    writeFileSync(join(dataDir, 'lock.json'), JSON.stringify(holder));
    const mongo = await startEmbeddedMongo({ dataDir });
    await mongo.stop();
  });

  /** What the error says about a folder, when nothing but that is said. */
  async function complaint(dataDir: string): Promise<string> {
    const error = await startEmbeddedMongo({ dataDir }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(DataFolderError);
    const [before, after] = (error as Error).message.split(`The data folder ${dataDir} cannot be used: `);
    expect(before).toBe('');
    return after!;
  }

  test('that cannot be made is named in the error', async () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    expect(await complaint(join(file, 'data'))).toBe(
      'something that is no folder stands in its place (ENOTDIR). Give a folder that this user may read and write.',
    );
  });

  test('with a damaged data file says so, and what to do about it', async () => {
    const dataDir = folder();
    const file = join(dataDir, 'database.mdb');
    writeFileSync(file, Buffer.alloc(8192, 7));
    const expected = `the file ${file} is not a data file of this database. Put the file back from a backup, or move it away to begin with an empty database.`;
    expect(await complaint(dataDir)).toBe(expected);
    await expect(exportData(dataDir, join(dataDir, 'dump'))).rejects.toThrow(expected);
    expect(existsSync(join(dataDir, 'lock.json'))).toBe(false);
  });

  test('with a data file that is cut off says so', async () => {
    const dataDir = folder();
    const mongo = await startEmbeddedMongo({ dataDir });
    await ping(mongo.uri);
    await mongo.stop();
    truncateSync(join(dataDir, 'database.mdb'), 8192);
    expect(await complaint(dataDir)).toMatch(/is cut off\. Put the file back from a backup, or move it away/);
  });

  test('that holds other things and no database is refused and left as it was', async () => {
    const dataDir = folder();
    writeFileSync(join(dataDir, 'thesis.txt'), 'x');
    chmodSync(dataDir, 0o755);
    expect(await complaint(dataDir)).toBe(
      'it holds other files and no database (thesis.txt). Give an empty folder, or one that a database has used before.',
    );
    expect(readdirSync(dataDir)).toEqual(['thesis.txt']);
    expect(statSync(dataDir).mode & 0o777).toBe(0o755);
  });

  test('with a long path has its socket in a private folder', async () => {
    const dataDir = join(folder(), 'x'.repeat(120));
    const mongo = await startEmbeddedMongo({ dataDir });
    const socket = decodeURIComponent(/\/\/([^/]+)/.exec(mongo.uri)![1]!);
    expect(statSync(join(socket, '..')).mode & 0o777).toBe(0o700);
    expect(await ping(mongo.uri)).toMatchObject({ ok: 1 });
    await mongo.stop();
    expect(existsSync(join(socket, '..'))).toBe(false);
  });
});

describe('the way in', () => {
  test('is a socket that only its owner may use', async () => {
    const dataDir = folder();
    mkdirSync(join(dataDir, 'open'), { mode: 0o777 });
    const mongo = await startEmbeddedMongo({ dataDir: join(dataDir, 'open') });
    expect(statSync(join(dataDir, 'open')).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, 'open', 'mongo.sock')).mode & 0o777).toBe(0o600);
    await mongo.stop();
    expect(existsSync(join(dataDir, 'open', 'mongo.sock'))).toBe(false);
  });

  test('is a loopback port with a secret where there are no such sockets', async () => {
    const mongo = await startEmbeddedMongo({ dataDir: folder(), usesPort: true });
    expect(await ping(mongo.uri)).toMatchObject({ ok: 1 });
    const port = /127\.0\.0\.1:(\d+)/.exec(mongo.uri)![1]!;
    const stranger = await new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`).connect();
    expect(await refusal(stranger.db('chatset').collection('x').findOne())).toMatchObject({ code: 13 });
    await stranger.close();
    expect(await refusal(ping(mongo.uri.replace(/chatset:[0-9a-f]+/, 'chatset:wrong')))).toMatchObject({ code: 18 });
    await mongo.stop();
  });
});

const onUnix = process.platform === 'win32' ? test.skip : test;
onUnix('a disk that is full refuses the write, keeps what was acknowledged, and takes deletes', async () => {
  const blocks = 6000;
  const { stdout } = await promisify(execFile)('bash', [
    '-c',
    `ulimit -f ${blocks}; exec "${process.execPath}" "${filler}" "${folder()}"`,
  ]);
  const found = JSON.parse(stdout) as { acknowledged: number; stored: number };
  expect(found).toMatchObject({ code: 14031, stored: found.acknowledged, deletedCount: 5, valid: true });
  expect(found.acknowledged).toBeGreaterThan(10);
});

/* The superuser may write anywhere: without that right it is a user like others, and may still read the checkout. */
const asUser = process.getuid?.() === 0 ? ['setpriv', '--bounding-set', '-dac_override,-dac_read_search'] : [];
onUnix.each<[string, (dataDir: string) => void]>([
  ['folder', (dataDir) => chmodSync(dataDir, 0o555)],
  ['data file', (dataDir) => chmodSync(join(dataDir, 'database.mdb'), 0o444)],
])('a %s that may not be written is refused, and harmed by nothing', async (_what, protect) => {
  const dataDir = folder();
  const first = await startTestDatabase(dataDir, { isKept: true });
  await first.db.collection('kept').insertOne({ n: 1 });
  await first.stop();
  protect(dataDir);
  const words = [...asUser, process.execPath, server, 'serve', '--data', dataDir];
  const serving = promisify(execFile)('env', words);
  const { stderr, code } = (await refusal(serving)) as { stderr: string; code: number };
  expect({ stderr, code }).toEqual({ code: 1, stderr: expect.stringMatching(/EACCES|ermission denied/) as string });
  expect(stderr).toContain('Give a folder that this user may read and write.');
  for (const path of [dataDir, join(dataDir, 'database.mdb')]) chmodSync(path, 0o700);
  const again = await startTestDatabase(dataDir);
  expect(await again.db.command({ validate: 'kept' })).toMatchObject({ valid: true, nrecords: 1 });
  await again.stop();
});
