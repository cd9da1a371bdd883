import type { Doc } from '../bson/types.js';
import type { IndexInfo } from '../storage/index-info.js';
import { cutLength } from '../storage/index-keys.js';
import { indexPrefix } from '../storage/layout.js';
import { after } from '../keys/range.js';
import type { Analysis, Conjunct } from './analyse.js';
import type { FieldBounds } from './bounds.js';
import { boundsOf, inIndexOrder } from './bounds.js';
import { implies } from './implies.js';
import { excludesMissing } from './missing.js';
import type { IndexPlan, PlannedRange } from './plan.js';
import type { SortUse } from './sort-use.js';
import { sortUse } from './sort-use.js';
import type { SortSpec } from '../query/sort.js';

/** More ranges than this are read as one. */
const maxRanges = 20_000;

/** The equality prefix of an index, and the field behind it that is bounded or not. */
export interface PrefixUse {
  readonly ranges: readonly PlannedRange[];
  /** How many leading fields are bound to single values. */
  readonly pointFields: number;
  /** By leading field: is it bound to exactly one value? */
  readonly pinned: readonly boolean[];
  readonly hasRange: boolean;
  readonly used: readonly FieldBounds[];
}

function byPath(analysis: Analysis): Map<string, Conjunct[]> {
  const groups = new Map<string, Conjunct[]>();
  for (const conjunct of analysis.conjuncts) {
    const group = groups.get(conjunct.path);
    if (group) group.push(conjunct);
    else groups.set(conjunct.path, [conjunct]);
  }
  return groups;
}

/** The conditions that the element which met earlier ones must meet as well. */
function sameElement(conjuncts: readonly Conjunct[], element: object | undefined): readonly Conjunct[] {
  return element ? conjuncts.filter((conjunct) => conjunct.element === element) : [];
}

/**
 * The bounds of each field. Two fields below one array have their keys from the same element, but two conditions may be
 * met by two elements: only those of one `$elemMatch` bound both fields.
 */
function fieldBounds(index: IndexInfo, groups: ReadonlyMap<string, Conjunct[]>): (FieldBounds | undefined)[] {
  const elements = new Map<string, object | undefined>();
  return index.fields.map(({ path, parts }, i) => {
    const conjuncts = groups.get(path);
    if (!conjuncts || index.multikey[i] !== true) return conjuncts && boundsOf(conjuncts, false);
    const root = parts[0] ?? '';
    const usable = elements.has(root) ? sameElement(conjuncts, elements.get(root)) : conjuncts;
    const bounds = boundsOf(usable, true);
    if (bounds) elements.set(root, bounds.element);
    return bounds && { ...bounds, isExact: bounds.isExact && usable.length === conjuncts.length };
  });
}

function join(prefix: Buffer, bytes: Buffer): Buffer {
  return Buffer.concat([prefix, bytes]);
}

/** A bound that is longer than a cut key is cut as well, and then holds a little more. */
function cutRange({ lo, hi, prefixLength }: PlannedRange): PlannedRange {
  const limit = cutLength + 4;
  if (lo.length <= limit && hi.length <= limit) return { lo, hi, prefixLength };
  return {
    lo: lo.subarray(0, limit),
    hi: hi.length > limit ? after(Buffer.from(hi.subarray(0, limit))) : hi,
    prefixLength: Math.min(prefixLength, limit),
  };
}

