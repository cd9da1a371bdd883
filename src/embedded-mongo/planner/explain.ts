import type { Doc } from '../bson/types.js';
import type { SortSpec } from '../query/sort.js';
import { keyPattern } from './candidate.js';
import type { IndexPlan, Plan } from './plan.js';

/** A find as explain describes it, beside its plan. */
export interface ExplainedFind {
  readonly plan: Plan;
  readonly filter: Doc;
  readonly sort: SortSpec | undefined;
  readonly skip: number | undefined;
  readonly limit: number | undefined;
  readonly isProjected: boolean;
}

function indexStage(plan: IndexPlan): Doc {
  const { index, bounds } = plan;
  return {
    stage: 'IXSCAN',
    keyPattern: keyPattern(index),
    indexName: index.name,
    isMultiKey: index.multikey.some(Boolean),
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.partialFilter !== undefined,
    direction: plan.isReverse ? 'backward' : 'forward',
    mergesRanges: plan.isMerged,
    indexBounds: Object.fromEntries(index.fields.map(({ path }, i) => [path, bounds[i] ?? []])),
  };
}

function accessStage(plan: Plan, filter: Doc): Doc {
  const hasFilter = Object.keys(filter).length > 0 && !plan.isExact;
  const rest = hasFilter ? { filter } : {};
  if (plan.kind === 'scan') return { stage: 'COLLSCAN', ...rest, direction: plan.isReverse ? 'backward' : 'forward' };
  if (plan.kind === 'index') return { stage: 'FETCH', ...rest, inputStage: indexStage(plan) };
  return { stage: 'FETCH', ...rest, inputStage: { stage: 'OR', inputStages: plan.plans.map(indexStage) } };
}

/** The winning plan, stage in stage, in the words of MongoDB's explain. */
export function explainPlan({ plan, filter, sort, skip, limit, isProjected }: ExplainedFind): Doc {
  let stage = accessStage(plan, filter);
  if (sort && !plan.providesSort) {
    const sortPattern = Object.fromEntries(sort.map(({ path, descending }) => [path, descending ? -1 : 1]));
    stage = { stage: 'SORT', sortPattern, inputStage: stage };
  }
  if (skip !== undefined && skip > 0) stage = { stage: 'SKIP', skipAmount: skip, inputStage: stage };
  if (limit !== undefined) stage = { stage: 'LIMIT', limitAmount: limit, inputStage: stage };
  return isProjected ? { stage: 'PROJECTION_DEFAULT', inputStage: stage } : stage;
}
