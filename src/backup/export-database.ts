import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { EJSON } from 'bson';
import type { mongo } from 'mongoose';
import { BackupError, fileNameOf, type Count, type Progress } from './dump.js';

type CollectionInfo = mongo.CollectionInfo;

/** Documents between two reports of progress. */
const reportEvery = 500;

/**
 * Writes every collection as mongodump would, to `<folder>/<database>`, which appears only once it is whole.
 * Nothing may write to the database meanwhile.
 * @throws BackupError when that folder is there already
 */
export async function exportDatabase(db: mongo.Db, folder: string, progress: Progress): Promise<Count[]> {
  const target = join(folder, db.databaseName);
  if (existsSync(target)) throw new BackupError(`${target} is there already. Name another folder, or move it away.`);
  const unfinished = `${target}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  try {
    const counts: Count[] = [];
    for (const info of await collectionsOf(db)) counts.push(await exportCollection(db, { info, unfinished, progress }));
    await rename(unfinished, target);
    return counts;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  } finally {
    progress.end();
  }
}

/** All but the database's own and views. */
async function collectionsOf(db: mongo.Db): Promise<CollectionInfo[]> {
  const all = (await db.listCollections().toArray()) as CollectionInfo[];
  return all
    .filter(({ name, type }) => type !== 'view' && !name.startsWith('system.'))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

interface Job {
  readonly info: CollectionInfo;
  readonly unfinished: string;
  readonly progress: Progress;
}

async function exportCollection(db: mongo.Db, { info, unfinished, progress }: Job): Promise<Count> {
  const collection = db.collection(info.name);
  const base = join(unfinished, fileNameOf(info.name));
  progress.begin(info.name, await collection.estimatedDocumentCount());
  const file = createWriteStream(`${base}.bson`);
  let documents = 0;
  for await (const bytes of collection.find({}, { raw: true })) {
    documents += 1;
    if (documents % reportEvery === 0) progress.advance(reportEvery);
    if (!file.write(bytes)) await once(file, 'drain');
  }
  file.end();
  await finished(file);
  progress.advance(documents % reportEvery);
  await writeFile(`${base}.metadata.json`, metadataOf(info, await collection.listIndexes().toArray()));
  return { collection: info.name, documents };
}

function metadataOf({ name, options, info }: CollectionInfo, indexes: readonly object[]): string {
  const uuid = info?.uuid?.toString('hex');
  return EJSON.stringify({ options, indexes, uuid, collectionName: name, type: 'collection' }, { relaxed: false });
}
