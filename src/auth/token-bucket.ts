import type { LRUCache } from 'lru-cache';
import { recentCache } from '../recent-cache.js';

/** A steady rate with room for a burst. */
export interface BucketRule {
  readonly keyPrefix: string;
  /** Tokens of a full bucket. */
  readonly burst: number;
  /** Tokens that come back in a second. */
  readonly perSecond: number;
}

/** One bucket a key, full at first; every call takes a token. */
export interface TokenBuckets {
  /** The milliseconds until there is a token again, or 0 when one was taken. A refused call takes nothing. */
  take(key: string): number | Promise<number>;
}

/** Buckets in memory beyond these forget whom they saw least recently. */
const maxBuckets = 100_000;

/**
 * Buckets in this process's memory. Of a bucket only the time is kept at which it is full again, and only until then
 * (the generic cell rate algorithm).
 */
export class MemoryBuckets implements TokenBuckets {
  private readonly fullAt: LRUCache<string, number>;
  private readonly refillMs: number;

  /** @param now milliseconds of a clock that never goes back */
  constructor(
    private readonly rule: BucketRule,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.refillMs = 1_000 / rule.perSecond;
    this.fullAt = recentCache(maxBuckets, { ttl: this.rule.burst * this.refillMs });
  }

  take(key: string): number {
    const now = this.now();
    const fullAt = Math.max(now, this.fullAt.get(key) ?? now) + this.refillMs;
    const wait = fullAt - now - this.rule.burst * this.refillMs;
    // What is left of a division is no reason to refuse.
    if (wait > 0.001) return wait;
    this.fullAt.set(key, fullAt);
    return 0;
  }
}
