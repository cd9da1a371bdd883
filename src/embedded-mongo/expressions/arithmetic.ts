import * as mingo from 'mingo/operators/expression';
import type { AnyObject, Options } from 'mingo/types';
import { fail } from '../errors.js';
import { addNumbers, multiplyNumbers, negate, OverflowError } from '../bson/arithmetic.js';
import type { Numeric } from '../bson/numbers.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import type { Operator } from './comparison.js';
import { argumentsOf } from './comparison.js';

type Binary = (a: Numeric, b: Numeric) => Numeric;

/** Beyond 64 bits an expression goes on with doubles, where an update fails. */
function orDouble(exact: Binary, rough: (a: number, b: number) => number): Binary {
  return (a, b) => {
    try {
      return exact(a, b);
    } catch (error) {
      if (error instanceof OverflowError) return rough(toDouble(a), toDouble(b));
      throw error;
    }
  };
}

const add = orDouble(addNumbers, (a, b) => a + b);
const multiply = orDouble(multiplyNumbers, (a, b) => a * b);

function isNullish(value: unknown): boolean {
  return value === null || value === undefined;
}

function addTwo(a: unknown, b: unknown): unknown {
  if (a instanceof Date && isNumeric(b)) return new Date(a.getTime() + toDouble(b));
  if (b instanceof Date && isNumeric(a)) return new Date(b.getTime() + toDouble(a));
  if (isNumeric(a) && isNumeric(b)) return add(a, b);
  return a instanceof Date && b instanceof Date
    ? fail(16612, 'only one date allowed in an $add expression')
    : fail('TypeMismatch', '$add only supports numeric or date types');
}

function subtractTwo(a: unknown, b: unknown): unknown {
  if (isNullish(a) || isNullish(b)) return null;
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  if (a instanceof Date && isNumeric(b)) return new Date(a.getTime() - toDouble(b));
  if (isNumeric(a) && isNumeric(b)) return add(a, negate(b));
  return fail('TypeMismatch', "can't $subtract these types");
}

function fold(name: string, start: number, step: (a: unknown, b: unknown) => unknown): Operator {
  return (doc, expression, options) => {
    const values = argumentsOf(doc, expression, options);
    if (values.some(isNullish)) return null;
    if (values.length === 0) return start;
    if (values.length === 1 && !isNumeric(values[0]) && !(values[0] instanceof Date)) {
      fail('TypeMismatch', `${name} only supports numeric or date types`);
    }
    return values.reduce(step);
  };
}

function multiplyTwo(a: unknown, b: unknown): unknown {
  return isNumeric(a) && isNumeric(b) ? multiply(a, b) : fail('TypeMismatch', '$multiply only supports numeric types');
}

function plain(value: unknown): unknown {
  return isNumeric(value) ? toDouble(value) : value;
}

/** An operator of mingo that calculates with doubles: the values go in as such. */
function withDoubles(name: string): [string, Operator] {
  const operator = (mingo as unknown as Record<string, Operator>)[name];
  if (!operator) throw new Error(`mingo has no ${name}`);
  const run = (doc: AnyObject, expression: unknown, options: Options): unknown => {
    const values = argumentsOf(doc, expression, options).map((value) => {
      const number = plain(value);
      return typeof number === 'string'
        ? fail('TypeMismatch', `${name} only supports numeric types, not string`)
        : number;
    });
    return operator(doc, Array.isArray(expression) ? values : values[0], options);
  };
  return [name, run];
}

const doubles = [
  '$divide',
  '$mod',
  '$abs',
  '$ceil',
  '$floor',
  '$round',
  '$trunc',
  '$sqrt',
  '$pow',
  '$exp',
  '$ln',
  '$log',
  '$log10',
];

/** The operators that calculate: exact for 64 bit integers and decimals where MongoDB is. */
export const arithmeticOperators: Readonly<Record<string, Operator>> = {
  ...Object.fromEntries(doubles.map(withDoubles)),
  $add: fold('$add', 0, addTwo),
  $multiply: fold('$multiply', 1, multiplyTwo),
  $subtract: (doc, expression, options) => {
    const [a, b] = argumentsOf(doc, expression, options);
    return subtractTwo(a, b);
  },
};
