import { evalExpr } from 'mingo/core';
import type { AnyObject, Options } from 'mingo/types';
import { fail } from '../errors.js';
import { compareValues, equalValues } from '../bson/compare.js';
import { isNumeric } from '../bson/numbers.js';
import { typeAlias } from '../bson/types.js';
import { identityOf } from '../keys/encode.js';

/** An operator as mingo calls it. */
export type Operator = (doc: AnyObject, expression: unknown, options: Options) => unknown;

/** The values of an operator's arguments; a single one may stand without an array. */
export function argumentsOf(doc: AnyObject, expression: unknown, options: Options): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(expression) ? expression : [expression];
  return list.map((item) => evalExpr(doc, item, options));
}

function comparison(name: string, answer: (order: number) => unknown): Operator {
  return (doc, expression, options) => {
    const values = argumentsOf(doc, expression, options);
    if (values.length !== 2)
      fail(16020, `Expression ${name} takes exactly 2 arguments. ${values.length} were passed in.`);
    return answer(Math.sign(compareValues(values[0], values[1])));
  };
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
    if (values.some((value) => value === null || value === undefined)) return null;
    if (!values.every(Array.isArray)) fail(17043, `All operands of ${name} must be arrays.`);
    return run(values as Sets);
  };
}

function intersection(sets: Sets): unknown[] {
  const [first = [], ...others] = sets;
  const known = others.map((set) => new Set(set.map(identityOf)));
  return distinct(first.filter((value) => known.every((set) => set.has(identityOf(value))))).sort(compareValues);
}

function difference([a = [], b = []]: Sets): unknown[] {
  const known = new Set(b.map(identityOf));
  return distinct(a.filter((value) => !known.has(identityOf(value))));
}

function isSubset([a = [], b = []]: Sets): boolean {
  const known = new Set(b.map(identityOf));
  return a.every((value) => known.has(identityOf(value)));
}

function areEqual(sets: Sets): boolean {
  return sets.every((set) => isSubset([set, sets[0] ?? []]) && isSubset([sets[0] ?? [], set]));
}

function indexOfArray(doc: AnyObject, expression: unknown, options: Options): number | null {
  const [list, value, start, end] = argumentsOf(doc, expression, options);
  if (list === null || list === undefined) return null;
  if (!Array.isArray(list)) fail(40090, '$indexOfArray requires an array as a first argument');
  const stop = isNumeric(end) ? Number(end) : list.length;
  return list.findIndex((item, i) => i >= Number(start ?? 0) && i < stop && equalValues(item, value));
}

function typeName(doc: AnyObject, expression: unknown, options: Options): string {
  return typeAlias(argumentsOf(doc, expression, options)[0]);
}

/** The operators that compare: by MongoDB's order of all types. */
export const comparisonOperators: Readonly<Record<string, Operator>> = {
  $cmp: comparison('$cmp', (order) => order),
  $eq: comparison('$eq', (order) => order === 0),
  $ne: comparison('$ne', (order) => order !== 0),
  $gt: comparison('$gt', (order) => order > 0),
  $gte: comparison('$gte', (order) => order >= 0),
  $lt: comparison('$lt', (order) => order < 0),
  $lte: comparison('$lte', (order) => order <= 0),
  $in: member,
  $type: typeName,
  $isNumber: (doc, expression, options) => isNumeric(argumentsOf(doc, expression, options)[0]),
  $indexOfArray: indexOfArray,
  $setUnion: setOperator('$setUnion', (sets) => distinct(sets.flat()).sort(compareValues)),
  $setIntersection: setOperator('$setIntersection', intersection),
  $setDifference: setOperator('$setDifference', difference),
  $setIsSubset: setOperator('$setIsSubset', isSubset),
  $setEquals: setOperator('$setEquals', areEqual),
};
