import { decimalValue, doubleValue, isDecimal, isWholeType, wholeNumber } from './arithmetic.js';
import type { Decimal, Numeric } from './numbers.js';
import { exactValue, toDouble } from './numbers.js';
import { Long } from 'bson';

/** Down, up, towards zero, or to the nearest with halves to the even one. */
export type Rounding = 'floor' | 'ceil' | 'trunc' | 'half-even';

function adjustment(digits: bigint, divisor: bigint, mode: Rounding): bigint {
  const rest = digits % divisor;
  if (rest === 0n || mode === 'trunc') return 0n;
  if (mode === 'floor') return rest < 0n ? -1n : 0n;
  if (mode === 'ceil') return rest > 0n ? 1n : 0n;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const isOdd = (digits / divisor) % 2n !== 0n;
  return twice > divisor || (twice === divisor && isOdd) ? (rest < 0n ? -1n : 1n) : 0n;
}

/** The value as a multiple of a power of ten. */
function quantized({ digits, exponent }: Decimal, target: number, mode: Rounding): Decimal {
  if (exponent >= target) return { digits: digits * 10n ** BigInt(exponent - target), exponent: target };
  const divisor = 10n ** BigInt(target - exponent);
  return { digits: digits / divisor + adjustment(digits, divisor, mode), exponent: target };
}

/** Rounds to a place behind the point (before it when negative), in the type of the number. */
export function roundNumber(value: Numeric, { mode, place }: { mode: Rounding; place: number }): Numeric {
  const exact = exactValue(value);
  if (!exact) return value;
  if (isWholeType(value) && place >= 0) return value;
  const rounded = quantized(exact, -place, mode);
  if (isDecimal(value)) return decimalValue(rounded);
  if (isWholeType(value)) return wholeNumber(rounded.digits * 10n ** BigInt(rounded.exponent), value instanceof Long);
  const double = Number(`${rounded.digits.toString()}e${rounded.exponent}`);
  return doubleValue(double === 0 && toDouble(value) < 0 ? -0 : double);
}
