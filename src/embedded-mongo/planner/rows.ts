import { decode } from '../bson/decode.js';
import type { Doc } from '../bson/types.js';
import { prefixRange } from '../keys/range.js';
import type { CompiledFilter } from '../query/filter.js';
import type { CollectionInfo } from '../storage/collection-info.js';
import { collectionPrefix, documentKey, recordIdOf } from '../storage/layout.js';
import type { Entry, Store } from '../storage/store.js';
import { scan } from '../storage/store.js';
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
  readonly store: Store;
  readonly collection: CollectionInfo;
  readonly counters: ReadCounters;
  /** How many documents are wanted for now; undefined for all. */
  readonly wanted?: number | undefined;
}

function* indexEntries({ store, wanted }: RowSource, plan: IndexPlan): Generator<Entry> {
  const { isReverse } = plan;
  const options = { isReverse, wanted, begin: (): number => store.view };
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
  const { store, collection, counters } = source;
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
}

function* scanRows({ store, collection, counters, wanted }: RowSource, isReverse: boolean): Generator<Row> {
  const range = prefixRange(collectionPrefix(collection.id));
  for (const { key, value } of scan(store.documents, range, { isReverse, wanted })) {
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
