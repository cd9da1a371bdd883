import { MaxKey, MinKey } from 'bson';
import { fail } from '../errors.js';
import type { Collation } from '../bson/collation.js';
import type { CompareStrings } from '../bson/compare.js';
import { compareValues, equalValues } from '../bson/compare.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { Rank, rankOf } from '../bson/types.js';
import { identityOf } from '../keys/encode.js';
import { bitTest } from './bits.js';
import { isRegex, regexTest } from './regex.js';
import { typeTest } from './types.js';
import type { ValueTest } from './walk.js';

/** A test of the values at a path, with how arrays are treated and whether the answer is turned round. */
export interface FieldTest {
  readonly test: ValueTest;
  readonly expandsArrays: boolean;
  readonly negated?: boolean;
}

type MakeTest = (operand: unknown, collation?: Collation) => FieldTest;

function isNullish(value: unknown): boolean {
  return value === null || value === undefined;
}

function isNaNValue(value: unknown): boolean {
  return isNumeric(value) && Number.isNaN(toDouble(value));
}

/** A test for values equal to the operand; null also finds missing ones. */
export function equalTest(operand: unknown, collation?: Collation): ValueTest {
  if (isNullish(operand)) return isNullish;
  const strings = collation?.compare;
  if (typeof operand === 'string' && !strings)
    return (value) => value === operand || (typeof value === 'object' && equalValues(value, operand));
  return (value) => value !== undefined && equalValues(value, operand, strings);
}

type Accepts = (order: number) => boolean;

function rangeTest(operand: unknown, accepts: Accepts, strings?: CompareStrings): ValueTest {
  if (isNullish(operand)) return (value) => isNullish(value) && accepts(0);
  if (operand instanceof MinKey || operand instanceof MaxKey) {
    return (value) => value !== undefined && accepts(compareValues(value, operand));
  }
  if (isNaNValue(operand)) return (value) => isNaNValue(value) && accepts(0);
  const rank = rankOf(operand);
  const isNumber = rank === Rank.number;
  return (value) =>
    value !== undefined &&
    rankOf(value) === rank &&
    !(isNumber && isNaNValue(value)) &&
    accepts(compareValues(value, operand, strings));
}

function range(accepts: Accepts): MakeTest {
  return (operand, collation) => {
    if (isRegex(operand)) fail('BadValue', "Can't have RegEx as arg to predicate over field");
    return { test: rangeTest(operand, accepts, collation?.compare), expandsArrays: true };
  };
}

const hashedFrom = 8;

function memberTest(items: readonly unknown[], collation?: Collation): ValueTest {
  const regexes = items.filter(isRegex).map((regex) => regexTest(regex));
  const hasNull = items.some(isNullish);
  const matchesRegex: ValueTest = (value) => regexes.some((test) => test(value));
  if (items.length < hashedFrom || collation) {
    const tests = items.map((item) => equalTest(item, collation));
    return (value) => tests.some((test) => test(value)) || matchesRegex(value);
  }
  const identities = new Set(items.map((item) => identityOf(item)));
  return (value) => (isNullish(value) ? hasNull : identities.has(identityOf(value)) || matchesRegex(value));
}

function arrayOperand(operator: string, operand: unknown): readonly unknown[] {
  if (!Array.isArray(operand)) fail('BadValue', `${operator} needs an array`);
  for (const item of operand as unknown[]) {
    if (rankOf(item) === Rank.object && Object.keys(item as object)[0]?.startsWith('$') === true && !isDbRef(item)) {
      fail('BadValue', `cannot nest $ under ${operator}`);
    }
  }
  return operand as unknown[];
}

function isDbRef(value: unknown): boolean {
  return typeof value === 'object' && value !== null && '$ref' in value;
}

function numberOperand(message: string, operand: unknown): number {
  if (!isNumeric(operand)) fail('BadValue', message);
  return toDouble(operand);
}

function modulo(operand: unknown): FieldTest {
  if (!Array.isArray(operand)) fail('BadValue', 'malformed mod, needs to be an array');
  if (operand.length < 2) fail('BadValue', 'malformed mod, not enough elements');
  if (operand.length > 2) fail('BadValue', 'malformed mod, too many elements');
  const divisor = Math.trunc(numberOperand('malformed mod, divisor is not a number', operand[0]));
  const remainder = Math.trunc(numberOperand('malformed mod, remainder is not a number', operand[1]));
  if (!Number.isFinite(divisor) || !Number.isFinite(remainder))
    fail('BadValue', 'malformed mod, values are not finite');
  if (divisor === 0) fail('BadValue', 'divisor cannot be 0');
  const test: ValueTest = (value) => {
    if (!isNumeric(value)) return false;
    const double = toDouble(value);
    return Number.isFinite(double) && Math.trunc(double) % divisor === remainder + 0;
  };
  return { test: (value) => test(value), expandsArrays: true };
}

function size(operand: unknown): FieldTest {
  const length = numberOperand(
    `Failed to parse $size. Expected a number in: $size: ${JSON.stringify(operand)}`,
    operand,
  );
  if (!Number.isInteger(length)) fail('BadValue', `Failed to parse $size. Expected an integer: $size: ${length}`);
  if (length < 0) fail('BadValue', `Failed to parse $size. Expected a non-negative number in: $size: ${length}`);
  return { test: (value) => Array.isArray(value) && value.length === length, expandsArrays: false };
}

function truthy(operand: unknown): boolean {
  return isNumeric(operand) ? toDouble(operand) !== 0 : !isNullish(operand) && operand !== false;
}

function equality(operand: unknown, collation?: Collation): FieldTest {
  return { test: equalTest(operand, collation), expandsArrays: true };
}

/** The operators of one field that need nothing but their operand. */
export const fieldOperators: ReadonlyMap<string, MakeTest> = new Map<string, MakeTest>([
  ['$eq', equality],
  [
    '$ne',
    (operand, collation) => {
      if (isRegex(operand)) fail('BadValue', "Can't have regex as arg to $ne.");
      return { ...equality(operand, collation), negated: true };
    },
  ],
  ['$gt', range((order) => order > 0)],
  ['$gte', range((order) => order >= 0)],
  ['$lt', range((order) => order < 0)],
  ['$lte', range((order) => order <= 0)],
  ['$in', (operand, collation) => ({ test: memberTest(arrayOperand('$in', operand), collation), expandsArrays: true })],
  [
    '$nin',
    (operand, collation) => ({
      test: memberTest(arrayOperand('$nin', operand), collation),
      expandsArrays: true,
      negated: true,
    }),
  ],
  ['$exists', (operand) => ({ test: (value) => value !== undefined, expandsArrays: false, negated: !truthy(operand) })],
  ['$type', (operand) => ({ test: typeTest(operand), expandsArrays: true })],
  ['$mod', modulo],
  ['$size', size],
  ...['$bitsAllSet', '$bitsAllClear', '$bitsAnySet', '$bitsAnyClear'].map((name): [string, MakeTest] => [
    name,
    (operand) => ({ test: bitTest(name, operand), expandsArrays: true }),
  ]),
]);
