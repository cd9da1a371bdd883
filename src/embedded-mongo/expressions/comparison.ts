import type { AnyObject, Options } from 'mingo/types';
import { fail } from '../errors.js';
import { compareValues, equalValues } from '../bson/compare.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { typeAlias } from '../bson/types.js';
import { identityOf } from '../keys/encode.js';
import type { Operator, OperatorTable } from './operator.js';
import { argumentsOf, isNullish, operator } from './operator.js';

function comparison(name: string, answer: (order: number) => unknown): Operator {
  return operator(name, { least: 2, most: 2 }, ([a, b]) => answer(Math.sign(compareValues(a, b))));
}

function member(doc: AnyObject, expression: unknown, options: Options): boolean {
  const [value, list] = argumentsOf(doc, expression, options);
  if (!Array.isArray(list)) fail(40081, '$in requires an array as a second argument');
  return list.some((item) => equalValues(item, value));
}

type Sets = readonly (readonly unknown[])[];

function distinct(values: readonly unknown[]): unknown[] {
  return [...new Map(values.map((value) => [identityOf(value), value])).values()];
}

function setOperator(name: string, run: (sets: Sets) => unknown): Operator {
  return (doc, expression, options) => {
    const values = argumentsOf(doc, expression, options);
    if (values.some(isNullish)) return null;
    if (!values.every(Array.isArray)) fail(17043, `All operands of ${name} must be arrays.`);
    return run(values as Sets);
  };
}

function intersection(sets: Sets): unknown[] {
  const [first = [], ...others] = sets;
  const known = others.map((set) => new Set(set.map((item) => identityOf(item))));
  return distinct(first.filter((value) => known.every((set) => set.has(identityOf(value))))).sort(compareValues);
}

function difference([a = [], b = []]: Sets): unknown[] {
  const known = new Set(b.map((item) => identityOf(item)));
  return distinct(a.filter((value) => !known.has(identityOf(value))));
}

function isSubset([a = [], b = []]: Sets): boolean {
  const known = new Set(b.map((item) => identityOf(item)));
  return a.every((value) => known.has(identityOf(value)));
}

function areEqual(sets: Sets): boolean {
  return sets.every((set) => isSubset([set, sets[0] ?? []]) && isSubset([sets[0] ?? [], set]));
}

function indexOfArray(doc: AnyObject, expression: unknown, options: Options): number | null {
  const [list, value, start, end] = argumentsOf(doc, expression, options);
  if (list === null || list === undefined) return null;
  if (!Array.isArray(list)) fail(40090, '$indexOfArray requires an array as a first argument');
  const first = isNumeric(start) ? toDouble(start) : 0;
  const stop = isNumeric(end) ? toDouble(end) : list.length;
  return list.findIndex((item, i) => i >= first && i < stop && equalValues(item, value));
}

function typeName([value]: readonly unknown[]): string {
  return value === undefined ? 'missing' : typeAlias(value);
}

const one = { least: 1, most: 1 };

/** The operators that compare: by MongoDB's order of all types. */
export const comparisonOperators: OperatorTable = {
  $cmp: comparison('$cmp', (order) => order),
  $eq: comparison('$eq', (order) => order === 0),
  $ne: comparison('$ne', (order) => order !== 0),
  $gt: comparison('$gt', (order) => order > 0),
  $gte: comparison('$gte', (order) => order >= 0),
  $lt: comparison('$lt', (order) => order < 0),
  $lte: comparison('$lte', (order) => order <= 0),
  $in: member,
  $type: operator('$type', one, typeName),
  $isNumber: operator('$isNumber', one, ([value]) => isNumeric(value)),
  $indexOfArray: indexOfArray,
  $setUnion: setOperator('$setUnion', (sets) => distinct(sets.flat()).sort(compareValues)),
  $setIntersection: setOperator('$setIntersection', intersection),
  $setDifference: setOperator('$setDifference', difference),
  $setIsSubset: setOperator('$setIsSubset', isSubset),
  $setEquals: setOperator('$setEquals', areEqual),
};
