import { fail } from '../errors.js';
import type { Collation } from '../bson/collation.js';
import { equalValues } from '../bson/compare.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { isDoc } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import type { SortSpec } from '../query/sort.js';
import type { CollectionInfo } from '../storage/collection-info.js';
import type { Analysis } from './analyse.js';
import { analyse } from './analyse.js';
import { candidate, keyPattern } from './candidate.js';
import type { IndexPlan, Plan, UnionPlan } from './plan.js';

/** What is to be found. */
export interface PlanRequest {
  readonly filter: Doc;
  readonly sort?: SortSpec | undefined;
  /** An index's name or key pattern, or `{ $natural: ±1 }`. */
  readonly hint?: unknown;
  readonly variables?: Doc | undefined;
  /** Indexes hold strings in the order of their bytes: a request with another order reads everything. */
  readonly collation?: Collation | undefined;
}

function best(plans: readonly (IndexPlan | undefined)[]): IndexPlan | undefined {
  let found: IndexPlan | undefined;
  for (const plan of plans) if (plan && (!found || isBetter(plan, found))) found = plan;
  return found;
}

function isBetter(a: IndexPlan, b: IndexPlan): boolean {
  if (a.score !== b.score) return a.score > b.score;
  if (a.isExact !== b.isExact) return a.isExact;
  return a.index.fields.length < b.index.fields.length;
}

function bestFor(collection: CollectionInfo, analysis: Analysis, sort: SortSpec | undefined): IndexPlan | undefined {
  return best(collection.indexes.filter(({ hidden }) => !hidden).map((index) => candidate(index, { analysis, sort })));
}

/** A union of the branches of one `$or`, each with the other conditions, when every branch has an index. */
function unionOf(collection: CollectionInfo, analysis: Analysis, atLeast: number): UnionPlan | undefined {
  const [branches] = analysis.alternatives;
  if (!branches) return undefined;
  const plans: IndexPlan[] = [];
  for (const branch of branches) {
    const own = analyse(branch);
    const conjuncts = [...analysis.conjuncts, ...own.conjuncts];
    const isComplete = own.isComplete && analysis.isCompleteBeside && analysis.alternatives.length === 1;
    const branchAnalysis = { conjuncts, alternatives: own.alternatives, isComplete, isCompleteBeside: isComplete };
    const plan = bestFor(collection, branchAnalysis, undefined);
    if (!plan || plan.score <= atLeast) return undefined;
    plans.push(plan);
  }
  return { kind: 'union', plans, providesSort: false, isExact: plans.every(({ isExact }) => isExact) };
}

function isNatural(hint: unknown): hint is Doc {
  return isDoc(hint) && '$natural' in hint;
}

function directionOf(natural: unknown): boolean {
  return isNumeric(natural) && toDouble(natural) < 0;
}

function hinted(
  collection: CollectionInfo,
  hint: unknown,
  request: { analysis: Analysis; sort: SortSpec | undefined },
): Plan {
  const index = collection.indexes.find((known) =>
    typeof hint === 'string' ? known.name === hint : equalValues(keyPattern(known), hint),
  );
  if (!index)
    fail(
      'BadValue',
      'error processing query: planner returned error: hint provided does not correspond to an existing index',
    );
  return candidate(index, { ...request, isForced: true }) ?? scanPlan(false);
}

function scanPlan(isReverse: boolean, providesSort = false): Plan {
  return { kind: 'scan', isReverse, providesSort, isExact: false };
}

/** True when a request says which index to use. */
export function hasHint(hint: unknown): boolean {
  return hint !== undefined && hint !== null && !(isDoc(hint) && Object.keys(hint).length === 0);
}

/**
 * Chooses how to find what is asked: an index, a union of index ranges, or a scan.
 * @throws CommandError 2 for a hint that names no index.
 */
export function choosePlan(collection: CollectionInfo, request: PlanRequest): Plan {
  const { filter, sort, hint, variables, collation } = request;
  if (sort?.[0]?.path === '$natural') return scanPlan(sort[0].descending, true);
  if (isNatural(hint)) return scanPlan(directionOf(hint.$natural));
  const analysis = analyse(filter, variables);
  if (hasHint(hint)) {
    const plan = hinted(collection, hint, { analysis, sort });
    return collation ? scanPlan(false) : plan;
  }
  if (collation) return scanPlan(false);
  const single = bestFor(collection, analysis, sort);
  const filterScore = single ? single.score - (single.providesSort ? 1.5 : 0) : 0;
  return unionOf(collection, analysis, filterScore) ?? single ?? scanPlan(false);
}
