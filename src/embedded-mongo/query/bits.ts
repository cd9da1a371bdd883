import { Binary } from 'bson';
import { fail } from '../errors.js';
import { exactValue, isIntegral, isNumeric, toDouble } from '../bson/numbers.js';
import type { ValueTest } from './walk.js';

function integerBits(value: unknown): bigint | undefined {
  if (!isNumeric(value) || !isIntegral(value)) return undefined;
  const exact = exactValue(value);
  if (!exact) return undefined;
  const { digits, exponent } = exact;
  return exponent < 0 ? digits / 10n ** BigInt(-exponent) : digits * 10n ** BigInt(exponent);
}

function bytesAsBits(value: Binary): bigint {
  return BigInt(`0x0${Buffer.from(value.buffer.subarray(0, value.position)).reverse().toString('hex')}`);
}

function maskOf(name: string, operand: unknown): bigint {
  if (operand instanceof Binary) return bytesAsBits(operand);
  if (Array.isArray(operand)) return operand.reduce<bigint>((mask, position) => mask | bitAt(name, position), 0n);
  const bits = integerBits(operand);
  if (bits === undefined)
    fail('BadValue', `${name} takes an Array, a number, or a BinData but received: ${String(operand)}`);
  if (bits < 0n) fail('FailedToParse', `Expected a non-negative number in: ${name}: ${bits.toString()}`);
  return bits;
}

function bitAt(name: string, position: unknown): bigint {
  if (!isNumeric(position) || !isIntegral(position))
    fail('BadValue', `bit positions must be an integer but got: ${name}`);
  const at = toDouble(position);
  if (at < 0) fail('BadValue', `bit positions must be >= 0 but got: ${at}`);
  return 1n << BigInt(Math.min(at, 4096));
}

type BitCheck = (bits: bigint, mask: bigint) => boolean;

const checks: Readonly<Record<string, BitCheck>> = {
  $bitsAllSet: (bits, mask) => (bits & mask) === mask,
  $bitsAllClear: (bits, mask) => (bits & mask) === 0n,
  $bitsAnySet: (bits, mask) => (bits & mask) !== 0n,
  $bitsAnyClear: (bits, mask) => (bits & mask) !== mask,
};

/** The test of one of `$bitsAllSet`, `$bitsAllClear`, `$bitsAnySet` and `$bitsAnyClear`. */
export function bitTest(name: string, operand: unknown): ValueTest {
  const mask = maskOf(name, operand);
  const check = checks[name];
  return (value) => {
    const bits = value instanceof Binary ? bytesAsBits(value) : integerBits(value);
    return bits !== undefined && (check?.(bits, mask) ?? false);
  };
}
