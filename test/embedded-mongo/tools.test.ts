import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Db, Document } from 'mongodb';
import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  Double,
  Long,
  MaxKey,
  MinKey,
  MongoClient,
  ObjectId,
  Timestamp,
} from 'mongodb';
import { DataFolderInUseError } from '../../src/embedded-mongo/index.js';
import { exportData, findUri, importData, ToolError } from '../../src/embedded-mongo/tools/index.js';
import { startTestDatabase, temporaryFolder } from './support/database.js';

const runner = fileURLToPath(new URL('../../src/cli/database-tools.js', import.meta.url));
const folders: string[] = [];
function folder(): string {
  folders.push(temporaryFolder());
  return folders.at(-1)!;
}
afterAll(() => folders.forEach((path) => rmSync(path, { recursive: true, force: true })));

test('a round trip keeps every document, type and index', async () => {
  const [source, target, dump] = [folder(), folder(), folder()];
  const before = await startTestDatabase(source);
  const docs = [
    {
      _id: new ObjectId(),
      int: 1,
      double: new Double(1),
      long: Long.fromNumber(2 ** 40),
      decimal: Decimal128.fromString('1.10'),
    },
    { _id: 'text' as never, nested: { b: 1, a: [null, { x: new Date(-5) }] } },
    {
      _id: { b: 1, a: [1] } as never,
      yes: true,
      bytes: new Binary(Buffer.from([0, 255])),
      id: Binary.createFromHexString('00112233445566778899aabbccddeeff', Binary.SUBTYPE_UUID),
      pattern: new BSONRegExp('^a', 'i'),
      code: new Code('f()', { a: 1 }),
      at: new Timestamp({ t: 5, i: 2 }),
      low: new MinKey(),
      high: new MaxKey(),
      notANumber: NaN,
      empty: { '': [], __proto__: null },
    },
  ];
  await before.db.collection('odd/name').insertMany(docs);
  await before.db
    .collection('odd/name')
    .createIndex(
      { 'nested.b': -1, int: 1 },
      { unique: true, name: 'mine', partialFilterExpression: { int: { $gt: 0 } } },
    );
  await before.db
    .collection('odd/name')
    .createIndexes([
      { key: { at: 1 }, expireAfterSeconds: 3600 },
      { key: { 'nested.a': 1 }, sparse: true, hidden: true },
      { key: { yes: 'hashed' } },
      { key: { long: 1, double: -1 }, name: 'a name with spaces: $ and %' },
    ]);
  await before.client.db('other').createCollection('checked', { validator: { n: { $type: 'int' } } });
  const raw = await before.db.collection('odd/name').find({}, { raw: true }).toArray();
  const indexes = await before.db.collection('odd/name').indexes();
  await before.client.close();
  await before.mongo.stop();

  expect(await exportData(source, dump)).toEqual([
    { namespace: 'chatset.odd/name', documents: 3 },
    { namespace: 'other.checked', documents: 0 },
  ]);
  const metadata = JSON.parse(readFileSync(join(dump, 'chatset', 'odd%2Fname.metadata.json'), 'utf8')) as object;
  expect(metadata).toMatchObject({
    collectionName: 'odd/name',
    type: 'collection',
    indexes: [
      { name: '_id_' },
      { name: 'mine' },
      { expireAfterSeconds: { $numberInt: '3600' } },
      { sparse: true, hidden: true },
      { key: { yes: 'hashed' } },
      { name: 'a name with spaces: $ and %' },
    ],
  });

  await importData(target, dump);
  const after = await startTestDatabase(target);
  expect(await after.db.collection('odd/name').find({}, { raw: true }).toArray()).toEqual(raw);
  expect(await after.db.collection('odd/name').indexes()).toEqual(indexes);
  await expect(after.client.db('other').collection('checked').insertOne({ n: 'x' })).rejects.toMatchObject({
    code: 121,
  });
  expect(await after.db.command({ validate: 'odd/name' })).toMatchObject({ valid: true });
  await after.stop();
});

