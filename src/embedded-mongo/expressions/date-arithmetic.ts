import { Long } from 'bson';
import { fail } from '../errors.js';
import { isIntegral, isNumeric, toDouble } from '../bson/numbers.js';
import { typeAlias } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { isDate, toDate, zoneOf } from './date-values.js';
import type { Counting, TimeUnit } from './date-units.js';
import { addUnits, isTimeUnit, truncate, unitsBetween, weekDayOf } from './date-units.js';
import type { Operator, OperatorTable } from './operator.js';
import { isNullish, withNames } from './operator.js';

function dateNamed(name: string, value: unknown, code: number): Date {
  return isDate(value) ? toDate(value) : fail(code, `${name} requires a date, found ${typeAlias(value)}`);
}

function unitOf(name: string, unit: unknown, codes: { type: number; value: number }): TimeUnit {
  if (typeof unit !== 'string') fail(codes.type, `${name} requires 'unit' to be a string, but got ${typeAlias(unit)}`);
  return isTimeUnit(unit) ? unit : fail(codes.value, `unknown time unit value: ${unit}`);
}

/** MongoDB's codes for the fields that an operator needs and lacks. */
function checkPresent(name: string, values: Doc, codes: Readonly<Record<string, number>>): void {
  for (const [field, code] of Object.entries(codes)) {
    if (!(field in values)) fail(code, `Missing '${field}' parameter to ${name}`);
  }
}

/** True when a value that the operator is nothing without is null. */
function lacks(values: Doc, fields: readonly string[]): boolean {
  return fields.some((field) => isNullish(values[field]));
}

function arithmetic(name: string, sign: 1 | -1): Operator {
  return withNames(name, (values) => {
    checkPresent(name, values, { startDate: 5166402, unit: 5166402, amount: 5166402 });
    if (lacks(values, ['startDate', 'unit', 'amount']) || values.timezone === null) return null;
    const start = dateNamed(name, values.startDate, 5166403);
    const unit = unitOf(name, values.unit, { type: 5166404, value: 9 });
    const { amount } = values;
    if (!isNumeric(amount) || !isIntegral(amount)) fail(5166405, `${name} expects integer amount of time units`);
    return addUnits(start, { unit, amount: sign * toDouble(amount) }, zoneOf(values.timezone));
  });
}

/** Null when a field that is given is null. */
function countingOf(name: string, values: Doc): Counting | null {
  const unit = unitOf(name, values.unit, { type: 5439013, value: 5439014 });
  if (values.timezone === null) return null;
  const zone = zoneOf(values.timezone);
  const { startOfWeek = 'sunday' } = values;
  if (unit !== 'week') return { unit, zone, startOfWeek: 0 };
  if (startOfWeek === null) return null;
  if (typeof startOfWeek !== 'string') {
    fail(5439015, `${name} requires 'startOfWeek' to be a string, but got ${typeAlias(startOfWeek)}`);
  }
  const day = weekDayOf(startOfWeek);
  if (day === undefined) {
    fail(5439016, `${name} parameter 'startOfWeek' value cannot be recognized as a day of a week: ${startOfWeek}`);
  }
  return { unit, zone, startOfWeek: day };
}

function difference(values: Doc): Long | null {
  checkPresent('$dateDiff', values, { startDate: 5166303, endDate: 5166304, unit: 5166305 });
  if (lacks(values, ['startDate', 'endDate', 'unit'])) return null;
  const start = dateNamed('$dateDiff', values.startDate, 5166307);
  const end = dateNamed('$dateDiff', values.endDate, 5166307);
  const counting = countingOf('$dateDiff', values);
  return counting && Long.fromNumber(unitsBetween(start, end, counting));
}

function truncation(values: Doc): Date | null {
  checkPresent('$dateTrunc', values, { date: 5439009, unit: 5439010 });
  const { binSize = 1 } = values;
  if (lacks(values, ['date', 'unit']) || binSize === null) return null;
  const date = dateNamed('$dateTrunc', values.date, 5439012);
  if (!isNumeric(binSize) || !isIntegral(binSize))
    fail(5439017, "$dateTrunc requires 'binSize' to be a 64-bit integer");
  if (toDouble(binSize) <= 0) fail(5439018, "$dateTrunc requires 'binSize' to be greater than 0");
  const counting = countingOf('$dateTrunc', values);
  return counting && truncate(date, counting, toDouble(binSize));
}

/** The operators that add, count and cut off units of time, by the calendar of a place. */
export const dateArithmeticOperators: OperatorTable = {
  $dateAdd: arithmetic('$dateAdd', 1),
  $dateSubtract: arithmetic('$dateSubtract', -1),
  $dateDiff: withNames('$dateDiff', difference),
  $dateTrunc: withNames('$dateTrunc', truncation),
};
