import { MaxKey, MinKey } from 'bson';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { Rank, rankOf } from '../bson/types.js';
import { encodeValue } from '../keys/encode.js';
import type { KeyRange } from '../keys/range.js';
import { after, intersect, invertRange, prefixRange } from '../keys/range.js';
import { isRegex, regexPrefix } from '../query/regex.js';
import type { Conjunct } from './analyse.js';
import { showRange, showValue } from './show.js';

/** A stretch of the values of one field, as bytes in ascending order. */
export interface Interval {
  readonly range: KeyRange;
  /** One value, not a stretch. */
  readonly isPoint: boolean;
  /** As explain writes it. */
  readonly text: string;
}

/** What the conditions of one path say about its index keys. */
export interface FieldBounds {
  readonly intervals: readonly Interval[];
  /** True when being inside is all the conditions ask. */
  readonly isExact: boolean;
  /** The `$elemMatch` the bounds come from, on a multikey field. */
  readonly element?: object | undefined;
}

function point(value: unknown): Interval {
  return { range: prefixRange(encodeValue(value)), isPoint: true, text: `[${showValue(value)}, ${showValue(value)}]` };
}

function bracket(rank: number): KeyRange {
  return rank === Rank.number
    ? { lo: encodeValue(-Infinity), hi: Buffer.from([rank + 1]) }
    : { lo: Buffer.from([rank]), hi: Buffer.from([rank + 1]) };
}

const everything: KeyRange = { lo: Buffer.from([0]), hi: Buffer.from([Rank.maxKey + 1]) };

const nullPoints: FieldBounds = { intervals: [point(undefined), point(null)], isExact: false };

/** Operands that say nothing about a stretch of one type. */
function isUnbounded(operand: unknown): boolean {
  if (operand instanceof MinKey || operand instanceof MaxKey || Array.isArray(operand) || isRegex(operand)) return true;
  return isNumeric(operand) && Number.isNaN(toDouble(operand));
}

function rangeOf(operator: string, encoded: Buffer, outer: KeyRange): KeyRange {
  if (operator === '$gt') return { lo: after(encoded), hi: outer.hi };
  if (operator === '$gte') return { lo: encoded, hi: outer.hi };
  return { lo: outer.lo, hi: operator === '$lt' ? encoded : after(encoded) };
}

function comparison({ operator, operand, seesWholeArrays }: Conjunct): FieldBounds | undefined {
  if (operand === null || operand === undefined)
    return operator.endsWith('e') && !seesWholeArrays ? nullPoints : undefined;
  if (isUnbounded(operand)) return undefined;
  const outer = seesWholeArrays ? everything : bracket(rankOf(operand));
  const range = rangeOf(operator, encodeValue(operand), outer);
  return { intervals: [{ range, isPoint: false, text: showRange(operator, operand) }], isExact: true };
}

function equality({ operand }: Conjunct): FieldBounds | undefined {
  if (operand === null || operand === undefined) return nullPoints;
  if (Array.isArray(operand) || isRegex(operand)) return undefined;
  return { intervals: [point(operand)], isExact: true };
}

function regexIntervals(regex: unknown): readonly Interval[] | undefined {
  const { prefix } = isRegex(regex) ? regexPrefix(regex) : { prefix: '' };
  if (prefix === '') return undefined;
  const lo = encodeValue(prefix).subarray(0, -1);
  const text = `["${prefix}", "${prefix}\u{10ffff}")`;
  return [
    { range: prefixRange(Buffer.from(lo)), isPoint: false, text },
    { range: prefixRange(Buffer.from([Rank.regex])), isPoint: false, text: `[/${prefix}/, /${prefix}/]` },
  ];
}

function regex({ operand }: Conjunct): FieldBounds | undefined {
  const intervals = regexIntervals(operand);
  return intervals && { intervals, isExact: false };
}

