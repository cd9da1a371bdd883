import { isNumeric, toDouble } from '../bson/numbers.js';

/** What MongoDB takes as true: everything but false, null, a missing value and zero. */
export function isTruthy(value: unknown): boolean {
  if (value === null || value === undefined || value === false) return false;
  return !isNumeric(value) || toDouble(value) !== 0;
}
