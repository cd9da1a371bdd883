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
