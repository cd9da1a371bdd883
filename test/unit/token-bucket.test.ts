import { MemoryBuckets } from '../../src/auth/token-bucket.js';

const rule = { keyPrefix: 'send', burst: 100, perSecond: 20 };

/** How many of so many calls at once get a token. */
function taken(buckets: MemoryBuckets, calls: number): number {
  return Array.from({ length: calls }, () => buckets.take('ana')).filter((wait) => wait === 0).length;
}

describe('a bucket of tokens', () => {
  let now = 0;
  let buckets: MemoryBuckets;
  beforeEach(() => {
    now = 1_000_000;
    buckets = new MemoryBuckets(rule, () => now);
  });

  it('gives a burst at once, and tells when the next token comes', () => {
    expect(taken(buckets, 150)).toBe(100);
    expect(buckets.take('ana')).toBeCloseTo(50);
    now += 20;
    expect(buckets.take('ana')).toBeCloseTo(30);
  });

  it('gives one burst and the steady rate in whatever stretch of time, also where a window would end', () => {
    let given = taken(buckets, 99);
    now += 4_990;
    given += taken(buckets, 200);
    now += 20;
    given += taken(buckets, 200);
    expect(given).toBeLessThanOrEqual(100 + 5.01 * rule.perSecond);
  });

  it('gives the steady rate for as long as it is asked for', () => {
    taken(buckets, 200);
    let given = 0;
    for (let ms = 0; ms < 60_000; ms += 10) {
      now += 10;
      given += taken(buckets, 1);
    }
    expect(given).toBe(60 * rule.perSecond);
  });

  it('is full again after a rest, and never more than full', () => {
    taken(buckets, 100);
    now += 3_600_000;
    expect(taken(buckets, 300)).toBe(100);
  });
});
