/** All keys from `lo` (included) to `hi` (excluded), by their bytes. */
export interface KeyRange {
  readonly lo: Buffer;
  readonly hi: Buffer;
}

/** The first key behind all keys that begin with these bytes. */
export function after(prefix: Buffer): Buffer {
  let end = prefix.length;
  while (end > 0 && prefix[end - 1] === 0xff) end -= 1;
  if (end === 0) return Buffer.alloc(prefix.length + 1, 0xff);
  const next = Buffer.from(prefix.subarray(0, end));
  next[end - 1] = (next[end - 1] ?? 0) + 1;
  return next;
}

/** All keys that begin with these bytes. */
export function prefixRange(prefix: Buffer): KeyRange {
  return { lo: prefix, hi: after(prefix) };
}

function inverted(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte) => ~byte & 0xff));
}

/** The same range for a field in descending order, whose bytes are inverted. */
export function invertRange({ lo, hi }: KeyRange): KeyRange {
  return { lo: after(inverted(hi)), hi: after(inverted(lo)) };
}

/** What both ranges hold; undefined when that is nothing. */
export function intersect(a: KeyRange, b: KeyRange): KeyRange | undefined {
  const lo = Buffer.compare(a.lo, b.lo) >= 0 ? a.lo : b.lo;
  const hi = Buffer.compare(a.hi, b.hi) <= 0 ? a.hi : b.hi;
  return Buffer.compare(lo, hi) < 0 ? { lo, hi } : undefined;
}
