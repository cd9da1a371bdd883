import { decode } from '../bson/decode.js';
import type { Engine } from '../engine.js';
import { CommandError } from '../errors.js';
import { addIndex, createCollection } from '../storage/create.js';
import { collectionToWrite, writerOf } from '../storage/writing.js';
import type { DumpedCollection } from './dump.js';
import { documentsOf, metadataFile, readDump } from './dump.js';
import { openStore } from './open-store.js';
import { fail, sentenceOf } from './tool-error.js';

/** What came from where. */
export interface Imported {
  readonly namespace: string;
  readonly documents: number;
}

/** Documents that one transaction takes. */
const batchSize = 1000;

async function insertAll(engine: Engine, namespace: string, documents: readonly Buffer[]): Promise<void> {
  await engine.store.write(() => {
    const writer = writerOf(engine, collectionToWrite(engine, namespace));
    for (const bytes of documents) writer.insert(decode(bytes), bytes);
  });
}

async function importDocuments(engine: Engine, { namespace, path }: DumpedCollection): Promise<number> {
  let batch: Buffer[] = [];
  let documents = 0;
  for await (const document of documentsOf(path)) {
    batch.push(Buffer.from(document));
    documents += 1;
    if (batch.length < batchSize) continue;
    await insertAll(engine, namespace, batch);
    batch = [];
  }
  if (batch.length > 0) await insertAll(engine, namespace, batch);
  return documents;
}

async function importCollection(engine: Engine, dumped: DumpedCollection): Promise<Imported> {
  const { namespace, options, indexes } = dumped;
  await engine.store.write(() => createCollection(engine.catalog, namespace, options));
  const documents = await importDocuments(engine, dumped);
  for (const spec of indexes)
    await engine.store.write(() => addIndex(engine.catalog, collectionToWrite(engine, namespace), spec));
  return { namespace, documents };
}

/** Removes what an import has made. @returns false when the disk does not take that either. */
async function undo({ store, catalog }: Engine, dump: readonly DumpedCollection[]): Promise<boolean> {
  const removed = store.write(() => {
    for (const { namespace } of dump) {
      const collection = catalog.get(namespace);
      if (collection) catalog.drop(collection);
    }
  });
  return removed.then(
    () => true,
    () => false,
  );
}

/** What to do about an error that only shows when the documents are written. */
function remedyFor(error: unknown, { path }: DumpedCollection): string {
  const { codeName } = error instanceof CommandError ? error : {};
  if (codeName === 'OutOfDiskSpace') return 'Make room on the disk.';
  return `Mend the documents in ${path}, or take the index out of ${metadataFile(path)}.`;
}

async function importAll(engine: Engine, dump: readonly DumpedCollection[]): Promise<readonly Imported[]> {
  const there = dump.find(({ namespace }) => engine.catalog.get(namespace));
  if (there) fail(`The collection ${there.namespace} is there already.`, 'Import into an empty data folder.');
  const imported: Imported[] = [];
  for (const dumped of dump) {
    try {
      imported.push(await importCollection(engine, dumped));
    } catch (error) {
      const outcome = (await undo(engine, dump))
        ? 'Nothing was imported.'
        : 'A part was imported: begin again with an empty data folder.';
      const cause = `The collection ${dumped.namespace} cannot be imported: ${sentenceOf(error)}`;
      fail(`${cause} ${outcome}`, remedyFor(error, dumped));
    }
  }
  return imported;
}

/**
 * Reads what mongodump (or `exportData`) wrote into a stopped database: all of it or nothing.
 * @throws ToolError for a dump that cannot be read or taken, DataFolderInUseError while a database is running on the
 * folder.
 */
export async function importData(dataDir: string, source: string): Promise<readonly Imported[]> {
  const dump = await readDump(source);
  const store = await openStore(dataDir);
  try {
    return await importAll(store.engine, dump);
  } finally {
    await store.close();
  }
}
