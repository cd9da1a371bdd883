import { ObjectId } from 'bson';
import { isNumeric } from '../bson/numbers.js';
import { Rank, rankOf } from '../bson/types.js';

/** A value as explain writes it in `indexBounds`. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'undefined';
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (isNumeric(value)) return value.toString();
  return JSON.stringify(value);
}

const lowest = new Map<number, string>([
  [Rank.number, '-inf'],
  [Rank.string, '""'],
  [Rank.date, 'new Date(-9223372036854775808)'],
]);
const highest = new Map<number, string>([
  [Rank.number, 'inf'],
  [Rank.string, 'max'],
  [Rank.date, 'new Date(9223372036854775807)'],
]);

/** The bounds of one comparison as explain writes them. */
export function showRange(operator: string, operand: unknown): string {
  const rank = rankOf(operand);
  const value = showValue(operand);
  if (operator === '$gt') return `(${value}, ${highest.get(rank) ?? 'max'}]`;
  if (operator === '$gte') return `[${value}, ${highest.get(rank) ?? 'max'}]`;
  return `[${lowest.get(rank) ?? 'min'}, ${value}${operator === '$lt' ? ')' : ']'}`;
}
