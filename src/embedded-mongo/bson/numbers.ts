import { Decimal128, Double, Int32, Long, Timestamp } from 'bson';

/** A value of one of BSON's number types, as `decode` gives it. */
export type Numeric = number | bigint | Long | Double | Int32 | Decimal128;

/** `sign * digits * 10 ** exponent`, exactly. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

export function isNumeric(value: unknown): value is Numeric {
  if (typeof value === 'number' || typeof value === 'bigint') return true;
  if (typeof value !== 'object' || value === null) return false;
  return (
    (value instanceof Long && !(value instanceof Timestamp)) ||
    value instanceof Double ||
    value instanceof Int32 ||
    value instanceof Decimal128
  );
}

/** The nearest double. */
export function toDouble(value: Numeric): number {
  if (typeof value === 'number') return value;
  if (value instanceof Double || value instanceof Int32) return value.value;
  if (value instanceof Long) return value.toNumber();
  return Number(value.toString());
}

const decimalText = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/;

function parseDecimal(text: string): Decimal | undefined {
  const match = decimalText.exec(text);
  if (!match) return undefined;
  const fraction = match[3] ?? '';
  const digits = BigInt((match[1] ?? '') + (match[2] ?? '') + fraction);
  return { digits, exponent: Number(match[4] ?? 0) - fraction.length };
}

const mantissaBits = 52;

function exactDouble(value: number): Decimal | undefined {
  if (!Number.isFinite(value)) return undefined;
  if (Number.isInteger(value)) return { digits: BigInt(value), exponent: 0 };
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const mantissa = (bits & 0xfffffffffffffn) | (biased === 0 ? 0n : 1n << BigInt(mantissaBits));
  const shift = 1075 - Math.max(biased, 1);
  const digits = mantissa * 5n ** BigInt(shift);
  return { digits: value < 0 ? -digits : digits, exponent: -shift };
}

/** The exact value; undefined for NaN and the infinities. */
export function exactValue(value: Numeric): Decimal | undefined {
  if (typeof value === 'bigint') return { digits: value, exponent: 0 };
  if (value instanceof Long) return { digits: value.toBigInt(), exponent: 0 };
  if (value instanceof Decimal128) return parseDecimal(value.toString());
  return exactDouble(toDouble(value));
}

function alignedDigits(value: Decimal, exponent: number): bigint {
  return value.digits * 10n ** BigInt(value.exponent - exponent);
}

/** Compares exact values. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const exponent = Math.min(a.exponent, b.exponent);
  const [left, right] = [alignedDigits(a, exponent), alignedDigits(b, exponent)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function compareDoubles(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
}

/** Orders numbers of all types by value; NaN is below all of them and equal to itself. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  if (typeof a === 'number' && typeof b === 'number') return compareDoubles(a, b);
  const rough = compareDoubles(toDouble(a), toDouble(b));
  if (rough !== 0) return rough;
  const [left, right] = [exactValue(a), exactValue(b)];
  return left && right ? compareDecimals(left, right) : 0;
}

/** True when a number is a whole one. */
export function isIntegral(value: Numeric): boolean {
  if (value instanceof Long || typeof value === 'bigint') return true;
  const exact = exactValue(value);
  if (!exact) return false;
  return exact.exponent >= 0 || exact.digits % 10n ** BigInt(-exact.exponent) === 0n;
}
