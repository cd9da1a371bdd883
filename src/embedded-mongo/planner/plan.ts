import type { KeyRange } from '../keys/range.js';
import type { IndexInfo } from '../storage/index-info.js';

/** A range of an index; its keys agree in their first `prefixLength` bytes when that is set. */
export interface PlannedRange extends KeyRange {
  readonly prefixLength: number;
}

/** Reading ranges of one index, one after another or merged by what follows their prefixes. */
export interface IndexPlan {
  readonly kind: 'index';
  readonly index: IndexInfo;
  readonly ranges: readonly PlannedRange[];
  readonly isReverse: boolean;
  readonly isMerged: boolean;
  readonly providesSort: boolean;
  /** The ranges hold the results and nothing else: the filter need not be asked. */
  readonly isExact: boolean;
  /** Every result has exactly one entry in the ranges: they can be counted. */
  readonly isCountable: boolean;
  /** The bounds by field, for explain. */
  readonly bounds: readonly (readonly string[])[];
  readonly score: number;
}

/** Reading all documents in the order they came. */
export interface ScanPlan {
  readonly kind: 'scan';
  readonly isReverse: boolean;
  readonly providesSort: boolean;
  readonly isExact: boolean;
}

/** The results of several plans, each document once. */
export interface UnionPlan {
  readonly kind: 'union';
  readonly plans: readonly IndexPlan[];
  readonly providesSort: false;
  readonly isExact: boolean;
}

export type Plan = IndexPlan | ScanPlan | UnionPlan;
