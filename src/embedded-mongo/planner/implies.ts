import { compareValues, equalValues } from '../bson/compare.js';
import type { Doc } from '../bson/types.js';
import { rankOf } from '../bson/types.js';
import { typeTest } from '../query/types.js';
import type { Conjunct } from './analyse.js';
import { analyse } from './analyse.js';
import { excludesMissing } from './missing.js';

type Implied = (known: Conjunct, wanted: Conjunct) => boolean;

/** All values a condition allows, when they can be listed. */
function valuesOf({ operator, operand }: Conjunct): readonly unknown[] | undefined {
  if (operator === '$eq') return [operand];
  return operator === '$in' && Array.isArray(operand) ? (operand as unknown[]) : undefined;
}

function everyValue(test: (value: unknown, wanted: unknown) => boolean): Implied {
  return (known, wanted) => valuesOf(known)?.every((value) => test(value, wanted.operand)) ?? false;
}

function stricter(operators: readonly string[], isStricter: (order: number) => boolean): Implied {
  return (known, wanted) =>
    operators.includes(known.operator) &&
    rankOf(known.operand) === rankOf(wanted.operand) &&
    (isStricter(compareValues(known.operand, wanted.operand)) || sameCondition(known, wanted));
}

function inRange(accepts: (order: number) => boolean): Implied {
  return everyValue((value, bound) => rankOf(value) === rankOf(bound) && accepts(compareValues(value, bound)));
}

function sameCondition(known: Conjunct, wanted: Conjunct): boolean {
  return known.operator === wanted.operator && equalValues(known.operand, wanted.operand);
}

const comparisons = ['$gt', '$gte', '$lt', '$lte'];

function comparesType(known: Conjunct, wanted: Conjunct): boolean {
  const isKnown = comparisons.includes(known.operator) && known.operand !== null;
  return (
    isKnown &&
    typeTest(wanted.operand)(known.operand) &&
    ['string', 'number', 'date', 'objectId'].includes(String(wanted.operand))
  );
}

const rules: Readonly<Record<string, readonly Implied[]>> = {
  $eq: [everyValue(equalValues)],
  $in: [everyValue((value, list) => Array.isArray(list) && list.some((item) => equalValues(item, value)))],
  $gt: [
    inRange((order) => order > 0),
    stricter(['$gt'], (order) => order >= 0),
    stricter(['$gte'], (order) => order > 0),
  ],
  $gte: [inRange((order) => order >= 0), stricter(['$gt', '$gte'], (order) => order >= 0)],
  $lt: [
    inRange((order) => order < 0),
    stricter(['$lt'], (order) => order <= 0),
    stricter(['$lte'], (order) => order < 0),
  ],
  $lte: [inRange((order) => order <= 0), stricter(['$lt', '$lte'], (order) => order <= 0)],
  $type: [everyValue((value, type) => typeTest(type)(value)), comparesType],
};

function isImplied(conjuncts: readonly Conjunct[], wanted: Conjunct): boolean {
  if (wanted.operator === '$exists' && wanted.operand !== false) return excludesMissing(conjuncts, wanted.path);
  return conjuncts.some((known) => {
    if (known.path !== wanted.path || known.seesWholeArrays) return false;
    return sameCondition(known, wanted) || (rules[wanted.operator] ?? []).some((rule) => rule(known, wanted));
  });
}

/** True when every document that meets the conditions is in a partial index with this filter. */
export function implies(conjuncts: readonly Conjunct[], partialFilter: Doc): boolean {
  const wanted = analyse(partialFilter);
  return wanted.isComplete && wanted.conjuncts.every((conjunct) => isImplied(conjuncts, conjunct));
}
