import type { Binary, BSONRegExp, Code, Long, ObjectId, Timestamp } from 'bson';
import { BSONSymbol } from 'bson';
import { fieldNames } from './fields.js';
import { compareNumbers } from './numbers.js';
import type { Numeric } from './numbers.js';
import { Rank, rankOf } from './types.js';
import type { Doc } from './types.js';

/** How strings are compared; by their bytes when it is missing. */
export type CompareStrings = (a: string, b: string) => number;

type Compare = (a: never, b: never, strings: CompareStrings) => number;

function ordinal<T extends number | bigint | boolean>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const surrogate = /[\ud800-\udfff]/;

/** Orders strings by their UTF-8 bytes, which differs from UTF-16 order only beyond the basic plane. */
function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  if (surrogate.test(a) || surrogate.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
}

function text(value: string | BSONSymbol): string {
  return value instanceof BSONSymbol ? value.value : value;
}

function compareArrays(a: readonly unknown[], b: readonly unknown[], strings: CompareStrings): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const order = compareValues(a[i], b[i], strings);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareDocs(a: Doc, b: Doc, strings: CompareStrings): number {
  const namesA = fieldNames(a);
  const namesB = fieldNames(b);
  const length = Math.min(namesA.length, namesB.length);
  for (let i = 0; i < length; i += 1) {
    const nameA = namesA[i] ?? '';
    const nameB = namesB[i] ?? '';
    const order =
      ordinal(rankOf(a[nameA]), rankOf(b[nameB])) ||
      compareStrings(nameA, nameB) ||
      compareValues(a[nameA], b[nameB], strings);
    if (order !== 0) return order;
  }
  return namesA.length - namesB.length;
}

function compareBinary(a: Binary, b: Binary): number {
  return (
    ordinal(a.position, b.position) ||
    ordinal(a.sub_type, b.sub_type) ||
    Buffer.compare(a.buffer.subarray(0, a.position), b.buffer.subarray(0, b.position))
  );
}

function compareTimestamps(a: Timestamp, b: Timestamp): number {
  return ordinal((a as unknown as Long).toBigInt(), (b as unknown as Long).toBigInt());
}

/** A regular expression as its pattern and its options. */
export function regexParts(value: BSONRegExp | RegExp): readonly [string, string] {
  return value instanceof RegExp ? [value.source, value.flags] : [value.pattern, value.options];
}

function compareRegexes(a: BSONRegExp | RegExp, b: BSONRegExp | RegExp): number {
  const [left, right] = [regexParts(a), regexParts(b)];
  return compareStrings(left[0], right[0]) || compareStrings(left[1], right[1]);
}

function compareCode(a: Code, b: Code): number {
  return compareStrings(a.code, b.code) || compareDocs(a.scope ?? {}, b.scope ?? {}, compareStrings);
}

const comparers = new Map<number, Compare>([
  [Rank.number, (a: Numeric, b: Numeric) => compareNumbers(a, b)],
  [Rank.string, (a: string | BSONSymbol, b: string | BSONSymbol, strings: CompareStrings) => strings(text(a), text(b))],
  [Rank.object, compareDocs],
  [Rank.array, compareArrays],
  [Rank.binary, compareBinary],
  [Rank.objectId, (a: ObjectId, b: ObjectId) => Buffer.compare(a.id, b.id)],
  [Rank.boolean, (a: boolean, b: boolean) => ordinal(a, b)],
  [Rank.date, (a: Date, b: Date) => ordinal(a.getTime(), b.getTime())],
  [Rank.timestamp, compareTimestamps],
  [Rank.regex, compareRegexes],
  [Rank.code, compareCode],
  [Rank.codeWithScope, compareCode],
]);

/** Orders any two values as MongoDB does: by type, then by value; numbers of different types by value alone. */
export function compareValues(a: unknown, b: unknown, strings: CompareStrings = compareStrings): number {
  if (typeof a === 'string' && typeof b === 'string') return strings(a, b);
  const rankA = rankOf(a);
  const rankB = rankOf(b);
  if (rankA !== rankB) return rankA - rankB;
  return comparers.get(rankA)?.(a as never, b as never, strings) ?? 0;
}

/** True for values that MongoDB's `$eq` takes as the same. */
export function equalValues(a: unknown, b: unknown, strings?: CompareStrings): boolean {
  return a === b || compareValues(a, b, strings) === 0;
}
