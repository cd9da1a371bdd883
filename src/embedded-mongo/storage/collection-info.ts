import { randomUUID } from 'node:crypto';
import type { Doc } from '../bson/types.js';
import type { CompiledFilter } from '../query/filter.js';
import { compileFilter } from '../query/filter.js';
import type { IndexInfo } from './index-info.js';
import { indexFields } from './index-info.js';

/** A collection as it is kept in memory. */
export interface CollectionInfo {
  readonly id: number;
  readonly namespace: string;
  readonly uuid: string;
  options: Doc;
  validator: CompiledFilter | undefined;
  indexes: IndexInfo[];
  count: number;
  /** The bytes of all documents. */
  size: number;
  nextRecord: number;
}

/** What the catalog keeps on disk of a collection; its counters have an entry of their own. */
export interface CollectionRecord {
  readonly id: number;
  readonly namespace: string;
  readonly uuid: string;
  readonly options: Doc;
  readonly indexes: readonly IndexRecord[];
}

export interface IndexRecord {
  readonly id: number;
  readonly spec: Doc;
  readonly multikey: readonly boolean[];
  readonly hasCutKeys: boolean;
}

export function newCollection(id: number, namespace: string, options: Doc): CollectionInfo {
  const record = { id, namespace, uuid: randomUUID(), options, indexes: [] };
  return reviveCollection(record, { count: 0, size: 0, nextRecord: 1 });
}

export function reviveCollection(
  record: CollectionRecord,
  counters: { count: number; size: number; nextRecord: number },
): CollectionInfo {
  const { id, namespace, uuid, options } = record;
  const indexes = record.indexes.map((index) => ({ ...reviveIndex(index), ready: true }));
  return { id, namespace, uuid, options, validator: validatorOf(options), indexes, ...counters };
}

/** The validator of `create` and `collMod`, ready to be asked. */
export function validatorOf(options: Doc): CompiledFilter | undefined {
  const filter = options.validator as Doc | undefined;
  return filter && Object.keys(filter).length > 0 ? compileFilter(filter) : undefined;
}

export function reviveIndex({ id, spec, multikey, hasCutKeys }: IndexRecord): IndexInfo {
  const key = spec.key as Doc;
  const partialFilter = spec.partialFilterExpression as Doc | undefined;
  return {
    id,
    name: spec.name as string,
    spec,
    fields: indexFields(key),
    unique: spec.unique === true || spec.name === '_id_',
    sparse: spec.sparse === true,
    hidden: spec.hidden === true,
    stored: !Object.keys(key).some((path) => path.includes('$**')),
    partialFilter,
    matchesPartial: partialFilter ? compileFilter(partialFilter) : undefined,
    multikey: [...multikey],
    hasCutKeys,
    ready: false,
  };
}

export function recordOf(collection: CollectionInfo): Doc {
  const { id, namespace, uuid, options } = collection;
  const indexes = collection.indexes.map(({ id: indexId, spec, multikey, hasCutKeys }) => ({
    id: indexId,
    spec,
    multikey,
    hasCutKeys,
  }));
  return { id, namespace, uuid, options, indexes };
}
