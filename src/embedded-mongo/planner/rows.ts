import { decode } from '../bson/decode.js';
import type { Doc } from '../bson/types.js';
import { prefixRange } from '../keys/range.js';
import type { CompiledFilter } from '../query/filter.js';
import { fail } from '../errors.js';
import type { Catalog } from '../storage/catalog.js';
import type { CollectionInfo } from '../storage/collection-info.js';
import { collectionPrefix, documentKey, recordIdOf } from '../storage/layout.js';
import type { Entry, ScanOptions } from '../storage/store.js';
import { scan } from '../storage/store.js';
import type { IndexInfo } from '../storage/index-info.js';
import { mergeStreams } from './merge.js';
import type { IndexPlan, Plan } from './plan.js';

/** A stored document that was found; it is decoded when somebody asks. */
export class Row {
  #doc: Doc | undefined;

  constructor(
    readonly record: number,
    readonly bytes: Buffer,
    /** True when it may have been changed since an index named it. */
    readonly mayDiffer = false,
  ) {}

  get doc(): Doc {
    this.#doc ??= decode(this.bytes);
    return this.#doc;
  }
}

/** How much a plan has read, for explain. */
export interface ReadCounters {
  keys: number;
  documents: number;
}

/** Where a plan is carried out. */
export interface RowSource {
  readonly catalog: Catalog;
  readonly collection: CollectionInfo;
  readonly counters: ReadCounters;
  /** How many documents are wanted for now; undefined for all. */
  readonly wanted?: number | undefined;
}

/** @throws CommandError 175 when what is being read is gone: its entries are, and the results would look complete. */
function checkIsThere({ catalog, collection }: RowSource, index?: IndexInfo): void {
  if (catalog.holds(collection, index)) return;
  fail(
    'QueryPlanKilled',
    catalog.holds(collection)
      ? `query plan killed :: caused by :: index '${index?.name}' dropped`
      : `query plan killed :: caused by :: collection dropped or renamed: ${collection.namespace}`,
  );
}

/** How both maps are read: as long as what is read is there. */
function scanOptions(source: RowSource, isReverse: boolean, index?: IndexInfo): ScanOptions {
  const begin = (): number => {
    checkIsThere(source, index);
    return source.catalog.store.view;
  };
  return { isReverse, wanted: source.wanted, begin };
}

function* indexEntries(source: RowSource, plan: IndexPlan): Generator<Entry> {
  const { store } = source.catalog;
  const options = scanOptions(source, plan.isReverse, plan.index);
  const ranges = plan.isReverse ? [...plan.ranges].reverse() : plan.ranges;
  if (plan.isMerged && ranges.length > 1) {
    const streams = ranges.map((range) => ({
      entries: scan(store.entries, range, options),
      prefixLength: range.prefixLength,
    }));
    yield* mergeStreams(streams, plan.isReverse);
  } else for (const range of ranges) yield* scan(store.entries, range, options);
}

function canRepeat(plan: IndexPlan): boolean {
  return plan.index.multikey.some(Boolean);
}

function* indexRows(source: RowSource, plan: IndexPlan, seen?: Set<number>): Generator<Row | undefined> {
  const { collection, counters } = source;
  const { store } = source.catalog;
  const known = seen ?? (canRepeat(plan) ? new Set<number>() : undefined);
  for (const { value, asOf } of indexEntries(source, plan)) {
    counters.keys += 1;
    const record = recordIdOf(value);
    if (known) {
      if (known.has(record)) continue;
      known.add(record);
    }
    counters.documents += 1;
    const bytes = store.documents.get(documentKey(collection.id, record));
    yield bytes && new Row(record, bytes, store.view !== asOf);
  }
  checkIsThere(source, plan.index);
}

function* scanRows(source: RowSource, isReverse: boolean): Generator<Row> {
  const { catalog, collection, counters } = source;
  const range = prefixRange(collectionPrefix(collection.id));
  for (const { key, value } of scan(catalog.store.documents, range, scanOptions(source, isReverse))) {
    counters.documents += 1;
    yield new Row(recordIdOf(key), value);
  }
}

function* plannedRows(source: RowSource, plan: Plan): Generator<Row | undefined> {
  if (plan.kind === 'scan') yield* scanRows(source, plan.isReverse);
  else if (plan.kind === 'index') yield* indexRows(source, plan);
  else {
    const seen = new Set<number>();
    for (const branch of plan.plans) yield* indexRows(source, branch, seen);
  }
}

/**
 * The documents a plan finds and the filter takes. `undefined` is no document but progress: whoever pulls may rest.
 * A filter that the plan answers by itself is asked of documents that may have been written since.
 */
export function* rows(source: RowSource, plan: Plan, filter: CompiledFilter | undefined): Generator<Row | undefined> {
  const isTaken = (row: Row): boolean => !filter || (plan.isExact && !row.mayDiffer) || filter(row.doc);
  for (const row of plannedRows(source, plan)) yield row && isTaken(row) ? row : undefined;
}
