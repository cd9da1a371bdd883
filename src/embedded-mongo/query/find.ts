import { encode } from '../bson/encode.js';
import type { Collation } from '../bson/collation.js';
import type { Doc } from '../bson/types.js';
import type { Deadline } from '../deadline.js';
import { checkDeadline } from '../deadline.js';
import type { Engine } from '../engine.js';
import type { Plan } from '../planner/plan.js';
import { choosePlan } from '../planner/choose.js';
import type { ReadCounters, Row } from '../planner/rows.js';
import { rows } from '../planner/rows.js';
import type { CollectionInfo } from '../storage/collection-info.js';
import type { CompiledFilter } from './filter.js';
import { compileFilter } from './filter.js';
import type { Project } from './projection.js';
import type { SortSpec } from './sort.js';
import { sortBy } from './sort.js';

/** What a find asks for. */
export interface FindRequest {
  readonly filter: Doc;
  readonly sort?: SortSpec | undefined;
  readonly skip?: number | undefined;
  /** Undefined for all. */
  readonly limit?: number | undefined;
  /** Documents of the first batch; undefined for as many as there are. */
  readonly batch?: number | undefined;
  readonly hint?: unknown;
  readonly variables?: Doc | undefined;
  readonly collation?: Collation | undefined;
}

/** A find, planned. */
export interface PlannedFind {
  readonly plan: Plan;
  readonly counters: ReadCounters;
  readonly rows: Generator<Row | undefined>;
}

/** Sorting with a limit keeps this many times the limit before it throws the rest away. */
const spareFactor = 4;
const leastSpare = 1000;

function* sortedRows(
  found: Generator<Row | undefined>,
  sort: SortSpec,
  { keep, collation }: { keep: number; collation: Collation | undefined },
): Generator<Row | undefined> {
  const by = { docOf: (row: Row): Doc => row.doc, collation };
  let kept: Row[] = [];
  for (const row of found) {
    if (row) kept.push(row);
    if (kept.length > keep * spareFactor + leastSpare) kept = sortBy(kept, sort, by).slice(0, keep);
    yield undefined;
  }
  yield* sortBy(kept, sort, by);
}

function* limited(found: Generator<Row | undefined>, skip: number, limit: number): Generator<Row | undefined> {
  let toSkip = skip;
  let left = limit;
  if (left <= 0) return;
  for (const row of found) {
    if (!row) yield undefined;
    else if (toSkip > 0) toSkip -= 1;
    else {
      yield row;
      left -= 1;
      if (left <= 0) return;
    }
  }
}

/** How many documents are to be read for now: a sort needs all, and a batch the next one too, to know that there is more. */
function wantedOf(
  { skip = 0, limit = Infinity, batch = Infinity }: FindRequest,
  isSorting: boolean,
): number | undefined {
  const wanted = skip + Math.min(limit, batch + 1);
  return isSorting || wanted === Infinity ? undefined : wanted;
}

/**
 * Plans a find. Nothing is read before the first row is asked for.
 * @throws CommandError for a filter or a hint that is wrong.
 */
export function planFind(engine: Engine, collection: CollectionInfo, request: FindRequest): PlannedFind {
  const { filter, sort, skip = 0, limit = Infinity, variables, collation } = request;
  const isEmpty = Object.keys(filter).length === 0;
  const test: CompiledFilter | undefined = isEmpty ? undefined : compileFilter(filter, { variables, collation });
  const plan = choosePlan(collection, request);
  const isSorting = sort !== undefined && !plan.providesSort;
  const counters = { keys: 0, documents: 0 };
  const source = { catalog: engine.catalog, collection, counters, wanted: wantedOf(request, isSorting) };
  const found = rows(source, plan, test);
  const ordered = isSorting ? sortedRows(found, sort, { keep: skip + limit, collation }) : found;
  const isWhole = skip === 0 && limit === Infinity;
  return { plan, counters, rows: isWhole ? ordered : limited(ordered, skip, limit) };
}

/** Rows as BSON, cut by a projection. */
export function* projected(
  found: Generator<Row | undefined>,
  project: Project | undefined,
): Generator<Buffer | undefined> {
  for (const row of found) {
    if (!row) yield undefined;
    else yield project ? encode(project(row.doc)) : row.bytes;
  }
}

/** All rows at once, for writes: inside a transaction nobody waits for a turn. @throws CommandError 50 after the deadline. */
export function collectRows(found: Generator<Row | undefined>, deadline?: Deadline): Row[] {
  const collected: Row[] = [];
  for (const row of found) {
    checkDeadline(deadline);
    if (row) collected.push(row);
  }
  return collected;
}
