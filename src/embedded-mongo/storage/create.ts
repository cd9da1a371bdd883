import { fail } from '../errors.js';
import { decode } from '../bson/decode.js';
import type { Doc } from '../bson/types.js';
import { prefixRange } from '../keys/range.js';
import type { Catalog } from './catalog.js';
import { CollectionWriter } from './collection.js';
import type { CollectionInfo } from './collection-info.js';
import { reviveIndex } from './collection-info.js';
import type { IndexInfo } from './index-info.js';
import { collectionPrefix, indexPrefix, recordIdOf } from './layout.js';
import { scan } from './store.js';

/** MongoDB's limit. */
const maxIndexes = 64;

/** Makes a collection with its `_id` index. */
export function createCollection(catalog: Catalog, namespace: string, options: Doc): CollectionInfo {
  const collection = catalog.add(namespace, options);
  addIndex(catalog, collection, { v: 2, key: { _id: 1 }, name: '_id_' });
  return collection;
}

/**
 * Adds an index and the entries of all documents.
 * @throws CommandError 11000 when a unique index finds two with the same key; nothing is left of it then.
 */
export function addIndex(catalog: Catalog, collection: CollectionInfo, spec: Doc): IndexInfo {
  if (collection.indexes.length >= maxIndexes) {
    fail(
      'CannotCreateIndex',
      `add index fails, too many indexes for ${collection.namespace} key:${JSON.stringify(spec.key)}`,
    );
  }
  const fieldCount = Object.keys(spec.key as Doc).length;
  const multikey = new Array<boolean>(fieldCount).fill(false);
  const index = reviveIndex({ id: catalog.takeId(), spec, multikey, hasCutKeys: false });
  const writer = new CollectionWriter(catalog, collection);
  try {
    for (const { key, value } of scan(catalog.store.documents, prefixRange(collectionPrefix(collection.id)))) {
      writer.addToIndex(index, decode(value), recordIdOf(key));
    }
  } catch (error) {
    catalog.clear('entries', indexPrefix(index.id));
    throw error;
  }
  collection.indexes.push(index);
  catalog.markChanged(collection);
  return index;
}

/** Removes an index and its entries. */
export function removeIndex(catalog: Catalog, collection: CollectionInfo, index: IndexInfo): void {
  collection.indexes = collection.indexes.filter((kept) => kept !== index);
  catalog.clear('entries', indexPrefix(index.id));
  catalog.markChanged(collection);
}
