import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { inMemory, type Limiter, type LimiterFactory, type RateRule } from './rate-limits.js';
import type { BucketRule, TokenBuckets } from './token-bucket.js';

/** How long an answer of Redis is waited for, ms. */
const patience = 250;

/** The client of Redis that counts, and whether it is connected. */
export interface LimiterStore {
  readonly isReady: boolean;
  eval(script: string, call: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** Counters that all processes of one installation share; without Redis each process counts for itself. */
export function sharedLimiters(store: LimiterStore, installation: string): LimiterFactory {
  const named = <Rule extends { readonly keyPrefix: string }>(rule: Rule): Rule => ({
    ...rule,
    keyPrefix: `chatset:${installation}:${rule.keyPrefix}`,
  });
  return {
    window: (rule) => new SharedLimiter(store, named(rule)),
    buckets: (rule) => new SharedBuckets(store, named(rule)),
  };
}

type Ask<T> = (limiter: Limiter) => Promise<T>;

/** Counts in Redis as long as it answers at once, in memory otherwise. */
class SharedLimiter implements Limiter {
  private readonly inRedis: RateLimiterRedis;
  private readonly own: Limiter;

  constructor(
    private readonly store: LimiterStore,
    rule: RateRule,
  ) {
    this.own = inMemory.window(rule);
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

  private ask<T>(question: Ask<T>): Promise<T> {
    return sharedOrOwn(this.store, { shared: () => question(this.inRedis), own: () => question(this.own) });
  }
}

/**
 * Keeps the time at which the bucket is full again, by the clock of Redis, which all processes share, and until then.
 * Times are microseconds. Answers the wait, or 0 when a token was taken.
 */
const takeScript = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local refill = tonumber(ARGV[1])
local full = math.max(now, tonumber(redis.call('GET', KEYS[1]) or now)) + refill
local wait = full - now - refill * tonumber(ARGV[2])
if wait > 0 then return wait end
redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
return 0
`;

/** Takes tokens in Redis as long as it answers at once, from memory otherwise. */
class SharedBuckets implements TokenBuckets {
  private readonly own: TokenBuckets;

  constructor(
    private readonly store: LimiterStore,
    private readonly rule: BucketRule,
  ) {
    this.own = inMemory.buckets(rule);
  }

  take(key: string): Promise<number> {
    return sharedOrOwn(this.store, { shared: () => this.takeInRedis(key), own: () => this.own.take(key) });
  }

  private async takeInRedis(key: string): Promise<number> {
    const { keyPrefix, burst, perSecond } = this.rule;
    const refill = Math.round(1_000_000 / perSecond);
    const call = { keys: [`${keyPrefix}:${key}`], arguments: [String(refill), String(burst)] };
    return Number(await this.store.eval(takeScript, call)) / 1_000;
  }
}

/** What Redis says as long as it answers at once, a refusal too; what this process counts otherwise. */
async function sharedOrOwn<T>(
  store: LimiterStore,
  { shared, own }: { readonly shared: () => Promise<T>; readonly own: () => T | Promise<T> },
): Promise<T> {
  if (!store.isReady) return own();
  try {
    return await withinPatience(shared());
  } catch (reason) {
    if (reason instanceof RateLimiterRes) throw reason;
    return own();
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
