import type { Document } from 'bson';
import type { mongo } from 'mongoose';
import { BackupError, documentsOf, type Count, type DumpedCollection, type Progress } from './dump.js';

/** What one insertion carries at most. */
const maxBatch = { documents: 1_000, bytes: 4_000_000 };

export interface ImportOptions {
  readonly progress: Progress;
  /** Whether everything that the database holds may be thrown away first. */
  readonly drop: boolean;
}

/**
 * Reads a dump into an empty database. The whole dump is looked through before anything is written.
 * @param dump as `readDump` gives it
 * @throws BackupError when the dump cannot be read or the database is not empty
 */
export async function importDatabase(
  db: mongo.Db,
  dump: readonly DumpedCollection[],
  { progress, drop }: ImportOptions,
): Promise<Count[]> {
  try {
    if (!drop) await refuseUnlessEmpty(db);
    for (const collection of dump) await check(collection, progress);
    for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray()) await db.dropCollection(name);
    const counts: Count[] = [];
    for (const collection of dump) counts.push(await importCollection(db, collection, progress));
    return counts;
  } finally {
    progress.end();
  }
}

async function refuseUnlessEmpty(db: mongo.Db): Promise<void> {
  for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray()) {
    if (!(await db.collection(name).findOne({}, { projection: { _id: 1 } }))) continue;
    throw new BackupError(
      `The database is not empty: ${name} holds documents. Import into an empty one, or throw away what is there with --drop.`,
    );
  }
}

async function check(collection: DumpedCollection, progress: Progress): Promise<void> {
  progress.begin(`check ${collection.name}`, collection.bytes);
  for await (const { bytes } of documentsOf(collection)) progress.advance(bytes);
}

async function importCollection(db: mongo.Db, dumped: DumpedCollection, progress: Progress): Promise<Count> {
  progress.begin(dumped.name, dumped.bytes);
  const collection = await db.createCollection(dumped.name, dumped.options);
  let batch: Document[] = [];
  let size = 0;
  let documents = 0;
  const insert = async (): Promise<void> => {
    if (batch.length > 0) await collection.insertMany(batch, { ordered: true });
    documents += batch.length;
    progress.advance(size);
    batch = [];
    size = 0;
  };
  for await (const { document, bytes } of documentsOf(dumped)) {
    batch.push(document);
    size += bytes;
    if (batch.length >= maxBatch.documents || size >= maxBatch.bytes) await insert();
  }
  await insert();
  for (const index of dumped.indexes) await makeIndex(db, dumped.name, index);
  return { collection: dumped.name, documents };
}

async function makeIndex(db: mongo.Db, collection: string, { v: _version, ns: _namespace, ...index }: Document) {
  if (index.name === '_id_') return;
  await db.command({ createIndexes: collection, indexes: [index] });
}
