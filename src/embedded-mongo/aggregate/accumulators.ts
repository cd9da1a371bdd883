import { fail } from '../errors.js';
import { addNumbers, divideNumbers, doubleValue, OverflowError } from '../bson/arithmetic.js';
import { compareValues } from '../bson/compare.js';
import type { Numeric } from '../bson/numbers.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { fieldEntries, setField } from '../bson/fields.js';
import { isDoc } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import type { Evaluate } from '../expressions/evaluate.js';
import { identityOf } from '../keys/encode.js';

/** Takes in the documents of one group. */
export interface Collector {
  add(doc: Doc): void;
  result(): unknown;
}

type MakeCollector = (evaluate: Evaluate) => Collector;

function plus(a: Numeric, b: Numeric): Numeric {
  try {
    return addNumbers(a, b);
  } catch (error) {
    if (error instanceof OverflowError) return toDouble(a) + toDouble(b);
    throw error;
  }
}

function sum(evaluate: Evaluate): Collector {
  let total: Numeric = 0;
  return {
    add: (doc) => {
      const value = evaluate(doc);
      if (isNumeric(value)) total = plus(total, value);
    },
    result: () => total,
  };
}

function average(evaluate: Evaluate): Collector {
  let total: Numeric = 0;
  let count = 0;
  const add = (doc: Doc): void => {
    const value = evaluate(doc);
    if (!isNumeric(value)) return;
    total = plus(total, value);
    count += 1;
  };
  const result = (): unknown => {
    if (count === 0) return null;
    return divideNumbers(total, count);
  };
  return { add, result };
}

/** The standard deviation by Welford's method: of a population, or of a sample of one. */
function deviation(isSample: boolean): MakeCollector {
  return (evaluate) => {
    let [count, mean, squares] = [0, 0, 0];
    const add = (doc: Doc): void => {
      const value = evaluate(doc);
      if (!isNumeric(value)) return;
      count += 1;
      const double = toDouble(value);
      const distance = double - mean;
      mean += distance / count;
      squares += distance * (double - mean);
    };
    const result = (): unknown => {
      const divisor = isSample ? count - 1 : count;
      return divisor <= 0 ? null : doubleValue(Math.sqrt(squares / divisor));
    };
    return { add, result };
  };
}

function extreme(sign: 1 | -1): MakeCollector {
  return (evaluate) => {
    let found: unknown;
    return {
      add: (doc) => {
        const value = evaluate(doc);
        if (value === null || value === undefined) return;
        if (found === undefined || sign * compareValues(value, found) > 0) found = value;
      },
      result: () => found ?? null,
    };
  };
}

function first(evaluate: Evaluate): Collector {
  let found: { value: unknown } | undefined;
  return { add: (doc) => void (found ??= { value: evaluate(doc) ?? null }), result: () => found?.value ?? null };
}

function last(evaluate: Evaluate): Collector {
  let found: unknown = null;
  return { add: (doc) => void (found = evaluate(doc) ?? null), result: () => found };
}

function push(evaluate: Evaluate): Collector {
  const items: unknown[] = [];
  const add = (doc: Doc): void => {
    const value = evaluate(doc);
    if (value !== undefined) items.push(value);
  };
  return { add, result: () => items };
}

function addToSet(evaluate: Evaluate): Collector {
  const items = new Map<string, unknown>();
  const add = (doc: Doc): void => {
    const value = evaluate(doc);
    if (value !== undefined) items.set(identityOf(value), value);
  };
  return { add, result: () => [...items.values()] };
}

function mergeObjects(evaluate: Evaluate): Collector {
  const merged: Doc = {};
  const add = (doc: Doc): void => {
    const value = evaluate(doc);
    if (value === null || value === undefined) return;
    if (!isDoc(value)) fail(40400, '$mergeObjects requires object inputs');
    for (const [name, item] of fieldEntries(value)) setField(merged, name, item);
  };
  return { add, result: () => merged };
}

function count(): Collector {
  let seen = 0;
  return { add: () => void (seen += 1), result: () => seen };
}

/** The accumulators that know this engine's values; the others are mingo's. */
export const accumulators: ReadonlyMap<string, MakeCollector> = new Map<string, MakeCollector>([
  ['$sum', sum],
  ['$avg', average],
  ['$stdDevPop', deviation(false)],
  ['$stdDevSamp', deviation(true)],
  ['$min', extreme(-1)],
  ['$max', extreme(1)],
  ['$first', first],
  ['$last', last],
  ['$push', push],
  ['$addToSet', addToSet],
  ['$mergeObjects', mergeObjects],
  ['$count', count],
]);