/** How the indexes and collections of a folder are described, with numbers as they are stored. */
async function described(dataDir: string, prepare?: (db: Db) => Promise<void>): Promise<unknown[]> {
  const { db, ...database } = await startTestDatabase(dataDir, { isKept: true });
  try {
    await prepare?.(db);
    const { cursor: indexes } = await db.command({ listIndexes: 'items' }, { promoteValues: false });
    const { cursor: collections } = await db.command({ listCollections: 1 }, { promoteValues: false });
    const options = (collections as { firstBatch: Document[] }).firstBatch.map(
      (collection) => collection.options as Document,
    );
    return [(indexes as { firstBatch: Document[] }).firstBatch, options];
  } finally {
    await database.stop();
  }
}

test('a round trip keeps the number types of filters and validators', async () => {
  const [source, target, dump] = [folder(), folder(), folder()];
  const limits = { $gt: Long.fromNumber(5), $lt: new Double(9), $gte: 6 };
  const before = await described(source, async (db) => {
    await db.createCollection('items', { validator: { n: limits } });
    await db.collection('items').createIndex({ n: 1 }, { partialFilterExpression: { n: limits } });
  });
  await exportData(source, dump);
  await importData(target, dump);
  expect(await described(target)).toEqual(before);
});

test('a running database is not exported, and says who runs it', async () => {
  const database = await startTestDatabase(folder());
  await expect(exportData(database.dataDir, folder())).rejects.toThrow(DataFolderInUseError);
  await expect(exportData(database.dataDir, folder())).rejects.toThrow(`process ${process.pid}`);
  await database.stop();
});

test('a second db:serve on a folder ends and names the first, which goes on when its clients die', async () => {
  const dataDir = folder();
  const args = [runner, 'serve', '--data', dataDir];
  const first = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [uri] = (await once(createInterface({ input: first.stdout }), 'line')) as [string];
  const second = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const [complaint] = (await once(second.stderr, 'data')) as [Buffer];
  expect(complaint.toString()).toContain(`in use by process ${first.pid}`);
  await once(second, 'close');
  expect(second.exitCode).toBe(1);

  const program = `import('mongodb').then(async ({ MongoClient }) => {
    const items = (await new MongoClient(${JSON.stringify(uri)}).connect()).db().collection('items');
    for (let n = 0; ; n += 1) { await items.insertOne({ n }); if (n === 3) console.log('writing'); }
  })`;
  const client = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(client.stdout, 'data');
  client.kill('SIGKILL');
  await once(client, 'exit');
  const other = await new MongoClient(uri).connect();
  expect(await other.db().collection('items').countDocuments()).toBeGreaterThan(3);
  await other.close();
  const exited = once(first, 'exit');
  first.kill('SIGINT');
  expect(await exited).toEqual([0, null]);
});

test('db:serve prints a URI that clients can use, and db:uri finds it', async () => {
  const dataDir = folder();
  await expect(findUri(dataDir)).rejects.toThrow(ToolError);
  const server = spawn(process.execPath, [runner, 'serve', '--data', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [uri] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
  expect(await findUri(dataDir)).toBe(uri);
  const client = await new MongoClient(uri).connect();
  expect(await client.db().command({ ping: 1 })).toMatchObject({ ok: 1 });
  await client.close();
  const exited = once(server, 'exit');
  server.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
});

test('exporting an empty database says that there was nothing to export', async () => {
  const [dataDir, dump] = [folder(), folder()];
  await (await startTestDatabase(dataDir, { isKept: true })).stop();
  const child = spawn(process.execPath, [runner, 'export', '--data', dataDir, dump], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  await once(child, 'close');
  expect(text).toContain('Nothing was exported');
  expect(child.exitCode).toBe(0);
});

test('a wrong use says what is right', async () => {
  const child = spawn(process.execPath, [runner, 'nonsense'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => (text += part));
  await once(child, 'close');
  expect(text).toContain('npm run db:uri|db:serve|db:export|db:import');
  expect(child.exitCode).toBe(1);
});
