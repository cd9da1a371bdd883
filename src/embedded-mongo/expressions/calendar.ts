import { fail } from '../errors.js';

/** A date as a clock and a calendar of some place show it. */
export interface LocalDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** 0 is Sunday. */
  readonly weekDay: number;
  /** Minutes before UTC. */
  readonly offset: number;
}

const minute = 60_000;
const day = 24 * 60 * minute;
const fixedOffset = /^([+-])(\d{2}):?(\d{2})?$/;
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  try {
    const clock = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    clocks.set(zone, clock);
    return clock;
  } catch {
    return fail(40485, `unrecognized time zone identifier: "${zone}"`);
  }
}

function minutesOf(sign: string | undefined, hours: string | undefined, minutes: string | undefined): number {
  return (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -1 : 1);
}

/** The minutes that a zone (`Europe/Berlin`, `+02:00`) is before UTC at a moment. @throws CommandError 40485. */
export function offsetAt(date: Date, zone: string): number {
  const fixed = fixedOffset.exec(zone);
  if (fixed) return minutesOf(fixed[1], fixed[2], fixed[3]);
  const name =
    clockOf(zone)
      .formatToParts(date)
      .find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
  return match ? minutesOf(match[1], match[2], match[3]) : 0;
}

/** The date in a time zone; in UTC without one. @throws CommandError 40485 for a zone that is not known. */
export function localDate(date: Date, zone: string | undefined): LocalDate {
  const offset = zone === undefined ? 0 : offsetAt(date, zone);
  const local = new Date(date.getTime() + offset * minute);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    millisecond: local.getUTCMilliseconds(),
    weekDay: local.getUTCDay(),
    offset,
  };
}

/** Year, month from 0, day, hour, minute, second and millisecond; each may be out of its range. */
export type DateFields = readonly [number, number, number, number, number, number, number];

/** The moment at which a place shows a date. */
export function utcOf([year, month, ...rest]: DateFields, zone: string | undefined): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month, rest[0]);
  date.setUTCHours(rest[1], rest[2], rest[3], rest[4]);
  if (zone === undefined) return date;
  const guess = new Date(date.getTime() - offsetAt(date, zone) * minute);
  return new Date(date.getTime() - offsetAt(guess, zone) * minute);
}

function midnight({ year, month, day: date }: LocalDate): number {
  return new Date(0).setUTCFullYear(year, month - 1, date);
}

function startOf(year: number): number {
  return new Date(0).setUTCFullYear(year, 0, 1);
}

/** 1 for the first of January. */
export function dayOfYear(date: LocalDate): number {
  return Math.round((midnight(date) - startOf(date.year)) / day) + 1;
}

/** Weeks begin on Sunday; the days before the first one are week 0. */
export function weekOfYear(date: LocalDate): number {
  return Math.floor((dayOfYear(date) - 1 + 7 - date.weekDay) / 7);
}

/** 1 is Monday, 7 is Sunday. */
export function isoWeekDay({ weekDay }: LocalDate): number {
  return weekDay === 0 ? 7 : weekDay;
}

/** The day of January before the Monday that begins the first ISO week: 0 when that is the first, -1 for the last of December. */
export function isoWeekStart(year: number): number {
  const fourth = new Date(startOf(year) + 3 * day).getUTCDay();
  return 3 - ((fourth + 6) % 7);
}

/** The year that the date's ISO week belongs to: that of its Thursday. */
export function isoWeekYear(date: LocalDate): number {
  return new Date(midnight(date) + (4 - isoWeekDay(date)) * day).getUTCFullYear();
}

export function isoWeek(date: LocalDate): number {
  const thursday = midnight(date) + (4 - isoWeekDay(date)) * day;
  return Math.floor((thursday - startOf(isoWeekYear(date))) / (7 * day)) + 1;
}
