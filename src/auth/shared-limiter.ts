import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Limiter, LimiterFactory, RateRule } from './rate-limits.js';

/** How long an answer of Redis is waited for, ms. */
const patience = 250;

/** The client of Redis that counts, and whether it is connected. */
export interface LimiterStore {
  readonly isReady: boolean;
}

/** Counters that all processes of one installation share; without Redis each process counts for itself. */
export function sharedLimiters(store: LimiterStore, installation: string): LimiterFactory {
  return (rule) => new SharedLimiter(store, { ...rule, keyPrefix: `chatset:${installation}:${rule.keyPrefix}` });
}

type Ask<T> = (limiter: Limiter) => Promise<T>;

/** Counts in Redis as long as it answers at once, in memory otherwise. */
class SharedLimiter implements Limiter {
  private readonly inRedis: RateLimiterRedis;
  private readonly inMemory: RateLimiterMemory;

  constructor(
    private readonly store: LimiterStore,
    rule: RateRule,
  ) {
    this.inMemory = new RateLimiterMemory(rule);
    this.inRedis = new RateLimiterRedis({ ...rule, storeClient: store, useRedisPackage: true });
  }

  consume(key: string): Promise<RateLimiterRes> {
    return this.ask((limiter) => limiter.consume(key));
  }

  reward(key: string): Promise<RateLimiterRes> {
    return this.ask((limiter) => limiter.reward(key));
  }

  get(key: string): Promise<RateLimiterRes | null> {
    return this.ask((limiter) => limiter.get(key));
  }

  private async ask<T>(question: Ask<T>): Promise<T> {
    if (!this.store.isReady) return question(this.inMemory);
    try {
      return await withinPatience(question(this.inRedis));
    } catch (reason) {
      if (reason instanceof RateLimiterRes) throw reason;
      return question(this.inMemory);
    }
  }
}

async function withinPatience<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('Redis did not answer in time.')), patience);
  });
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
