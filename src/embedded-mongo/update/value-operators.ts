import { Long, Timestamp } from 'bson';
import { fail } from '../errors.js';
import { addNumbers, multiplyNumbers, OverflowError } from '../bson/arithmetic.js';
import { compareValues } from '../bson/compare.js';
import type { Numeric } from '../bson/numbers.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { isDoc, isInt32, typeAlias } from '../bson/types.js';
import type { Change } from './array-operators.js';

function arithmetic(
  name: string,
  verb: string,
  calculate: (a: Numeric, b: Numeric) => Numeric,
): (operand: unknown, path: string) => Change {
  return (operand, path) => {
    if (!isNumeric(operand))
      fail('TypeMismatch', `Cannot ${verb} with non-numeric argument: {${path}: ${JSON.stringify(operand)}}`);
    return (value) => {
      if (value === undefined) return name === '$mul' ? multiplyNumbers(operand, 0) : operand;
      if (!isNumeric(value)) {
        fail(
          'TypeMismatch',
          `Cannot apply ${name} to a value of non-numeric type. The document has the field '${path}' of non-numeric type ${typeAlias(value)}`,
        );
      }
      try {
        return calculate(value, operand);
      } catch (error) {
        if (error instanceof OverflowError)
          fail('BadValue', `Failed to apply ${name} operations to current value (${value.toString()}) for document`);
        throw error;
      }
    };
  };
}

export const inc = arithmetic('$inc', 'increment', addNumbers);
export const mul = arithmetic('$mul', 'multiply', multiplyNumbers);

/** `$max` and `$min`: the operand takes the place of a value that is less, or greater. */
export function extreme(sign: 1 | -1): (operand: unknown) => Change {
  return (operand) => (value) => (value === undefined || sign * compareValues(operand, value) > 0 ? operand : value);
}

/** `$currentDate`: true, or `{ $type: 'date' | 'timestamp' }`. */
export function currentDate(operand: unknown): Change {
  const type = isDoc(operand) ? operand.$type : 'date';
  if (typeof operand !== 'boolean' && !isDoc(operand)) {
    fail(
      'BadValue',
      `${typeAlias(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
  }
  if (type === 'timestamp') return () => new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 });
  if (type !== 'date') fail('BadValue', "The '$type' string field is required to be 'date' or 'timestamp'");
  return () => new Date();
}

type BitOperation = (a: bigint, b: bigint) => bigint;

const bitOperations: Readonly<Record<string, BitOperation>> = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
};

function bits(value: unknown): bigint | undefined {
  if (value instanceof Long) return value.toBigInt();
  return isNumeric(value) && typeAlias(value) === 'int' ? BigInt(toDouble(value)) : undefined;
}

/** `$bit`: and, or, xor of integers. */
export function bit(operand: unknown, path: string): Change {
  if (!isDoc(operand) || Object.keys(operand).length === 0) {
    fail(
      'BadValue',
      `The $bit modifier is not compatible with a ${typeAlias(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  }
  const isWide = Object.values(operand).some((mask) => mask instanceof Long);
  const steps = Object.entries(operand).map(([name, mask]): ((value: bigint) => bigint) => {
    const operation = bitOperations[name];
    if (!operation)
      fail(
        'BadValue',
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${name}: ${JSON.stringify(mask)}}`,
      );
    const other =
      bits(mask) ??
      fail(
        'BadValue',
        `The $bit modifier field must be an Integer(32/64 bit); a '${typeAlias(mask)}' is not supported here: {${name}: ${JSON.stringify(mask)}}`,
      );
    return (value) => operation(value, other);
  });
  return (value) => {
    const start = value === undefined ? 0n : bits(value);
    if (start === undefined)
      fail(
        'BadValue',
        `Cannot apply $bit to a value of non-integral type. The document has the field ${path} of non-integer type ${typeAlias(value)}`,
      );
    const result = steps.reduce((current, step) => step(current), start);
    const small = Number(result);
    return isInt32(small) && !isWide && !(value instanceof Long) ? small : Long.fromBigInt(BigInt.asIntN(64, result));
  };
}
