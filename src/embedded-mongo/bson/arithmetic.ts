import { Decimal128, Double, Int32, Long } from 'bson';
import { fail } from '../errors.js';
import type { Decimal, Numeric } from './numbers.js';
import { exactValue, toDouble } from './numbers.js';
import { isInt32 } from './types.js';

/** The types of numbers, in the order in which they win over each other when two meet. */
const Level = { int: 0, long: 1, double: 2, decimal: 3 } as const;

function levelOf(value: Numeric): number {
  if (typeof value === 'number') return isInt32(value) ? Level.int : Level.double;
  if (value instanceof Int32) return Level.int;
  if (value instanceof Double) return Level.double;
  return value instanceof Decimal128 ? Level.decimal : Level.long;
}

/** A double that stays one when it is written: a whole number would become an integer. */
export function doubleValue(value: number): number | Double {
  return isInt32(value) ? new Double(value) : value;
}

const int64 = { min: -(1n << 63n), max: (1n << 63n) - 1n };

/** The sum or product does not fit into 64 bits. */
export class OverflowError extends Error {}

function integerValue(value: bigint, level: number): Numeric {
  const small = Number(value);
  if (level === Level.int && isInt32(small)) return small;
  if (value < int64.min || value > int64.max) throw new OverflowError('integer overflow');
  return Long.fromBigInt(value);
}

/** An integer in the smaller type that holds it; in 64 bits when `isLong`. @throws OverflowError beyond them. */
export function wholeNumber(value: bigint, isLong: boolean): Numeric {
  return integerValue(value, isLong ? Level.long : Level.int);
}

/** True for the types that hold integers alone. */
export function isWholeType(value: Numeric): boolean {
  return levelOf(value) <= Level.long;
}

export function isDecimal(value: Numeric): value is Decimal128 {
  return value instanceof Decimal128;
}

/** A double as a decimal, with the 15 digits that MongoDB takes of it. */
export function decimalFrom(value: number): Decimal128 {
  return Decimal128.fromString(Number.isFinite(value) ? String(Number(value.toPrecision(15))) : String(value));
}

/** The decimal of an exact value, rounded to 34 digits. */
export function decimalValue({ digits, exponent }: Decimal): Decimal128 {
  return Decimal128.fromStringWithRounding(`${digits.toString()}E${exponent}`);
}

interface Operation {
  readonly integers: (a: bigint, b: bigint) => bigint;
  readonly doubles: (a: number, b: number) => number;
  readonly decimals: (a: Decimal, b: Decimal) => Decimal;
}

function toInteger(value: Numeric): bigint {
  return value instanceof Long ? value.toBigInt() : BigInt(toDouble(value));
}

function calculate(a: Numeric, b: Numeric, operation: Operation): Numeric {
  const level = Math.max(levelOf(a), levelOf(b));
  if (level <= Level.long) return integerValue(operation.integers(toInteger(a), toInteger(b)), level);
  const rough = operation.doubles(toDouble(a), toDouble(b));
  if (level === Level.double) return doubleValue(rough);
  const [left, right] = [decimalParts(a), decimalParts(b)];
  return left && right ? decimalValue(operation.decimals(left, right)) : Decimal128.fromString(String(rough));
}

/** A double takes part in decimal arithmetic with its 15 digits, as MongoDB converts it. */
function decimalParts(value: Numeric): Decimal | undefined {
  if (levelOf(value) !== Level.double) return exactValue(value);
  const double = toDouble(value);
  return Number.isFinite(double)
    ? exactValue(Decimal128.fromString(String(Number(double.toPrecision(15)))))
    : undefined;
}

function addDecimals(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  const scale = (value: Decimal): bigint => value.digits * 10n ** BigInt(value.exponent - exponent);
  return { digits: scale(a) + scale(b), exponent };
}

const addition: Operation = { integers: (a, b) => a + b, doubles: (a, b) => a + b, decimals: addDecimals };
const product: Operation = {
  integers: (a, b) => a * b,
  doubles: (a, b) => a * b,
  decimals: (a, b) => ({ digits: a.digits * b.digits, exponent: a.exponent + b.exponent }),
};

/** The sum in MongoDB's type: int, long, double and decimal win in this order. @throws OverflowError beyond 64 bits. */
export function addNumbers(a: Numeric, b: Numeric): Numeric {
  return calculate(a, b, addition);
}

/** The product in MongoDB's type. @throws OverflowError beyond 64 bits. */
export function multiplyNumbers(a: Numeric, b: Numeric): Numeric {
  return calculate(a, b, product);
}

const modulus: Operation = {
  integers: (a, b) => a % b,
  doubles: (a, b) => a % b,
  decimals: (a, b) => {
    const exponent = Math.min(a.exponent, b.exponent);
    const scale = (value: Decimal): bigint => value.digits * 10n ** BigInt(value.exponent - exponent);
    return { digits: scale(a) % scale(b), exponent };
  },
};

/** What is left of a division, with the sign of the dividend. `b` is not zero. */
export function remainder(a: Numeric, b: Numeric): Numeric {
  return calculate(a, b, modulus);
}

/** More digits than a decimal has, so that one is left to round by. */
const quotientDigits = 40;

function digitsIn(value: bigint): number {
  return value.toString().length;
}

function divideDecimals(a: Decimal, b: Decimal): Decimal {
  const ideal = a.exponent - b.exponent;
  const shift = Math.max(0, quotientDigits + digitsIn(b.digits) - digitsIn(a.digits));
  const dividend = a.digits * 10n ** BigInt(shift);
  let digits = dividend / b.digits;
  let exponent = ideal - shift;
  if (dividend % b.digits !== 0n) {
    const sticky = a.digits < 0n === b.digits < 0n ? 1n : -1n;
    return { digits: digits * 10n + sticky, exponent: exponent - 1 };
  }
  for (; digits % 10n === 0n && exponent < ideal; exponent += 1) digits /= 10n;
  return { digits, exponent };
}

/** The quotient: a decimal when one of the two is, a double for all other types. `b` is not zero. */
export function divideNumbers(a: Numeric, b: Numeric): Numeric {
  const rough = toDouble(a) / toDouble(b);
  if (!isDecimal(a) && !isDecimal(b)) return doubleValue(rough);
  const [left, right] = [decimalParts(a), decimalParts(b)];
  return left && right ? decimalValue(divideDecimals(left, right)) : decimalFrom(rough);
}

/** The number without its sign; of the lowest 32 bit integer a 64 bit one. @throws CommandError 28680 for the lowest of 64. */
export function absolute(value: Numeric): Numeric {
  if (value instanceof Long && value.equals(Long.MIN_VALUE)) fail(28680, "can't take $abs of long long min");
  if (toDouble(value) >= 0) return value;
  if (isDecimal(value)) return Decimal128.fromString(value.toString().replace(/^-/, ''));
  return value instanceof Long
    ? value.negate()
    : levelOf(value) === Level.int
      ? integerValue(BigInt(-toDouble(value)), Level.int)
      : doubleValue(-toDouble(value));
}

/** The number with its sign turned. */
export function negate(value: Numeric): Numeric {
  return multiplyNumbers(value, -1);
}
