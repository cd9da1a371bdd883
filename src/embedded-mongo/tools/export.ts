import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { EJSON } from 'bson';
import { prefixRange } from '../keys/range.js';
import type { Engine } from '../engine.js';
import { dataFile } from '../folder.js';
import type { CollectionInfo } from '../storage/collection-info.js';
import { collectionPrefix } from '../storage/layout.js';
import { scan } from '../storage/store.js';
import { fileNameOf } from './dump-names.js';
import { openStore } from './open-store.js';
import { fail } from './tool-error.js';

/** What went where. */
export interface Exported {
  readonly namespace: string;
  readonly documents: number;
}

/** The metadata mongodump writes beside a collection: its options and indexes, in canonical extended JSON. */
function metadataOf({ namespace, options, indexes, uuid }: CollectionInfo): string {
  const collectionName = namespace.slice(namespace.indexOf('.') + 1);
  const metadata = {
    options,
    indexes: indexes.map(({ spec }) => spec),
    uuid: uuid.replaceAll('-', ''),
    collectionName,
    type: 'collection',
  };
  return EJSON.stringify(metadata, { relaxed: false });
}

/** Where the files of one database are until all are whole; an import refuses a folder of that name. */
function unfinished(target: string, database: string): string {
  return join(target, `${database}.unfinished`);
}

async function exportCollection(engine: Engine, collection: CollectionInfo, target: string): Promise<Exported> {
  const { namespace, id } = collection;
  const dot = namespace.indexOf('.');
  const folder = unfinished(target, namespace.slice(0, dot));
  mkdirSync(folder, { recursive: true });
  const base = join(folder, fileNameOf(namespace.slice(dot + 1)));
  const file = createWriteStream(`${base}.bson`);
  let documents = 0;
  for (const { value } of scan(engine.store.documents, prefixRange(collectionPrefix(id)))) {
    documents += 1;
    if (!file.write(value)) await once(file, 'drain');
  }
  file.end();
  await finished(file);
  await writeFile(`${base}.metadata.json`, metadataOf(collection));
  return { namespace, documents };
}

/** What an earlier export left beside would be imported as well. */
function checkIsEmpty(target: string): void {
  if (!existsSync(target)) return;
  if (!statSync(target).isDirectory()) fail(`${target} is no folder.`, 'Name another folder.');
  if (readdirSync(target).length > 0)
    fail(`The folder ${target} is not empty.`, 'Name another folder, or move it away.');
}

async function exportAll(engine: Engine, target: string): Promise<readonly Exported[]> {
  const collections = engine.catalog.all();
  const databases = new Set(collections.map(({ namespace }) => namespace.slice(0, namespace.indexOf('.'))));
  try {
    const exported: Exported[] = [];
    for (const collection of collections) exported.push(await exportCollection(engine, collection, target));
    for (const database of databases) await rename(unfinished(target, database), join(target, database));
    return exported;
  } catch (error) {
    for (const database of databases) await rm(unfinished(target, database), { recursive: true, force: true });
    throw error;
  }
}

/**
 * Writes every collection of a stopped database as mongodump would: `<target>/<database>/<collection>.bson` with
 * `.metadata.json`, which mongorestore reads.
 * @throws ToolError when there is no database or the target is not empty, DataFolderInUseError while a database is
 * running on the folder.
 */
export async function exportData(dataDir: string, target: string): Promise<readonly Exported[]> {
  if (!existsSync(dataFile(dataDir)))
    fail(`The folder ${dataDir} holds no database.`, 'Name a data folder with --data <folder>.');
  checkIsEmpty(target);
  const store = await openStore(dataDir);
  try {
    return await exportAll(store.engine, target);
  } finally {
    await store.close();
  }
}
