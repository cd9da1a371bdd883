import { fail } from '../errors.js';
import type { DateFields, LocalDate } from './calendar.js';
import { localDate, offsetAt, utcOf } from './calendar.js';

const milliseconds = { millisecond: 1, second: 1000, minute: 60_000, hour: 3_600_000 } as const;
const days = { day: 1, week: 7 } as const;
const months = { month: 1, quarter: 3, year: 12 } as const;
const dayLength = 24 * milliseconds.hour;

/** The units of `$dateAdd`, `$dateDiff` and `$dateTrunc`. */
export type TimeUnit = keyof typeof milliseconds | keyof typeof days | keyof typeof months;

export function isTimeUnit(name: string): name is TimeUnit {
  return Object.hasOwn(milliseconds, name) || Object.hasOwn(days, name) || Object.hasOwn(months, name);
}

function within<T extends object>(units: T, unit: string): unit is keyof T & string {
  return Object.hasOwn(units, unit);
}

const weekDays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** 0 for Sunday, from `Sunday`, `sun` and the like; undefined for what is no day of a week. */
export function weekDayOf(name: string): number | undefined {
  const lower = name.toLowerCase();
  const found = weekDays.findIndex((day) => lower === day || lower === day.slice(0, 3));
  return found < 0 ? undefined : found;
}

/** The days from 1970 to a date of the calendar. */
function dayNumber({ year, month, day }: Pick<LocalDate, 'year' | 'month' | 'day'>): number {
  return Math.round(new Date(0).setUTCFullYear(year, month - 1, day) / dayLength);
}

function monthNumber({ year, month }: LocalDate): number {
  return year * 12 + month - 1;
}

function lengthOf(year: number, month: number): number {
  const end = new Date(0);
  end.setUTCFullYear(year, month + 1, 0);
  return end.getUTCDate();
}

function checked(date: Date): Date {
  return Number.isNaN(date.getTime()) ? fail('DurationOverflow', 'The date is beyond those that can be kept') : date;
}

/** A day that the month at the end does not have becomes its last one: one month after January 31 is February 28 or 29. */
function addMonths(local: LocalDate, amount: number): DateFields {
  const total = monthNumber(local) + amount;
  const [year, month] = [Math.floor(total / 12), ((total % 12) + 12) % 12];
  const day = Math.min(local.day, lengthOf(year, month));
  return [year, month, day, local.hour, local.minute, local.second, local.millisecond];
}

/**
 * A date some units later: days and longer ones by the calendar and clock of the place, shorter ones in time that passes.
 * @throws CommandError 159 when the result is no date.
 */
export function addUnits(date: Date, { unit, amount }: { unit: TimeUnit; amount: number }, zone?: string): Date {
  if (within(milliseconds, unit)) return checked(new Date(date.getTime() + amount * milliseconds[unit]));
  const local = localDate(date, zone);
  if (within(months, unit)) return checked(utcOf(addMonths(local, amount * months[unit]), zone));
  const { year, month, day, hour, minute, second, millisecond } = local;
  return checked(utcOf([year, month - 1, day + amount * days[unit], hour, minute, second, millisecond], zone));
}

/** How many days a date is behind the first day of its week. */
function daysIntoWeek({ weekDay }: LocalDate, startOfWeek: number): number {
  return (weekDay - startOfWeek + 7) % 7;
}

/** Where and how units are counted. */
export interface Counting {
  readonly unit: TimeUnit;
  readonly zone: string | undefined;
  /** 0 is Sunday. */
  readonly startOfWeek: number;
}

function unitNumber(date: Date, { unit, zone, startOfWeek }: Counting): number {
  if (within(milliseconds, unit)) {
    const length = milliseconds[unit];
    const shift = unit === 'hour' && zone !== undefined ? offsetAt(date, zone) * milliseconds.minute : 0;
    return Math.floor((date.getTime() + shift) / length) - shift / length;
  }
  const local = localDate(date, zone);
  if (unit === 'day') return dayNumber(local);
  if (unit === 'week') return (dayNumber(local) - daysIntoWeek(local, startOfWeek)) / 7;
  return Math.floor(monthNumber(local) / months[unit]);
}

/** How many borders of a unit lie between two dates; less than 0 when the second is the earlier one. */
export function unitsBetween(start: Date, end: Date, counting: Counting): number {
  return Math.round(unitNumber(end, counting) - unitNumber(start, counting));
}

function binStart(number: number, reference: number, size: number): number {
  return reference + Math.floor((number - reference) / size) * size;
}

/** The first moment of the bin that a date is in; bins are counted from the first of January 2000. */
export function truncate(date: Date, counting: Counting, size: number): Date {
  const { unit, zone, startOfWeek } = counting;
  const origin = utcOf([2000, 0, 1, 0, 0, 0, 0], zone);
  if (within(milliseconds, unit)) {
    return checked(new Date(binStart(date.getTime(), origin.getTime(), size * milliseconds[unit])));
  }
  const local = localDate(date, zone);
  if (within(months, unit)) {
    const month = binStart(monthNumber(local), 2000 * 12, size * months[unit]);
    return checked(utcOf([Math.floor(month / 12), ((month % 12) + 12) % 12, 1, 0, 0, 0, 0], zone));
  }
  const first = dayNumber({ year: 2000, month: 1, day: 1 });
  const reference = unit === 'week' ? first + ((startOfWeek - 6 + 7) % 7) : first;
  const day = binStart(dayNumber(local), reference, size * days[unit]);
  return checked(utcOf([1970, 0, 1 + day, 0, 0, 0, 0], zone));
}
