import { fail } from '../errors.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { typeAlias, typeNumbers } from '../bson/types.js';
import type { ValueTest } from './walk.js';

const aliasesByNumber = new Map([...typeNumbers].map(([alias, number]) => [number, alias]));
const numberAliases = ['double', 'int', 'long', 'decimal'];

function aliasesOf(operand: unknown): readonly string[] {
  if (typeof operand === 'string') {
    if (operand === 'number') return numberAliases;
    if (!typeNumbers.has(operand)) fail('BadValue', `Unknown type name alias: ${operand}`);
    return [operand];
  }
  if (!isNumeric(operand)) fail('TypeMismatch', 'type must be represented as a number or a string');
  const alias = aliasesByNumber.get(toDouble(operand));
  return alias === undefined ? fail('BadValue', `Invalid numerical type code: ${toDouble(operand)}`) : [alias];
}

/** The test of `$type`: one alias or number, or an array of them. */
export function typeTest(operand: unknown): ValueTest {
  const operands: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  if (operands.length === 0) fail('FailedToParse', '$type must match at least one type');
  const aliases = new Set(operands.flatMap(aliasesOf));
  return (value) => value !== undefined && aliases.has(typeAlias(value));
}
