import { ObjectId } from 'bson';
import { CommandError } from '../errors.js';
import { checkDocumentSize } from '../bson/encode.js';
import { fieldEntries, fromFields } from '../bson/fields.js';
import type { Doc } from '../bson/types.js';
import type { Catalog } from './catalog.js';
import type { CollectionInfo } from './collection-info.js';
import type { IndexInfo } from './index-info.js';
import type { DocumentKeys } from './index-keys.js';
import { keysOf, valuesOfKey } from './index-keys.js';
import { documentKey, entryKey, recordBytes, recordIdOf } from './layout.js';

/** A stored document. */
export interface StoredDocument {
  readonly record: number;
  readonly bytes: Buffer;
}

function duplicateKey(collection: CollectionInfo, index: IndexInfo, values: readonly unknown[]): CommandError {
  const keyPattern = index.spec.key as Doc;
  const keyValue = fromFields(index.fields.map(({ path }, i) => [path, values[i]]));
  const shown = fieldEntries(keyValue).map(([path, value]) => `${path}: ${showValue(value)}`);
  return new CommandError(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${collection.namespace} index: ${index.name} dup key: { ${shown.join(', ')} }`,
    { keyPattern, keyValue },
  );
}

function showValue(value: unknown): string {
  return value instanceof ObjectId ? `ObjectId('${value.toHexString()}')` : JSON.stringify(value);
}

/** Documents and their index entries: every change keeps both in step. All methods run inside `catalog.store.write`. */
export class CollectionWriter {
  constructor(
    readonly catalog: Catalog,
    readonly info: CollectionInfo,
  ) {}

  /** @throws CommandError 11000, before anything is written. */
  insert(doc: Doc, bytes: Buffer): void {
    checkDocumentSize(bytes.length);
    const record = this.info.nextRecord;
    const keys = this.info.indexes.map((index) => keysOf(index, doc));
    this.#checkUnique(doc, keys, record);
    this.info.indexes.forEach((index, i) => this.#addEntries(index, keys[i], record));
    void this.catalog.store.documents.put(documentKey(this.info.id, record), bytes);
    this.info.nextRecord += 1;
    this.#count(1, bytes.length);
  }

  /** Puts a new version of a document in place of the old one. @throws CommandError 11000, before anything is written. */
  replace(stored: StoredDocument, docs: { before: Doc; after: Doc }, bytes: Buffer): void {
    checkDocumentSize(bytes.length);
    const { record } = stored;
    const before = this.info.indexes.map((index) => keysOf(index, docs.before));
    const after = this.info.indexes.map((index) => keysOf(index, docs.after));
    this.#checkUnique(docs.after, after, record);
    this.info.indexes.forEach((index, i) => this.#moveEntries(index, [before[i], after[i]], record));
    void this.catalog.store.documents.put(documentKey(this.info.id, record), bytes);
    this.#count(0, bytes.length - stored.bytes.length);
  }

  remove(stored: StoredDocument, doc: Doc): void {
    for (const index of this.info.indexes) {
      for (const key of keysOf(index, doc).keys) this.#removeEntry(index, key, stored.record);
    }
    void this.catalog.store.documents.remove(documentKey(this.info.id, stored.record));
    this.#count(-1, -stored.bytes.length);
  }

  /** Adds the entries of a document that is stored already to an index that is being built. */
  addToIndex(index: IndexInfo, doc: Doc, record: number): void {
    const keys = keysOf(index, doc);
    this.#checkUniqueIn(index, { doc, keys: keys.keys }, record);
    this.#addEntries(index, keys, record);
  }

  #count(documents: number, bytes: number): void {
    this.info.count += documents;
    this.info.size += bytes;
    this.catalog.markCounted(this.info);
  }

  #checkUnique(doc: Doc, keys: readonly DocumentKeys[], record: number): void {
    this.info.indexes.forEach((index, i) => this.#checkUniqueIn(index, { doc, keys: keys[i]?.keys ?? [] }, record));
  }

  #checkUniqueIn(index: IndexInfo, { doc, keys }: { doc: Doc; keys: readonly Buffer[] }, record: number): void {
    if (!index.unique) return;
    for (const key of keys) {
      const holder = this.catalog.store.entries.get(entryKey(index.id, key));
      if (holder && recordIdOf(holder) !== record) throw duplicateKey(this.info, index, valuesOfKey(index, doc, key));
    }
  }

  #addEntries(index: IndexInfo, keys: DocumentKeys | undefined, record: number): void {
    if (!keys) return;
    this.#note(index, keys);
    for (const key of keys.keys) this.#putEntry(index, key, record);
  }

  #putEntry(index: IndexInfo, key: Buffer, record: number): void {
    void this.catalog.store.entries.put(
      entryKey(index.id, key, index.unique ? undefined : record),
      recordBytes(record),
    );
  }

  #removeEntry(index: IndexInfo, key: Buffer, record: number): void {
    void this.catalog.store.entries.remove(entryKey(index.id, key, index.unique ? undefined : record));
  }

  #moveEntries(
    index: IndexInfo,
    [before, after]: readonly [DocumentKeys | undefined, DocumentKeys | undefined],
    record: number,
  ): void {
    if (!before || !after) return;
    this.#note(index, after);
    for (const key of before.keys) {
      if (!after.keys.some((kept) => kept.equals(key))) this.#removeEntry(index, key, record);
    }
    for (const key of after.keys) {
      if (!before.keys.some((kept) => kept.equals(key))) this.#putEntry(index, key, record);
    }
  }

  /** Remembers what the planner must know of an index: arrays, and keys that were cut. */
  #note(index: IndexInfo, { multikey, cut }: DocumentKeys): void {
    const changes = (cut && !index.hasCutKeys) || multikey.some((is, i) => is && !index.multikey[i]);
    if (!changes) return;
    multikey.forEach((is, i) => (index.multikey[i] ||= is));
    index.hasCutKeys ||= cut;
    this.catalog.markChanged(this.info);
  }
}
