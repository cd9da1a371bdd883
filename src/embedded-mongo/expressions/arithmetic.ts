import { Long } from 'bson';
import { fail } from '../errors.js';
import {
  addNumbers,
  absolute,
  decimalFrom,
  divideNumbers,
  isDecimal,
  isWholeType,
  multiplyNumbers,
  negate,
  OverflowError,
  doubleValue,
  remainder,
  wholeNumber,
} from '../bson/arithmetic.js';
import type { Rounding } from '../bson/rounding.js';
import { roundNumber } from '../bson/rounding.js';
import type { Numeric } from '../bson/numbers.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { typeAlias } from '../bson/types.js';
import type { Operator, OperatorTable } from './operator.js';
import { argumentsOf, isNullish, operator, unary } from './operator.js';

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
  if (a instanceof Date && b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime());
  if (a instanceof Date && isNumeric(b)) return new Date(a.getTime() - toDouble(b));
  if (isNumeric(a) && isNumeric(b)) return add(a, negate(b));
  return fail('TypeMismatch', `can't $subtract ${typeAlias(b)} from ${typeAlias(a)}`);
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

const two = { least: 2, most: 2 };

/** An operator of two numbers; null when one of them is null or missing. */
function pair(name: string, code: number, calculate: Binary): Operator {
  return operator(name, two, ([a, b]) => {
    if (isNullish(a) || isNullish(b)) return null;
    if (isNumeric(a) && isNumeric(b)) return calculate(a, b);
    return fail(code, `${name} only supports numeric types, not ${typeAlias(a)} and ${typeAlias(b)}`);
  });
}

function numeric(name: string, value: unknown): Numeric {
  return isNumeric(value) ? value : fail(28765, `${name} only supports numeric types, not ${typeAlias(value)}`);
}

/** A result of the real numbers: a decimal for a decimal, a double for every other type. */
function real(values: readonly Numeric[], result: number): Numeric {
  return values.some(isDecimal) ? decimalFrom(result) : doubleValue(result);
}

interface RealFunction {
  readonly calculate: (value: number) => number;
  /** What the function is not defined for, and how MongoDB says so. */
  readonly refuses?: { readonly when: (value: number) => boolean; readonly code: number; readonly message: string };
}

const trigonometric = [
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'sinh',
  'cosh',
  'tanh',
  'asinh',
  'acosh',
  'atanh',
] as const;

function trigonometry(name: (typeof trigonometric)[number]): RealFunction {
  const calculate = (value: number): number => Math[name](value);
  const when = (value: number): boolean => !Number.isNaN(value) && Number.isNaN(calculate(value));
  return { calculate, refuses: { when, code: 50989, message: `cannot apply $${name} outside of its domain` } };
}

const realFunctions: Readonly<Record<string, RealFunction>> = {
  $sqrt: {
    calculate: Math.sqrt,
    refuses: { when: (x) => x < 0, code: 28714, message: "$sqrt's argument must be greater than or equal to 0" },
  },
  $exp: { calculate: Math.exp },
  $ln: {
    calculate: Math.log,
    refuses: { when: (x) => x <= 0, code: 28766, message: "$ln's argument must be a positive number" },
  },
  $log10: {
    calculate: Math.log10,
    refuses: { when: (x) => x <= 0, code: 28761, message: "$log10's argument must be a positive number" },
  },
  ...Object.fromEntries(trigonometric.map((name) => [`$${name}`, trigonometry(name)])),
  $degreesToRadians: { calculate: (x) => (x * Math.PI) / 180 },
  $radiansToDegrees: { calculate: (x) => (x * 180) / Math.PI },
};

function realOperator([name, { calculate, refuses }]: [string, RealFunction]): [string, Operator] {
  const run = unary(name, (value) => {
    const number = numeric(name, value);
    const double = toDouble(number);
    if (refuses?.when(double) === true) fail(refuses.code, `${refuses.message}, but is ${double}`);
    return real([number], calculate(double));
  });
  return [name, run];
}

function divide(a: Numeric, b: Numeric): Numeric {
  return toDouble(b) === 0 ? fail('BadValue', "can't $divide by zero") : divideNumbers(a, b);
}

function modulo(a: Numeric, b: Numeric): Numeric {
  return toDouble(b) === 0 ? fail(16610, "can't $mod by zero") : remainder(a, b);
}

function log(a: Numeric, base: Numeric): Numeric {
  const [value, radix] = [toDouble(a), toDouble(base)];
  if (value <= 0) fail(28758, `$log's argument must be a positive number, but is ${value}`);
  if (radix <= 0 || radix === 1) fail(28759, `$log's base must be a positive number not equal to 1, but is ${radix}`);
  return real([a, base], radix === 10 ? Math.log10(value) : Math.log(value) / Math.log(radix));
}

const beyondLong = 2n ** 63n;

function power(base: Numeric, exponent: Numeric): Numeric {
  const [x, y] = [toDouble(base), toDouble(exponent)];
  if (x === 0 && y < 0) fail(28764, '$pow cannot take a base of 0 and a negative exponent');
  if (!isWholeType(base) || !isWholeType(exponent) || y < 0) return real([base, exponent], x ** y);
  if (Math.abs(x) > 1 && y > 64) return doubleValue(x ** y);
  const exact = BigInt(base.toString()) ** BigInt(y);
  if (exact >= beyondLong || exact < -beyondLong) return doubleValue(x ** y);
  return wholeNumber(exact, base instanceof Long || exponent instanceof Long);
}

function rounding(name: string, mode: Rounding, most: number): Operator {
  return operator(name, { least: 1, most }, ([value, place]) => {
    if (isNullish(value) || (most === 2 && place === null)) return null;
    if (!isNumeric(value)) {
      fail(most === 2 ? 51081 : 28765, `${name} only supports numeric types, not ${typeAlias(value)}`);
    }
    return roundNumber(value, { mode, place: placeOf(name, place) });
  });
}

function placeOf(name: string, place: unknown): number {
  if (place === undefined) return 0;
  const value = isNumeric(place) ? toDouble(place) : NaN;
  if (!Number.isInteger(value)) fail(51082, `precision argument to ${name} must be a integral value`);
  if (value < -20 || value > 100)
    fail(51083, `cannot apply ${name} with precision value ${value}: it must be in [-20, 100]`);
  return value;
}

/** The operators that calculate: exact for integers and decimals where MongoDB is, and in MongoDB's types. */
export const arithmeticOperators: OperatorTable = {
  ...Object.fromEntries(Object.entries(realFunctions).map(realOperator)),
  $add: fold('$add', 0, addTwo),
  $multiply: fold('$multiply', 1, multiplyTwo),
  $subtract: operator('$subtract', two, ([a, b]) => subtractTwo(a, b)),
  $divide: pair('$divide', 14, divide),
  $mod: pair('$mod', 16611, modulo),
  $log: pair('$log', 28756, log),
  $pow: pair('$pow', 28762, power),
  $atan2: pair('$atan2', 51044, (a, b) => real([a, b], Math.atan2(toDouble(a), toDouble(b)))),
  $abs: unary('$abs', (value) => absolute(numeric('$abs', value))),
  $ceil: rounding('$ceil', 'ceil', 1),
  $floor: rounding('$floor', 'floor', 1),
  $trunc: rounding('$trunc', 'trunc', 2),
  $round: rounding('$round', 'half-even', 2),
};
