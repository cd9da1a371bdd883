import { encode } from '../bson/encode.js';
import { decode } from '../bson/decode.js';
import type { Doc } from '../bson/types.js';
import { toDouble } from '../bson/numbers.js';
import type { Numeric } from '../bson/numbers.js';
import { prefixRange } from '../keys/range.js';
import type { CollectionInfo, CollectionRecord } from './collection-info.js';
import { newCollection, recordOf, reviveCollection } from './collection-info.js';
import type { IndexInfo } from './index-info.js';
import { collectionPrefix, indexPrefix, recordIdOf } from './layout.js';
import type { Store, TransactionListener } from './store.js';
import { scan } from './store.js';

const collectionKeys = Buffer.from('c');
const counterKeys = Buffer.from('n');
const nextIdKey = Buffer.from('i');

function keyFor(kind: Buffer, id: number): Buffer {
  return Buffer.concat([kind, collectionPrefix(id)]);
}

/** All collections and indexes, in memory and on disk. Changes are made inside `store.write` only. */
export class Catalog implements TransactionListener {
  readonly #collections = new Map<string, CollectionInfo>();
  readonly #changed = new Set<CollectionInfo>();
  readonly #counted = new Set<CollectionInfo>();
  readonly #dropped = new Set<number>();
  #nextId = 1;

  constructor(readonly store: Store) {
    this.#load();
    store.listen(this);
  }

  get(namespace: string): CollectionInfo | undefined {
    return this.#collections.get(namespace);
  }

  all(): CollectionInfo[] {
    return [...this.#collections.values()];
  }

  /** The collections of one database. */
  of(database: string): CollectionInfo[] {
    return this.all().filter(({ namespace }) => namespace.startsWith(`${database}.`));
  }

  /** False when the collection (or the index) was dropped or renamed, also when another has its name. */
  holds({ id, namespace }: CollectionInfo, index?: IndexInfo): boolean {
    const collection = this.#collections.get(namespace);
    if (collection?.id !== id) return false;
    return !index || collection.indexes.some((kept) => kept.id === index.id);
  }

  takeId(): number {
    this.#nextId += 1;
    return this.#nextId - 1;
  }

  add(namespace: string, options: Doc): CollectionInfo {
    const collection = newCollection(this.takeId(), namespace, options);
    this.#collections.set(namespace, collection);
    this.#changed.add(collection);
    this.#counted.add(collection);
    return collection;
  }

  /** Forgets a collection and removes all its documents and index entries. */
  drop(collection: CollectionInfo): void {
    this.#collections.delete(collection.namespace);
    this.#changed.delete(collection);
    this.#counted.delete(collection);
    this.#dropped.add(collection.id);
    this.clear('documents', collectionPrefix(collection.id));
    for (const index of collection.indexes) this.clear('entries', indexPrefix(index.id));
  }

  /** The same collection under another name. */
  rename(collection: CollectionInfo, namespace: string): void {
    this.#collections.delete(collection.namespace);
    const renamed = { ...collection, namespace };
    this.#collections.set(namespace, renamed);
    this.#changed.delete(collection);
    this.#changed.add(renamed);
    this.#counted.add(renamed);
  }

  /** The collection's options or indexes are not what is on disk. */
  markChanged(collection: CollectionInfo): void {
    this.#changed.add(collection);
  }

  markCounted(collection: CollectionInfo): void {
    this.#counted.add(collection);
  }

  clear(where: 'documents' | 'entries', prefix: Buffer): void {
    const database = this.store[where];
    for (const { key } of scan(database, prefixRange(prefix))) void database.remove(key);
  }

  beforeCommit(): void {
    const { meta } = this.store;
    for (const id of this.#dropped) {
      void meta.remove(keyFor(collectionKeys, id));
      void meta.remove(keyFor(counterKeys, id));
    }
    for (const collection of this.#changed)
      void meta.put(keyFor(collectionKeys, collection.id), encode(recordOf(collection)));
    for (const { id, count, size } of this.#counted) void meta.put(keyFor(counterKeys, id), encode({ count, size }));
    if (this.#changed.size > 0) void meta.put(nextIdKey, encode({ nextId: this.#nextId }));
  }

  afterCommit(): void {
    for (const { indexes } of this.#changed) for (const index of indexes) index.ready = true;
    this.#changed.clear();
    this.#counted.clear();
    this.#dropped.clear();
  }

  afterAbort(): void {
    this.#collections.clear();
    this.#changed.clear();
    this.#counted.clear();
    this.#dropped.clear();
    this.#load();
  }

  #load(): void {
    const { meta } = this.store;
    const next = meta.get(nextIdKey);
    if (next) this.#nextId = toDouble(decode(next).nextId as Numeric);
    for (const { value } of scan(meta, prefixRange(collectionKeys))) {
      const record = decode(value) as unknown as CollectionRecord;
      const collection = reviveCollection(record, this.#counters(record.id));
      this.#collections.set(collection.namespace, collection);
    }
  }

  #counters(id: number): { count: number; size: number; nextRecord: number } {
    const bytes = this.store.meta.get(keyFor(counterKeys, id));
    const counters = bytes ? decode(bytes) : {};
    const [last] = scan(this.store.documents, prefixRange(collectionPrefix(id)), { isReverse: true, wanted: 1 });
    return {
      count: toDouble((counters.count ?? 0) as Numeric),
      size: toDouble((counters.size ?? 0) as Numeric),
      nextRecord: last ? recordIdOf(last.key) + 1 : 1,
    };
  }
}
