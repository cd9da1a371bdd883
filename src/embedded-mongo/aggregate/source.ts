import { isNumeric, toDouble } from '../bson/numbers.js';
import { isDoc } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import type { PlannedFind } from '../query/find.js';
import { planFind } from '../query/find.js';
import type { Row } from '../planner/rows.js';
import { parseSort } from '../query/sort.js';
import type { SortSpec } from '../query/sort.js';
import type { Docs, PipelineScope } from './pipeline.js';
import { compileStages } from './pipeline.js';

/** The part of a pipeline that the planner does, and what is left. */
export interface Pushed {
  readonly filter: Doc;
  readonly sort: SortSpec | undefined;
  readonly skip: number | undefined;
  readonly limit: number | undefined;
  readonly rest: readonly unknown[];
}

function amount(spec: unknown): number | undefined {
  const value = isNumeric(spec) ? toDouble(spec) : NaN;
  return Number.isInteger(value) && value >= 0 ? value : undefined;
}

function operandOf(stage: unknown, name: string): unknown {
  return isDoc(stage) && Object.keys(stage).length === 1 ? stage[name] : undefined;
}

/** Takes `$match`, `$sort`, `$skip` and `$limit` from the front of a pipeline. */
export function pushDown(pipeline: readonly unknown[]): Pushed {
  let at = 0;
  const filters: Doc[] = [];
  for (let filter = operandOf(pipeline[at], '$match'); isDoc(filter); filter = operandOf(pipeline[at], '$match')) {
    filters.push(filter);
    at += 1;
  }
  const order = operandOf(pipeline[at], '$sort');
  const sort = isDoc(order) ? parseSort(order) : undefined;
  if (sort) at += 1;
  const skip = amount(operandOf(pipeline[at], '$skip'));
  if (skip !== undefined) at += 1;
  const most = amount(operandOf(pipeline[at], '$limit'));
  const limit = most === 0 ? undefined : most;
  if (limit !== undefined) at += 1;
  const filled = filters.filter((filter) => Object.keys(filter).length > 0);
  const filter = filled.length > 1 ? { $and: filled } : (filled[0] ?? {});
  return { filter, sort, skip, limit, rest: pipeline.slice(at) };
}

/** A pipeline on a collection, ready to run. */
export interface PipelineSource {
  readonly docs: Docs;
  /** The rows as they are stored, when the planner does the whole pipeline. */
  readonly rows: Generator<Row | undefined> | undefined;
  readonly find: PlannedFind | undefined;
}

function* docsOf(rows: Iterable<Row | undefined>): Generator<Doc | undefined> {
  for (const row of rows) yield row?.doc;
}

/** Prepares a pipeline on a collection (an empty one when there is none of that name). */
export function pipelineSource(
  namespace: string,
  pipeline: readonly unknown[],
  { hint, ...scope }: PipelineScope & { readonly hint?: unknown },
): PipelineSource {
  const { rest, ...request } = pushDown(pipeline);
  const run = compileStages(rest, scope);
  const collection = scope.engine.catalog.get(namespace);
  if (!collection) {
    compileStages(pipeline, scope);
    return { docs: run([]), rows: undefined, find: undefined };
  }
  const find = planFind(scope.engine, collection, {
    ...request,
    variables: scope.variables,
    collation: scope.collation,
    hint,
  });
  return { docs: run(docsOf(find.rows)), rows: rest.length === 0 ? find.rows : undefined, find };
}
