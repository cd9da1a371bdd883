import { Long } from 'bson';
import { fail } from '../errors.js';
import { isIntegral, isNumeric, toDouble } from '../bson/numbers.js';
import { isDoc, typeAlias } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import type { LocalDate } from './calendar.js';
import { dayOfYear, isoWeek, isoWeekDay, isoWeekYear, isoWeekStart, localDate, utcOf, weekOfYear } from './calendar.js';
import { dateArithmeticOperators } from './date-arithmetic.js';
import { isDate, toDate, zoneOf } from './date-values.js';
import type { Operator, OperatorTable } from './operator.js';
import { argumentsOf, isNullish, withNames } from './operator.js';

function dateOf(value: unknown): Date {
  return isDate(value) ? toDate(value) : fail(16006, `can't convert from BSON type ${typeAlias(value)} to Date`);
}

/** The date of `{ date, timezone }`, of a date alone, or of a list with one; null when one of them is. */
function localOf(value: unknown): LocalDate | null {
  const { date, timezone } = isDoc(value) ? value : { date: value };
  if (isNullish(date) || timezone === null) return null;
  return localDate(dateOf(date), zoneOf(timezone));
}

type Part = (date: LocalDate) => number | Long;

const parts: Readonly<Record<string, Part>> = {
  $year: ({ year }) => year,
  $month: ({ month }) => month,
  $dayOfMonth: ({ day }) => day,
  $hour: ({ hour }) => hour,
  $minute: ({ minute }) => minute,
  $second: ({ second }) => second,
  $millisecond: ({ millisecond }) => millisecond,
  $dayOfYear: dayOfYear,
  $dayOfWeek: ({ weekDay }) => weekDay + 1,
  $week: weekOfYear,
  $isoWeek: isoWeek,
  $isoWeekYear: (date) => Long.fromNumber(isoWeekYear(date)),
  $isoDayOfWeek: isoWeekDay,
};

function partOperator([name, part]: [string, Part]): [string, Operator] {
  const run: Operator = (doc, expression, options) => {
    const [value] = argumentsOf(doc, expression, options);
    const date = localOf(value);
    return date && part(date);
  };
  return [name, run];
}

function toParts(values: Doc): Doc | null {
  const date = localOf(values);
  if (!date) return null;
  const { hour, minute, second, millisecond } = date;
  const time = { hour, minute, second, millisecond };
  if (values.iso8601 !== true) return { year: date.year, month: date.month, day: date.day, ...time };
  return { isoWeekYear: isoWeekYear(date), isoWeek: isoWeek(date), isoDayOfWeek: isoWeekDay(date), ...time };
}

function numberOf(values: Doc, name: string, fallback: number): number {
  const value = values[name];
  if (value === undefined) return fallback;
  return isNumeric(value) && isIntegral(value)
    ? toDouble(value)
    : fail(40515, `'${name}' must evaluate to an integer, found ${typeAlias(value)}`);
}

function fromParts(values: Doc): Date | null {
  if (Object.values(values).some((value) => value === null)) return null;
  const part = (name: string, fallback: number): number => numberOf(values, name, fallback);
  const time = [part('hour', 0), part('minute', 0), part('second', 0), part('millisecond', 0)] as const;
  const isIso = 'isoWeekYear' in values;
  if (!isIso && !('year' in values)) {
    fail(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present");
  }
  const year = part(isIso ? 'isoWeekYear' : 'year', 1970);
  if (year < 1 || year > 9999) fail(40523, `'year' must evaluate to an integer in the range 1 to 9999, found ${year}`);
  const [month, day] = isIso
    ? [1, isoWeekStart(year) + (part('isoWeek', 1) - 1) * 7 + part('isoDayOfWeek', 1)]
    : [part('month', 1), part('day', 1)];
  return utcOf([year, month - 1, day, ...time], zoneOf(values.timezone));
}

const pad = (value: number, size: number): string => String(value).padStart(size, '0');

function shortOffset(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60), 2)}${pad(size % 60, 2)}`;
}

const monthNames = 'January February March April May June July August September October November December'.split(' ');

const formats: Readonly<Record<string, (date: LocalDate) => string>> = {
  Y: ({ year }) => pad(year, 4),
  m: ({ month }) => pad(month, 2),
  d: ({ day }) => pad(day, 2),
  H: ({ hour }) => pad(hour, 2),
  M: ({ minute }) => pad(minute, 2),
  S: ({ second }) => pad(second, 2),
  L: ({ millisecond }) => pad(millisecond, 3),
  j: (date) => pad(dayOfYear(date), 3),
  w: ({ weekDay }) => String(weekDay + 1),
  u: (date) => String(isoWeekDay(date)),
  U: (date) => pad(weekOfYear(date), 2),
  V: (date) => pad(isoWeek(date), 2),
  G: (date) => pad(isoWeekYear(date), 4),
  b: ({ month }) => (monthNames[month - 1] ?? '').slice(0, 3),
  B: ({ month }) => monthNames[month - 1] ?? '',
  z: ({ offset }) => shortOffset(offset),
  Z: ({ offset }) => `${offset < 0 ? '-' : '+'}${pad(Math.abs(offset), 3)}`,
  '%': () => '%',
};

function toText(values: Doc): unknown {
  const { format, onNull } = values;
  const date = localOf(values);
  if (!date || format === null) return onNull ?? null;
  if (format !== undefined && typeof format !== 'string')
    fail(18533, "$dateToString requires that 'format' be a string");
  const isUtc = values.timezone === undefined || zoneOf(values.timezone) === 'UTC';
  const pattern = format ?? (isUtc ? '%Y-%m-%dT%H:%M:%S.%LZ' : '%Y-%m-%dT%H:%M:%S.%L');
  if (pattern.endsWith('%') && !pattern.endsWith('%%')) fail(18535, "Unmatched '%' at end of format string");
  return pattern.replace(/%(.)/gs, (_all, letter: string) => {
    const write = formats[letter] ?? fail(18536, `Invalid format character '%${letter}' in format string`);
    return write(date);
  });
}

/** The operators on dates, in any time zone that this Node knows. */
export const dateOperators: OperatorTable = {
  ...Object.fromEntries(Object.entries(parts).map(partOperator)),
  $dateToParts: withNames('$dateToParts', toParts),
  $dateFromParts: withNames('$dateFromParts', fromParts),
  $dateToString: withNames('$dateToString', toText),
  ...dateArithmeticOperators,
};
