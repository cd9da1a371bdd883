import type { SortSpec } from '../query/sort.js';
import type { IndexInfo } from '../storage/index-info.js';
import type { PrefixUse } from './candidate.js';

/** How an index gives a sort order. */
export interface SortUse {
  readonly isReverse: boolean;
  /** The ranges are to be merged by what follows their prefixes. */
  readonly isMerged: boolean;
}

/** Merging more ranges than this costs more than sorting. */
const maxMerged = 5000;

/**
 * Do the index's fields from `start` on follow the sort? Fields bound to one value may be skipped on both sides, but
 * a sort by a list goes by its least or greatest element, whichever element was asked for. The answer is the direction;
 * undefined when they do not.
 */
function followsFrom(
  start: number,
  index: IndexInfo,
  { sort, pinned }: { sort: SortSpec; pinned: readonly boolean[] },
): boolean | undefined {
  const isPinned = (path: string): boolean =>
    index.fields.some((field, i) => field.path === path && pinned[i] === true && index.multikey[i] !== true);
  let isReverse: boolean | undefined;
  let at = start;
  for (const { path, descending } of sort) {
    if (isPinned(path)) continue;
    while (pinned[at] === true && index.fields[at]?.path !== path) at += 1;
    const field = index.fields[at];
    if (field?.path !== path || index.multikey[at] === true) return undefined;
    const turned = field.descending !== descending;
    if (isReverse !== undefined && isReverse !== turned) return undefined;
    isReverse = turned;
    at += 1;
  }
  return isReverse ?? false;
}

/** Whether and how an index gives a sort order, with its leading fields bound as they are. */
export function sortUse(index: IndexInfo, prefix: PrefixUse, sort: SortSpec): SortUse | undefined {
  if (index.hasCutKeys) return undefined;
  const { pinned } = prefix;
  const inSequence = followsFrom(0, index, { sort, pinned });
  if (inSequence !== undefined) return { isReverse: inSequence, isMerged: false };
  const isMergeable = prefix.ranges.length <= maxMerged && prefix.pointFields > 0;
  const merged = isMergeable ? followsFrom(prefix.pointFields, index, { sort, pinned }) : undefined;
  return merged === undefined ? undefined : { isReverse: merged, isMerged: true };
}