function walkPrefix(index: IndexInfo, bounds: readonly (FieldBounds | undefined)[]): PrefixUse {
  let prefixes: Buffer[] = [indexPrefix(index.id)];
  const used: FieldBounds[] = [];
  const pinned: boolean[] = [];
  for (const [i, field] of index.fields.entries()) {
    const found = bounds[i];
    if (!found || prefixes.length * found.intervals.length > maxRanges) break;
    const intervals = inIndexOrder(found, field.descending);
    used.push(found);
    if (!intervals.every(({ isPoint }) => isPoint)) {
      const ranges = prefixes.flatMap((prefix) =>
        intervals.map(({ range }) => ({
          lo: join(prefix, range.lo),
          hi: join(prefix, range.hi),
          prefixLength: prefix.length,
        })),
      );
      return { ranges: ranges.map(cutRange), pointFields: i, pinned, hasRange: true, used };
    }
    pinned.push(intervals.length === 1);
    prefixes = prefixes.flatMap((prefix) => intervals.map(({ range }) => join(prefix, range.lo)));
  }
  const ranges = prefixes.map((prefix) => cutRange({ lo: prefix, hi: after(prefix), prefixLength: prefix.length }));
  return { ranges, pointFields: used.length, pinned, hasRange: false, used };
}

function mayUse(index: IndexInfo, analysis: Analysis, isForced: boolean): boolean {
  if (!index.ready || !index.stored) return false;
  if (index.partialFilter && !implies(analysis.conjuncts, index.partialFilter)) return false;
  return isForced || !index.sparse || index.fields.some(({ path }) => excludesMissing(analysis.conjuncts, path));
}

function exactness(index: IndexInfo, prefix: PrefixUse, analysis: Analysis): boolean {
  if (!analysis.isComplete || index.hasCutKeys) return false;
  const usedPaths = new Set(index.fields.slice(0, prefix.used.length).map(({ path }) => path));
  return prefix.used.every(({ isExact }) => isExact) && analysis.conjuncts.every(({ path }) => usedPaths.has(path));
}

/** A document has several entries in a multikey index, but one only for each value. */
function holdsEachOnce(index: IndexInfo, prefix: PrefixUse): boolean {
  if (!index.multikey.some(Boolean)) return true;
  return prefix.ranges.length === 1 && index.multikey.every((is, i) => !is || i < prefix.pointFields);
}

function scoreOf(index: IndexInfo, prefix: PrefixUse, helpsSort: boolean): number {
  const isWholeUnique = index.unique && prefix.pointFields === index.fields.length;
  return (
    prefix.pointFields * 2 +
    (prefix.hasRange ? 1 : 0) +
    (helpsSort ? 1.5 : 0) +
    (isWholeUnique ? 100 : 0) +
    (index.partialFilter ? 0.25 : 0)
  );
}

function showBounds(index: IndexInfo, { used }: PrefixUse): string[][] {
  return index.fields.map((_field, i) => used[i]?.intervals.map(({ text }) => text) ?? ['[MinKey, MaxKey]']);
}

/** What is asked of an index. */
export interface Question {
  readonly analysis: Analysis;
  readonly sort: SortSpec | undefined;
  /** Use the index even when it only holds the documents in another order. */
  readonly isForced?: boolean;
}

/** The best use of one index for a question; undefined when it is of no use. */
export function candidate(index: IndexInfo, { analysis, sort, isForced = false }: Question): IndexPlan | undefined {
  if (!mayUse(index, analysis, isForced)) return undefined;
  const prefix = walkPrefix(index, fieldBounds(index, byPath(analysis)));
  const order = sort && sortUse(index, prefix, sort);
  const isUseful = prefix.used.length > 0 || order !== undefined || index.partialFilter !== undefined;
  return isUseful || isForced ? planOf(index, prefix, { analysis, order }) : undefined;
}

function planOf(
  index: IndexInfo,
  prefix: PrefixUse,
  { analysis, order }: { analysis: Analysis; order: SortUse | undefined },
): IndexPlan {
  const isExact = exactness(index, prefix, analysis);
  return {
    kind: 'index',
    index,
    ranges: prefix.ranges,
    isReverse: order?.isReverse ?? false,
    isMerged: order?.isMerged ?? false,
    providesSort: order !== undefined,
    isExact,
    isCountable: isExact && holdsEachOnce(index, prefix),
    bounds: showBounds(index, prefix),
    score: scoreOf(index, prefix, order !== undefined),
  };
}

/** The key pattern of an index as a document. */
export function keyPattern(index: IndexInfo): Doc {
  return index.spec.key as Doc;
}
