import { Long } from 'bson';
import { fail } from '../errors.js';
import { doubleValue, wholeNumber } from '../bson/arithmetic.js';
import { compareValues } from '../bson/compare.js';
import type { Numeric } from '../bson/numbers.js';
import { isIntegral, isNumeric, toDouble } from '../bson/numbers.js';
import { isDoc, typeAlias } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { parseSort, sortBy } from '../query/sort.js';
import { spend } from './budget.js';
import { evalExpr, mingo } from './mingo.js';
import type { Operator, OperatorTable } from './operator.js';
import { isNullish, operator, unary, withNames } from './operator.js';

function whole(value: unknown, code: number, message: string): number {
  return isNumeric(value) && isIntegral(value) ? toDouble(value) : fail(code, `${message}, found ${typeAlias(value)}`);
}

function range([start, end, step = 1]: readonly unknown[]): number[] {
  const first = whole(start, 34443, '$range requires a numeric starting value');
  const last = whole(end, 34445, '$range requires a numeric ending value');
  const by = whole(step, 34447, '$range requires a numeric step value');
  if (by === 0) fail(34449, '$range requires a non-zero step value');
  const length = Math.max(0, Math.ceil((last - first) / by));
  spend(length);
  return Array.from({ length }, (_, i) => first + i * by);
}

function slice([list, second, third]: readonly unknown[]): unknown {
  if (isNullish(list) || isNullish(second) || third === null) return null;
  if (!Array.isArray(list))
    fail(28724, `First argument to $slice must be an array, but is of type: ${typeAlias(list)}`);
  const items = list as unknown[];
  const at = whole(second, 28725, 'Second argument to $slice must be a numeric value');
  if (third === undefined) return at < 0 ? items.slice(at) : items.slice(0, at);
  const size = whole(third, 28727, 'Third argument to $slice must be numeric');
  if (size <= 0) fail(28729, `Third argument to $slice must be positive: ${size}`);
  const start = at < 0 ? Math.max(0, items.length + at) : at;
  return items.slice(start, start + size);
}

/** mingo walks through the list; what is true, and how many are wanted, is said in a form that it reads rightly. */
const filter: Operator = (doc, expression, options) => {
  if (!isDoc(expression)) fail(28646, '$filter only supports an object as its argument');
  const { input, as, limit, cond } = expression;
  const most = limit === undefined ? undefined : evalExpr(doc, limit, options);
  const asked = {
    input,
    ...(typeof as === 'string' ? { as } : {}),
    cond: { $and: [cond] },
    ...(isNullish(most)
      ? {}
      : { limit: whole(most, 327391, '$filter: limit must be represented as a 32-bit integral value') }),
  };
  return mingo().expressions.$filter(doc, asked, options);
};

function sortArray({ input, sortBy: order }: Doc): unknown {
  if (isNullish(input)) return null;
  if (!Array.isArray(input))
    fail(2942504, `The input argument to $sortArray must be an array, but was of type: ${typeAlias(input)}`);
  const items = input as unknown[];
  if (isNumeric(order)) return [...items].sort((a, b) => toDouble(order) * compareValues(a, b));
  return sortBy(items, parseSort(order) ?? [], { docOf: (item) => (isDoc(item) ? item : {}) });
}

function bits(value: unknown, name: string): bigint {
  if (isNumeric(value) && (value instanceof Long || typeAlias(value) === 'int')) return BigInt(value.toString());
  return fail('TypeMismatch', `${name} only supports int and long operands, not ${typeAlias(value)}`);
}

function bitwise(name: string, start: bigint, combine: (a: bigint, b: bigint) => bigint): Operator {
  return operator(name, { least: 0, most: Infinity }, (values) => {
    if (values.some(isNullish)) return null;
    const result = values.reduce<bigint>((known, value) => combine(known, bits(value, name)), start);
    return wholeNumber(
      result,
      values.some((value) => value instanceof Long),
    );
  });
}

/** The value below which a part of the numbers lies, by the nearest rank. */
function percentile(sorted: readonly Numeric[], part: number): unknown {
  const found = sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
  return found === undefined ? null : doubleValue(toDouble(found));
}

function numbersOf(input: unknown): Numeric[] {
  const values: readonly unknown[] = Array.isArray(input) ? input : [input];
  return values.filter(isNumeric).sort(compareValues);
}

function percentiles({ input, p }: Doc): unknown {
  if (!Array.isArray(p)) fail(7750300, "The $percentile 'p' field must be an array of values from [0.0, 1.0]");
  const sorted = numbersOf(input);
  return (p as unknown[]).map((part) => percentile(sorted, isNumeric(part) ? toDouble(part) : 0));
}

