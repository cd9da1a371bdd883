import type { Language, TextKey } from './catalogue.js';

const day = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Hours and minutes. */
export function timeOf(at: string, language: Language): string {
  return format(at, language, { hour: 'numeric', minute: '2-digit' });
}

/** Date and time. */
export function momentOf(at: string, language: Language): string {
  return format(at, language, { dateStyle: 'medium', timeStyle: 'short' });
}

/** As short as a list wants it: the time of today, else the day. */
export function briefOf(at: string, language: Language): string {
  if (daysAgo(at) === 0) return timeOf(at, language);
  if (daysAgo(at) < 7) return format(at, language, { weekday: 'short' });
  return format(at, language, { day: 'numeric', month: 'short' });
}

/** The day, as a line between messages says it. */
export function dayOf(at: string, language: Language, text: (key: TextKey) => string): string {
  if (daysAgo(at) === 0) return text('message.today');
  if (daysAgo(at) === 1) return text('message.yesterday');
  const year = new Date(at).getFullYear() === new Date().getFullYear() ? undefined : 'numeric';
  return format(at, language, { weekday: 'long', day: 'numeric', month: 'long', year });
}

/** How long something takes, in words: in seconds up to two minutes, then in minutes. Never less than it is. */
export function durationOf(seconds: number, language: Language): string {
  const [amount, unit] = seconds <= 120 ? [seconds, 'second'] : [seconds / 60, 'minute'];
  const options = { style: 'unit', unit, unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(language, options).format(Math.ceil(amount));
}

export function isSameDay(one: string, other: string): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

function daysAgo(at: string): number {
  return Math.round((new Date().setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / day);
}

function format(at: string, language: Language, options: Intl.DateTimeFormatOptions): string {
  const key = language + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, options);
  formats.set(key, known);
  return known.format(new Date(at));
}
