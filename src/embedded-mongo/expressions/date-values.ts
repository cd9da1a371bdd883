import { ObjectId, Timestamp } from 'bson';
import { fail } from '../errors.js';
import { typeAlias } from '../bson/types.js';

/** True for what MongoDB's date operators take as a date. */
export function isDate(value: unknown): value is Date | ObjectId | Timestamp {
  return value instanceof Date || value instanceof ObjectId || value instanceof Timestamp;
}

export function toDate(value: Date | ObjectId | Timestamp): Date {
  if (value instanceof Date) return value;
  return value instanceof ObjectId ? value.getTimestamp() : new Date(value.t * 1000);
}

/** The name of a time zone, or none. @throws CommandError 40517. */
export function zoneOf(timezone: unknown): string | undefined {
  if (timezone === undefined) return undefined;
  return typeof timezone === 'string'
    ? timezone
    : fail(40517, `timezone must evaluate to a string, found ${typeAlias(timezone)}`);
}
