import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Document } from 'mongodb';
import { BSON } from 'mongodb';
import { exportData, importData, ToolError } from '../../src/embedded-mongo/tools/index.js';
import { startTestDatabase, temporaryFolder } from './support/database.js';

const folders: string[] = [];
function folder(): string {
  folders.push(temporaryFolder());
  return folders.at(-1)!;
}
afterAll(() => folders.forEach((path) => rmSync(path, { recursive: true, force: true })));

interface Dumped {
  readonly docs?: readonly Document[];
  /** In place of the documents. */
  readonly bytes?: Buffer;
  readonly options?: Document;
  readonly indexes?: readonly Document[];
}

/** A dump of one database, `db`. */
function dumpOf(collections: Readonly<Record<string, Dumped>>): string {
  const dump = folder();
  mkdirSync(join(dump, 'db'));
  for (const [name, { docs = [], bytes, options = {}, indexes = [] }] of Object.entries(collections)) {
    const base = join(dump, 'db', name);
    writeFileSync(`${base}.bson`, bytes ?? Buffer.concat(docs.map((doc) => BSON.serialize(doc))));
    writeFileSync(`${base}.metadata.json`, JSON.stringify({ options, indexes }));
  }
  return dump;
}

const good: Dumped = { docs: [{ _id: 1 }], indexes: [{ v: 2, key: { a: 1 }, name: 'a_1' }] };

test.each<[string, () => string, string | RegExp]>([
  ['a folder that is not there', () => join(folder(), 'nothing'), 'There is no folder'],
  ['an empty folder', folder, 'holds no .bson files'],
  ['half a document', () => dumpOf({ a: good, b: { bytes: Buffer.from([9, 0, 0, 0, 1]) } }), 'ends in the middle'],
  ['a broken document', () => dumpOf({ a: good, b: { bytes: Buffer.from([6, 0, 0, 0, 99, 0]) } }), 'is damaged'],
  ['a document without an _id', () => dumpOf({ a: good, b: { docs: [{ n: 1 }] } }), "'_id'"],
  ['a name that is none', () => dumpOf({ a: good, b$c: good }), 'Invalid namespace'],
  [
    'a collation',
    () => dumpOf({ a: good, b: { options: { collation: { locale: 'de' } } } }),
    /collation.*MONGODB_URI/is,
  ],
  ['a capped collection', () => dumpOf({ a: good, b: { options: { capped: true, size: 9 } } }), /capped.*MONGODB_URI/s],
  ['a time series', () => dumpOf({ a: good, b: { options: { timeseries: { timeField: 'at' } } } }), 'timeseries'],
  ['an option that is none', () => dumpOf({ a: good, b: { options: { nonsense: 1 } } }), 'nonsense'],
  ['a validator that is none', () => dumpOf({ a: good, b: { options: { validator: { $nonsense: 1 } } } }), '$nonsense'],
  [
    'a text index',
    () => dumpOf({ a: good, b: { indexes: [{ key: { a: 'text' }, name: 'x' }] } }),
    /b\.metadata\.json.*'text'/s,
  ],
  [
    'a duplicate in a unique index',
    () =>
      dumpOf({
        a: good,
        b: {
          docs: [
            { _id: 1, u: 1 },
            { _id: 2, u: 1 },
          ],
          indexes: [{ key: { u: 1 }, name: 'u_1', unique: true }],
        },
      }),
    /db\.b.*u_1/s,
  ],
  ['an _id that is there twice', () => dumpOf({ a: good, b: { docs: [{ _id: 1 }, { _id: 1 }] } }), /db\.b.*_id_/s],
])('importing %s says what is wrong and leaves nothing', async (_what, dump, message) => {
  const dataDir = folder();
  const imported = importData(dataDir, dump());
  await expect(imported).rejects.toThrow(message);
  await expect(imported).rejects.toThrow(ToolError);
  await importData(dataDir, dumpOf({ a: good, b: good }));
  const { db, ...database } = await startTestDatabase(dataDir);
  expect(await db.client.db('db').collection('b').indexes()).toHaveLength(2);
  await database.stop();
});

test('importing what is there already leaves it, and takes nothing else either', async () => {
  const dataDir = folder();
  await importData(dataDir, dumpOf({ b: good }));
  await expect(importData(dataDir, dumpOf({ a: good, b: good }))).rejects.toThrow(/db\.b is there already.*empty/s);
  const { client, ...database } = await startTestDatabase(dataDir);
  expect((await client.db('db').listCollections().toArray()).map(({ name }) => name)).toEqual(['b']);
  await database.stop();
});

test.each([
  ['is not there', (): string => join(folder(), 'typo'), (path: string): boolean => !existsSync(path)],
  ['is empty', folder, (path: string): boolean => readdirSync(path).length === 0],
])('exporting a folder that %s is refused and makes nothing', async (_what, place, isUntouched) => {
  const [dataDir, dump] = [place(), join(folder(), 'dump')];
  const exported = exportData(dataDir, dump);
  await expect(exported).rejects.toThrow(ToolError);
  await expect(exported).rejects.toThrow(/no database.*--data/s);
  expect(isUntouched(dataDir)).toBe(true);
  expect(existsSync(dump)).toBe(false);
});

test('a second export into one folder is refused, since collections dropped meanwhile would come back', async () => {
  const [dataDir, dump] = [folder(), join(folder(), 'new', 'dump')];
  await importData(dataDir, dumpOf({ a: good }));
  expect(await exportData(dataDir, dump)).toEqual([{ namespace: 'db.a', documents: 1 }]);
  await expect(exportData(dataDir, dump)).rejects.toThrow(/is not empty.*another folder/s);
  expect(readdirSync(join(dump, '..'))).toEqual(['dump']);
});
