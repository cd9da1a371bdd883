import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { EJSON } from 'bson';
import { prefixRange } from '../keys/range.js';
import type { Engine } from '../engine.js';
import type { CollectionInfo } from '../storage/collection-info.js';
import { collectionPrefix } from '../storage/layout.js';
import { scan } from '../storage/store.js';
import { fileNameOf } from './dump-names.js';
import { openStore } from './open-store.js';

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

async function exportCollection(engine: Engine, collection: CollectionInfo, target: string): Promise<Exported> {
  const { namespace, id } = collection;
  const dot = namespace.indexOf('.');
  const folder = join(target, namespace.slice(0, dot));
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

/**
 * Writes every collection of a stopped database as mongodump would: `<target>/<database>/<collection>.bson` with
 * `.metadata.json`, which mongorestore reads.
 * @throws DataFolderInUseError while a database is running on the folder.
 */
export async function exportData(dataDir: string, target: string): Promise<readonly Exported[]> {
  const store = await openStore(dataDir);
  try {
    const exported: Exported[] = [];
    for (const collection of store.engine.catalog.all())
      exported.push(await exportCollection(store.engine, collection, target));
    return exported;
  } finally {
    await store.close();
  }
}
