import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EJSON } from 'bson';
import { decode } from '../bson/decode.js';
import { encode } from '../bson/encode.js';
import type { Doc } from '../bson/types.js';
import { isDoc } from '../bson/types.js';
import { parseIndexSpec } from '../commands/index-spec.js';
import type { Engine } from '../engine.js';
import { addIndex } from '../storage/create.js';
import { collectionToWrite, writerOf } from '../storage/writing.js';
import { createCollection } from '../storage/create.js';
import { collectionOf } from './dump-names.js';
import { openStore } from './open-store.js';
import { fail } from './tool-error.js';

/** What came from where. */
export interface Imported {
  readonly namespace: string;
  readonly documents: number;
}

interface DumpFile {
  readonly namespace: string;
  readonly path: string;
}

/** Documents that one transaction takes. */
const batchSize = 1000;

function dumpFiles(source: string): DumpFile[] {
  if (!existsSync(source))
    fail(`There is no folder ${source}.`, 'Name the folder that mongodump (or db:export) wrote.');
  const databases = readdirSync(source).filter((name) => statSync(join(source, name)).isDirectory());
  const files = databases.flatMap((database) =>
    readdirSync(join(source, database))
      .filter((name) => name.endsWith('.bson') && !name.startsWith('system.'))
      .map((name) => ({ namespace: `${database}.${collectionOf(name)}`, path: join(source, database, name) })),
  );
  if (files.length === 0) {
    const zipped = databases.some((database) =>
      readdirSync(join(source, database)).some((name) => name.endsWith('.gz')),
    );
    fail(
      `${source} holds no .bson files.`,
      zipped ? 'Unpack the .gz files first (gunzip -r).' : 'Name the folder that holds one folder for each database.',
    );
  }
  return files;
}

function metadataOf(path: string): Doc {
  const file = path.replace(/\.bson$/, '.metadata.json');
  if (!existsSync(file)) return {};
  try {
    const metadata: unknown = EJSON.parse(readFileSync(file, 'utf8'), { relaxed: false });
    return isDoc(metadata) ? decode(encode(metadata)) : {};
  } catch (error) {
    return fail(`${file} is not extended JSON: ${(error as Error).message}.`, 'Write the dump again.');
  }
}

/** The documents of a file, one after another. */
async function* documentsOf(path: string): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    let bytes = Buffer.concat([rest, chunk as Buffer]);
    for (;;) {
      const size = bytes.length >= 4 ? bytes.readInt32LE(0) : Infinity;
      if (size < 5) fail(`${path} is damaged: a document of ${size} bytes.`, 'Write the dump again.');
      if (bytes.length < size) break;
      yield bytes.subarray(0, size);
      bytes = bytes.subarray(size);
    }
    rest = bytes;
  }
  if (rest.length > 0) fail(`${path} ends in the middle of a document.`, 'Write the dump again.');
}

async function insertAll(engine: Engine, namespace: string, documents: readonly Buffer[]): Promise<void> {
  await engine.store.write(() => {
    const writer = writerOf(engine, collectionToWrite(engine, namespace));
    for (const bytes of documents) writer.insert(decode(bytes), bytes);
  });
}

async function importFile(engine: Engine, { namespace, path }: DumpFile): Promise<Imported> {
  if (engine.catalog.get(namespace))
    fail(`The collection ${namespace} is there already.`, 'Import into an empty data folder.');
  const { options, indexes } = metadataOf(path);
  await engine.store.write(() => createCollection(engine.catalog, namespace, isDoc(options) ? options : {}));
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
  await makeIndexes(engine, namespace, Array.isArray(indexes) ? (indexes as unknown[]) : []);
  return { namespace, documents };
}

async function makeIndexes(engine: Engine, namespace: string, indexes: readonly unknown[]): Promise<void> {
  for (const spec of indexes.map(parseIndexSpec).filter(({ name }) => name !== '_id_')) {
    await engine.store.write(() => addIndex(engine.catalog, collectionToWrite(engine, namespace), spec));
  }
}

/**
 * Reads what mongodump (or `exportData`) wrote into a stopped database.
 * @throws ToolError for a dump that cannot be read, DataFolderInUseError while a database is running on the folder.
 */
export async function importData(dataDir: string, source: string): Promise<readonly Imported[]> {
  const files = dumpFiles(source);
  const store = await openStore(dataDir);
  try {
    const imported: Imported[] = [];
    for (const file of files) imported.push(await importFile(store.engine, file));
    return imported;
  } finally {
    await store.close();
  }
}