function ends(name: string, take: (items: readonly unknown[], n: number) => unknown[]): Operator {
  return withNames(name, ({ input, n }) => {
    if (!Array.isArray(input)) fail(5788200, 'Input must be an array');
    const amount = whole(n, 5787902, "Value for 'n' must be of integral type");
    if (amount <= 0) fail(5787908, `'n' must be greater than 0, found ${amount}`);
    return take(input, amount);
  });
}

function ordered(items: readonly unknown[], sign: 1 | -1): unknown[] {
  return items.filter((item) => !isNullish(item)).sort((a, b) => sign * compareValues(a, b));
}

/** Each step is an operator's call, so that its part of the budget is taken. */
const reduce: Operator = (doc, expression, options) => {
  if (!isDoc(expression)) fail(40075, '$reduce requires an object as an argument');
  return mingo().expressions.$reduce(doc, { ...expression, in: { $cond: [true, expression.in, null] } }, options);
};

function concatenated(lists: readonly unknown[]): unknown {
  if (lists.some(isNullish)) return null;
  const other = lists.find((list) => !Array.isArray(list));
  return other === undefined
    ? lists.flat(1)
    : fail(28664, `$concatArrays only supports arrays, not ${typeAlias(other)}`);
}

function reversed(list: unknown): unknown[] {
  return Array.isArray(list)
    ? [...(list as unknown[])].reverse()
    : fail(34435, `The argument to $reverseArray must be an array, but was of type: ${typeAlias(list)}`);
}

/** What stands in the place of elements that shorter lists do not have. */
function sparesOf({ defaults = [], useLongestLength = false }: Doc, width: number): readonly unknown[] {
  if (!Array.isArray(defaults)) fail(34462, `defaults must be an array of expressions, found ${typeAlias(defaults)}`);
  if (typeof useLongestLength !== 'boolean')
    fail(34463, `useLongestLength must be a bool, found ${typeAlias(useLongestLength)}`);
  if (defaults.length > 0 && !useLongestLength) fail(34466, 'cannot specify defaults unless useLongestLength is true');
  if (defaults.length > 0 && defaults.length !== width) fail(34467, 'defaults and inputs must have the same length');
  return defaults as unknown[];
}

function zip(named: Doc): unknown {
  const { inputs } = named;
  if (!Array.isArray(inputs)) fail(34461, `inputs must be an array of expressions, found ${typeAlias(inputs)}`);
  if (inputs.length === 0) fail(34465, '$zip requires at least one input array');
  const spares = sparesOf(named, inputs.length);
  if (inputs.some(isNullish)) return null;
  if (!inputs.every(Array.isArray)) fail(34468, '$zip found a non-array expression in input');
  const lists = inputs as readonly unknown[][];
  const lengths = lists.map(({ length }) => length);
  const length = named.useLongestLength === true ? Math.max(...lengths) : Math.min(...lengths);
  return Array.from({ length }, (_, i) => lists.map((list, k) => (i < list.length ? list[i] : spares[k]) ?? null));
}

/** The operators on lists that compare, count or take whole numbers of any type. */
export const listOperators: OperatorTable = {
  $range: operator('$range', { least: 2, most: 3 }, range),
  $slice: operator('$slice', { least: 2, most: 3 }, slice),
  $concatArrays: operator('$concatArrays', { least: 0, most: Infinity }, concatenated),
  $reverseArray: unary('$reverseArray', reversed),
  $zip: withNames('$zip', zip),
  $filter: filter,
  $reduce: reduce,
  $sortArray: (doc, expression, options) => {
    if (!isDoc(expression)) fail(2942500, '$sortArray requires an object as an argument');
    return sortArray({ ...expression, input: evalExpr(doc, expression.input, options) });
  },
  $bitAnd: bitwise('$bitAnd', -1n, (a, b) => a & b),
  $bitOr: bitwise('$bitOr', 0n, (a, b) => a | b),
  $bitXor: bitwise('$bitXor', 0n, (a, b) => a ^ b),
  $bitNot: unary('$bitNot', (value) => wholeNumber(~bits(value, '$bitNot'), value instanceof Long)),
  $median: withNames('$median', ({ input }) => percentile(numbersOf(input), 0.5)),
  $percentile: withNames('$percentile', percentiles),
  $firstN: ends('$firstN', (items, n) => items.slice(0, n)),
  $lastN: ends('$lastN', (items, n) => items.slice(-n)),
  $maxN: ends('$maxN', (items, n) => ordered(items, -1).slice(0, n)),
  $minN: ends('$minN', (items, n) => ordered(items, 1).slice(0, n)),
};
