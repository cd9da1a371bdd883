import { fail } from '../errors.js';
import type { Collation } from '../bson/collation.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { fieldEntries } from '../bson/fields.js';
import { isDoc } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import type { IndexField } from '../storage/index-info.js';
import { sortKeyOf } from '../storage/index-keys.js';

/** The fields of a sort, the first one first. */
export type SortSpec = readonly IndexField[];

/**
 * Reads a sort such as `{ a: 1, 'b.c': -1 }`; undefined for none.
 * @throws CommandError 14 or 15975 for another form.
 */
export function parseSort(sort: unknown): SortSpec | undefined {
  if (sort === undefined || sort === null) return undefined;
  if (!isDoc(sort)) fail('TypeMismatch', `Expected field sort to be of type object`);
  const fields = fieldEntries(sort).map(([path, direction]) => parseField(path, direction));
  return fields.length > 0 ? fields : undefined;
}

function parseField(path: string, direction: unknown): IndexField {
  if (isDoc(direction) && '$meta' in direction) fail('BadValue', '$meta sort is not supported: there is no text index');
  if (!isNumeric(direction)) fail(15974, `Illegal key in $sort specification: ${path}: ${JSON.stringify(direction)}`);
  const number = toDouble(direction);
  if (number !== 1 && number !== -1) {
    fail(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
  }
  if (path === '' || (path.startsWith('$') && path !== '$natural'))
    fail(path === '' ? 40352 : 16410, `FieldPath field names may not start with '$': ${path}`);
  return { path, parts: path.split('.'), descending: number < 0 };
}

/** Sorts as an index on the same fields would, or by a language; equal ones keep their order. */
export function sortBy<T>(
  items: readonly T[],
  sort: SortSpec,
  { docOf, collation }: { docOf: (item: T) => Doc; collation?: Collation | undefined },
): T[] {
  const docs = items.map(docOf);
  const rank = collation && ranksOf(docs, sort, collation);
  const keyed = items.map((item, i) => ({ item, key: sortKeyOf(sort, docs[i] ?? {}, rank) }));
  return keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ item }) => item);
}

const rankDigits = 10;

/** Puts a number in place of every string that is sorted by: the same for equal ones, in the order of the collation. */
function ranksOf(docs: readonly Doc[], sort: SortSpec, { compare }: Collation): (text: string) => string {
  const texts = new Set<string>();
  const collect = (text: string): string => {
    texts.add(text);
    return text;
  };
  for (const doc of docs) sortKeyOf(sort, doc, collect);
  const ranks = new Map<string, string>();
  let [rank, before]: [number, string | undefined] = [0, undefined];
  for (const text of [...texts].sort(compare)) {
    if (before !== undefined && compare(before, text) !== 0) rank += 1;
    before = text;
    ranks.set(text, String(rank).padStart(rankDigits, '0'));
  }
  return (text) => ranks.get(text) ?? text;
}