function membership({ operand }: Conjunct): FieldBounds | undefined {
  if (!Array.isArray(operand) || operand.some(Array.isArray)) return undefined;
  const intervals: Interval[] = [];
  let isExact = true;
  for (const item of operand as unknown[]) {
    const found = isRegex(item) ? regexIntervals(item) : equality({ operand: item } as Conjunct)?.intervals;
    if (!found) return undefined;
    isExact &&= !isRegex(item) && item !== null && item !== undefined;
    intervals.push(...found);
  }
  return { intervals: tidy(intervals), isExact };
}

const typeRanks: Readonly<Record<string, number>> = {
  number: Rank.number,
  string: Rank.string,
  object: Rank.object,
  objectId: Rank.objectId,
  bool: Rank.boolean,
  date: Rank.date,
};

function type({ operand }: Conjunct): FieldBounds | undefined {
  const rank = typeof operand === 'string' ? typeRanks[operand] : undefined;
  if (rank === undefined) return undefined;
  const range = { lo: Buffer.from([rank]), hi: Buffer.from([rank + 1]) };
  return { intervals: [{ range, isPoint: false, text: `[${String(operand)}]` }], isExact: false };
}

type MakeBounds = (conjunct: Conjunct) => FieldBounds | undefined;

const makers: ReadonlyMap<string, MakeBounds> = new Map<string, MakeBounds>([
  ['$eq', equality],
  ['$in', membership],
  ['$gt', comparison],
  ['$gte', comparison],
  ['$lt', comparison],
  ['$lte', comparison],
  ['$regex', regex],
  ['$type', type],
  ['$exists', ({ operand }) => (operand === false ? nullPoints : undefined)],
]);

/** Sorted, each one once. */
function tidy(intervals: readonly Interval[]): Interval[] {
  const sorted = [...intervals].sort((a, b) => Buffer.compare(a.range.lo, b.range.lo));
  return sorted.filter((interval, i) => i === 0 || !sorted[i - 1]?.range.lo.equals(interval.range.lo));
}

function combine(a: FieldBounds, b: FieldBounds): FieldBounds {
  const intervals = a.intervals.flatMap((left) =>
    b.intervals.flatMap((right) => {
      const range = intersect(left.range, right.range);
      const text = left.isPoint ? left.text : right.isPoint ? right.text : mergeText(left.text, right.text);
      return range ? [{ range, isPoint: left.isPoint || right.isPoint, text }] : [];
    }),
  );
  return { intervals: tidy(intervals), isExact: a.isExact && b.isExact };
}

function mergeText(a: string, b: string): string {
  const isLower = (text: string): boolean => text.endsWith('inf)') || text.endsWith('inf]') || text.includes(', max');
  const [lower, upper] = isLower(a) ? [a, b] : [b, a];
  return `${lower.split(', ')[0] ?? ''}, ${upper.split(', ').at(-1) ?? ''}`;
}

/**
 * What the conditions on one path allow; undefined when an index does not help. On a multikey field two conditions may
 * be met by two elements, so only one of them bounds the search there.
 */
export function boundsOf(conjuncts: readonly Conjunct[], isMultikey: boolean): FieldBounds | undefined {
  const found = conjuncts.map((conjunct) => {
    if (isMultikey && conjunct.seesWholeArrays) return undefined;
    const bounds = makers.get(conjunct.operator)?.(conjunct);
    return bounds && { ...bounds, isExact: bounds.isExact && conjunct.isExact, element: conjunct.element };
  });
  const known = found.filter((bounds) => bounds !== undefined);
  const isExact = known.length === conjuncts.length;
  if (isMultikey) {
    const best = known.find(({ intervals }) => intervals.every(({ isPoint }) => isPoint)) ?? known[0];
    return best && { ...best, isExact: best.isExact && conjuncts.length === 1 };
  }
  const [first, ...others] = known;
  if (!first) return undefined;
  const all = others.reduce(combine, first);
  return { intervals: all.intervals, isExact: isExact && all.isExact };
}

/** The intervals of a field in the order of the index's bytes. */
export function inIndexOrder({ intervals }: FieldBounds, descending: boolean): readonly Interval[] {
  if (!descending) return intervals;
  return intervals.map((interval) => ({ ...interval, range: invertRange(interval.range) })).reverse();
}
