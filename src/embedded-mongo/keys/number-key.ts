import type { Numeric, Decimal } from '../bson/numbers.js';
import { compareDecimals, exactValue, toDouble } from '../bson/numbers.js';
import type { KeyWriter } from './writer.js';

const exponentBias = 0x8000;

function previousDouble(value: number): number {
  const view = new DataView(new ArrayBuffer(8));
  if (value === 0) return -Number.MIN_VALUE;
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? -1n : 1n));
  return view.getFloat64(0);
}

/** The largest double that is not above the value. */
function floorDouble(value: Numeric, exact: Decimal): number {
  const nearest = toDouble(value);
  if (nearest === Infinity) return Number.MAX_VALUE;
  if (nearest === -Infinity) return -Infinity;
  const exactNearest = exactValue(nearest);
  return exactNearest && compareDecimals(exactNearest, exact) > 0 ? previousDouble(nearest) : nearest;
}

function writeDecimal(writer: KeyWriter, { digits, exponent }: Decimal): void {
  const start = writer.length;
  const negative = digits < 0n;
  const text = (negative ? -digits : digits).toString().replace(/0+$/, '');
  const fullLength = (negative ? -digits : digits).toString().length;
  writer.uint16(exponent + fullLength + exponentBias);
  writer.raw(Buffer.from(text));
  writer.byte(0);
  if (negative) writer.invert(start);
}

/**
 * Writes a number of any type so that equal values give equal bytes and others order by value: the largest double not
 * above it, then 0 when that is the value itself, else 1 and the exact decimal.
 */
export function writeNumber(writer: KeyWriter, value: Numeric): void {
  const double = toDouble(value);
  if (Number.isNaN(double)) {
    writer.raw(Buffer.alloc(9));
    return;
  }
  const exact = typeof value === 'number' ? undefined : exactValue(value);
  const floor = exact ? floorDouble(value, exact) : double;
  writer.double(floor);
  const exactFloor = exact && exactValue(floor);
  if (!exact || (exactFloor && compareDecimals(exactFloor, exact) === 0)) {
    writer.byte(0);
    return;
  }
  writer.byte(1);
  writeDecimal(writer, exact);
}
