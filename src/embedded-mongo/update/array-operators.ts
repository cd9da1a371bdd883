import { fail } from '../errors.js';
import { compareValues, equalValues } from '../bson/compare.js';
import { isIntegral, isNumeric, toDouble } from '../bson/numbers.js';
import { isDoc, typeAlias } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { compileFilter, isOperatorDoc } from '../query/filter.js';
import { isRegex } from '../query/regex.js';
import { parseSort, sortBy } from '../query/sort.js';

/** Changes a value; `undefined` stands for a missing one. */
export type Change = (value: unknown) => unknown;

function integer(name: string, operand: unknown): number {
  if (!isNumeric(operand) || !isIntegral(operand))
    fail('BadValue', `The value for ${name} must be an integer value but was given type: ${typeAlias(operand)}`);
  return toDouble(operand);
}

function eachOf(operator: string, operand: unknown): readonly unknown[] {
  if (!isDoc(operand) || !('$each' in operand)) return [operand];
  const each = operand.$each;
  if (!Array.isArray(each))
    fail(
      operator === '$push' ? 'BadValue' : 'TypeMismatch',
      `The argument to $each in ${operator} must be an array but it was of type: ${typeAlias(each)}`,
    );
  return each as unknown[];
}

function sorted(items: readonly unknown[], order: unknown): unknown[] {
  if (isNumeric(order)) {
    const sign = toDouble(order);
    if (Math.abs(sign) !== 1) fail('BadValue', 'The $sort element value must be either 1 or -1');
    return [...items].sort((a, b) => sign * compareValues(a, b));
  }
  const spec = isDoc(order) ? parseSort(order) : undefined;
  if (!spec)
    fail(
      'BadValue',
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  return sortBy(items, spec, { docOf: (item) => (isDoc(item) ? item : {}) });
}

function sliced(items: unknown[], slice: number): unknown[] {
  return slice < 0 ? items.slice(slice) : items.slice(0, slice);
}

const pushModifiers = new Set(['$each', '$position', '$slice', '$sort']);

function modifiersOf(operand: unknown): Doc {
  if (!isDoc(operand) || !('$each' in operand)) return {};
  const unknown = Object.keys(operand).find((name) => !pushModifiers.has(name));
  if (unknown !== undefined) fail('BadValue', `Unrecognized clause in $push: ${unknown}`);
  return operand;
}

/** `$push`, with `$each`, `$position`, `$sort` and `$slice`. */
export function push(operand: unknown, path: string): Change {
  const added = eachOf('$push', operand);
  const { $position, $slice, $sort } = modifiersOf(operand);
  const position = $position === undefined ? undefined : integer('$position', $position);
  const slice = $slice === undefined ? undefined : integer('$slice', $slice);
  return (value) => {
    const items = value === undefined ? [] : asArray(value, path);
    const at = position ?? items.length;
    const start = at < 0 ? Math.max(0, items.length + at) : Math.min(at, items.length);
    const joined = [...items.slice(0, start), ...added, ...items.slice(start)];
    const ordered = $sort === undefined ? joined : sorted(joined, $sort);
    return slice === undefined ? ordered : sliced(ordered, slice);
  };
}

function asArray(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value))
    fail('BadValue', `The field '${path}' must be an array but is of type ${typeAlias(value)} in document`);
  return value as unknown[];
}

/** `$addToSet`, with `$each`. */
export function addToSet(operand: unknown, path: string): Change {
  const added = eachOf('$addToSet', operand);
  return (value) => {
    if (value !== undefined && !Array.isArray(value)) {
      fail(
        'BadValue',
        `Cannot apply $addToSet to non-array field. Field named '${path}' has non-array type ${typeAlias(value)}`,
      );
    }
    const items = value === undefined ? [] : [...(value as unknown[])];
    for (const item of added) if (!items.some((known) => equalValues(known, item))) items.push(item);
    return items;
  };
}

/** `$pop`: 1 takes the last element, -1 the first. */
export function pop(operand: unknown, path: string): Change {
  const end = isNumeric(operand) ? toDouble(operand) : NaN;
  if (end !== 1 && end !== -1) fail('FailedToParse', `$pop expects 1 or -1, found: ${JSON.stringify(operand)}`);
  return (value) => {
    if (value === undefined) return undefined;
    if (!Array.isArray(value))
      fail('TypeMismatch', `Path '${path}' contains an element of non-array type '${typeAlias(value)}'`);
    const items = value as unknown[];
    return end === 1 ? items.slice(0, -1) : items.slice(1);
  };
}

function pullTest(condition: unknown): (item: unknown) => boolean {
  if (isOperatorDoc(condition) || isRegex(condition)) {
    const test = compileFilter({ item: condition });
    return (item) => test({ item });
  }
  if (!isDoc(condition)) return (item) => equalValues(item, condition);
  const test = compileFilter(condition);
  return (item) => isDoc(item) && test(item);
}

function removing(test: (item: unknown) => boolean, name: string): Change {
  return (value) => {
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) fail('BadValue', `Cannot apply ${name} to a non-array value`);
    return (value as unknown[]).filter((item) => !test(item));
  };
}

/** `$pull`: a value, or a condition on the elements. */
export function pull(operand: unknown): Change {
  return removing(pullTest(operand), '$pull');
}

export function pullAll(operand: unknown): Change {
  if (!Array.isArray(operand))
    fail('BadValue', `$pullAll requires an array argument but was given a ${typeAlias(operand)}`);
  return removing((item) => operand.some((value) => equalValues(value, item)), '$pullAll');
}
