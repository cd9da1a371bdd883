import { decode } from '../bson/decode.js';
import { Turns } from '../cursors.js';
import { prefixRange } from '../keys/range.js';
import type { CollectionInfo } from './collection-info.js';
import type { IndexInfo } from './index-info.js';
import { keysOf } from './index-keys.js';
import { collectionPrefix, documentKey, entryKey, indexPrefix, recordIdOf } from './layout.js';
import type { Store } from './store.js';
import { countRange, scan } from './store.js';

/** What a check of a collection found. */
export interface Validation {
  readonly documents: number;
  /** Sentences; none when everything agrees. */
  readonly errors: readonly string[];
}

/** Checks that every document has its entries, and that every index has no others. Nothing may be written meanwhile. */
export async function validateCollection(store: Store, collection: CollectionInfo): Promise<Validation> {
  const errors: string[] = [];
  const expected = new Map<IndexInfo, number>(collection.indexes.map((index) => [index, 0]));
  const turns = new Turns();
  let documents = 0;
  for (const { key, value } of scan(store.documents, prefixRange(collectionPrefix(collection.id)))) {
    documents += 1;
    const record = recordIdOf(key);
    const doc = decode(value);
    for (const index of collection.indexes) {
      const { keys } = keysOf(index, doc);
      expected.set(index, (expected.get(index) ?? 0) + keys.length);
      for (const entry of keys)
        if (!hasEntry(store, index, [entry, record])) errors.push(`document ${record} is not in index ${index.name}`);
    }
    if (turns.isDue) await turns.rest();
  }
  if (documents !== collection.count)
    errors.push(`the collection counts ${collection.count} documents, but has ${documents}`);
  for (const [index, count] of expected) {
    const found = countRange(store.entries, prefixRange(indexPrefix(index.id)));
    if (found !== count)
      errors.push(`index ${index.name} has ${found} entries instead of ${count}`, ...strays(store, collection, index));
  }
  return { documents, errors };
}

function hasEntry(store: Store, index: IndexInfo, [key, record]: [Buffer, number]): boolean {
  const value = store.entries.get(entryKey(index.id, key, index.unique ? undefined : record));
  return value !== undefined && recordIdOf(value) === record;
}

function* strays(store: Store, collection: CollectionInfo, index: IndexInfo): Generator<string> {
  for (const { value } of scan(store.entries, prefixRange(indexPrefix(index.id)))) {
    const record = recordIdOf(value);
    if (!store.documents.doesExist(documentKey(collection.id, record)))
      yield `index ${index.name} has an entry of document ${record}, which is gone`;
  }
}
