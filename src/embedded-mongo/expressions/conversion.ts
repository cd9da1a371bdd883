import { Decimal128, Long, ObjectId } from 'bson';
import { fail } from '../errors.js';
import { doubleValue } from '../bson/arithmetic.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { isDoc, isInt32, typeAlias } from '../bson/types.js';
import { isTruthy } from './truth.js';
import type { Operator, OperatorTable } from './operator.js';
import { argumentsOf, isNullish } from './operator.js';

type Convert = (value: unknown) => unknown;

function refuse(value: unknown, target: string): never {
  return fail(241, `Unsupported conversion from ${typeAlias(value)} to ${target} in $convert with no onError value`);
}

function numberOf(value: unknown, target: string): number {
  if (isNumeric(value)) return toDouble(value);
  if (typeof value === 'boolean') return Number(value);
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value))) return Number(value);
  return typeof value === 'string'
    ? fail(241, `Failed to parse number '${value}' in $convert with no onError value`)
    : refuse(value, target);
}

function toInt(value: unknown): number {
  const number = Math.trunc(numberOf(value, 'int'));
  return isInt32(number) || number === 0
    ? number + 0
    : fail(241, 'Conversion would overflow target type in $convert with no onError value');
}

function toLong(value: unknown): Long {
  if (value instanceof Long) return value;
  if (typeof value === 'string' && /^[+-]?\d+$/.test(value)) return Long.fromString(value);
  return Long.fromNumber(Math.trunc(numberOf(value, 'long')));
}

function toDecimal(value: unknown): Decimal128 {
  if (value instanceof Decimal128) return value;
  if (typeof value === 'string' || value instanceof Long) return Decimal128.fromString(value.toString());
  return Decimal128.fromString(String(numberOf(value, 'decimal')));
}

/** A number, date, boolean or `_id` as text. @throws CommandError 241 for other types. */
export function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (typeof value === 'boolean') return String(value);
  return isNumeric(value) ? value.toString() : refuse(value, 'string');
}

function toDate(value: unknown): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (isNumeric(value)) return new Date(toDouble(value));
  const date = typeof value === 'string' ? new Date(value) : refuse(value, 'date');
  return Number.isNaN(date.getTime()) ? fail(241, `Error parsing date string '${String(value)}'`) : date;
}

function toObjectId(value: unknown): ObjectId {
  if (value instanceof ObjectId) return value;
  if (typeof value !== 'string') return refuse(value, 'objectId');
  return /^[0-9a-f]{24}$/i.test(value)
    ? new ObjectId(value)
    : fail(241, `Failed to parse objectId '${value}' in $convert with no onError value`);
}

const conversions: Readonly<Record<string, Convert>> = {
  int: toInt,
  long: toLong,
  double: (value) => doubleValue(numberOf(value, 'double')),
  decimal: toDecimal,
  string: toText,
  date: toDate,
  objectId: toObjectId,
  bool: isTruthy,
};

function to(name: string, convert: Convert): [string, Operator] {
  return [
    `$to${name}`,
    (doc, expression, options) => {
      const [value] = argumentsOf(doc, expression, options);
      return isNullish(value) ? null : convert(value);
    },
  ];
}

const numbersToNames: Readonly<Record<number, string>> = {
  1: 'double',
  2: 'string',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  16: 'int',
  18: 'long',
  19: 'decimal',
};

const convert: Operator = (doc, expression, options) => {
  if (!isDoc(expression)) fail('FailedToParse', '$convert expects an object of named arguments');
  const [input, target] = argumentsOf(doc, [expression.input, expression.to], options);
  const fallback = (name: string): unknown => argumentsOf(doc, [expression[name]], options)[0];
  if (isNullish(input)) return 'onNull' in expression ? fallback('onNull') : null;
  const run = conversions[isNumeric(target) ? (numbersToNames[toDouble(target)] ?? '') : String(target)];
  if (!run) fail('BadValue', `Unknown type name: ${String(target)}`);
  try {
    return run(input);
  } catch (error) {
    if (!('onError' in expression)) throw error;
    return fallback('onError');
  }
};

/** The operators that turn one type into another. */
export const conversionOperators: OperatorTable = {
  ...Object.fromEntries([
    to('Int', toInt),
    to('Long', toLong),
    to('Double', (value) => doubleValue(numberOf(value, 'double'))),
    to('Decimal', toDecimal),
    to('String', toText),
    to('Date', toDate),
    to('ObjectId', toObjectId),
    to('Bool', isTruthy),
  ]),
  $convert: convert,
};
