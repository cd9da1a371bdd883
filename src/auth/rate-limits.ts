import { RateLimiterMemory, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { ChatError } from '../errors.js';
import { type BucketRule, MemoryBuckets, type TokenBuckets } from './token-bucket.js';

/** How often something may happen: `points` times in a window of `duration` seconds that begins with the first. */
export interface RateRule {
  readonly keyPrefix: string;
  readonly points: number;
  readonly duration: number;
}

/** The published limits of what people do. */
const steadyRules = {
  send: { keyPrefix: 'send', burst: 100, perSecond: 20 },
  operation: { keyPrefix: 'operation', burst: 100, perSecond: 100 },
} as const satisfies Record<string, BucketRule>;

/** What an operation of a person counts as. */
export type RateKind = keyof typeof steadyRules;

/** The published limits of what addresses do. */
const windowRules = {
  registration: { keyPrefix: 'registration', points: 60, duration: 60 },
  failedLogin: { keyPrefix: 'failedLogin', points: 10, duration: 900 },
  failedLoginsOfAddress: { keyPrefix: 'failedLoginsOfAddress', points: 100, duration: 900 },
} as const satisfies Record<string, RateRule>;

type WindowName = keyof typeof windowRules;

/** Counts what happens under one rule. */
export type Limiter = Pick<RateLimiterAbstract, 'consume' | 'reward' | 'get'>;

/** Makes what counts under one rule, in memory or in a store that several processes share. */
export interface LimiterFactory {
  window(rule: RateRule): Limiter;
  buckets(rule: BucketRule): TokenBuckets;
}

/** Every process counts for itself. */
export const inMemory: LimiterFactory = {
  window: (rule) => new RateLimiterMemory(rule),
  buckets: (rule) => new MemoryBuckets(rule),
};

/** Where a log-in was tried from, and for whom. */
export interface LoginAttempt {
  readonly address: string;
  readonly username: string;
}

/** Counts what people and addresses do and refuses what is too much. With `enabled: false` nothing is ever refused. */
export class RateLimits {
  private readonly buckets: Record<RateKind, TokenBuckets>;
  private readonly windows: Record<WindowName, Limiter>;

  constructor(
    private readonly options: { readonly enabled: boolean },
    make: LimiterFactory = inMemory,
  ) {
    this.buckets = madeOf(steadyRules, (rule) => make.buckets(rule));
    this.windows = madeOf(windowRules, (rule) => make.window(rule));
  }

  /**
   * Counts one operation of a person.
   * @throws ChatError RATE_LIMITED, with the seconds to wait
   */
  spend(kind: RateKind, userId: string): Promise<void> | undefined {
    return this.options.enabled ? this.take(kind, userId) : undefined;
  }

  /**
   * Counts one attempt to register.
   * @throws ChatError RATE_LIMITED, with the seconds to wait
   */
  spendRegistration(address: string): Promise<void> {
    return this.consume('registration', address);
  }

  /**
   * Counts an attempt to log in as failed before it is made, so that attempts made at once cannot exceed the limit.
   * @throws ChatError RATE_LIMITED, with the seconds to wait
   */
  async spendLogin(attempt: LoginAttempt): Promise<void> {
    if (!this.options.enabled) return;
    // Looked at first, so that an address that is refused anyway cannot fill the memory with names.
    const ofAddress = await this.windows.failedLoginsOfAddress.get(attempt.address);
    if (ofAddress && ofAddress.consumedPoints >= windowRules.failedLoginsOfAddress.points) {
      throw tooMuch(ofAddress.msBeforeNext);
    }
    await this.consume('failedLogin', pairKey(attempt));
    await this.consume('failedLoginsOfAddress', attempt.address);
  }

  /** Takes the count of `spendLogin` back, because the attempt did not fail. */
  async refundLogin(attempt: LoginAttempt): Promise<void> {
    if (!this.options.enabled) return;
    await this.windows.failedLogin.reward(pairKey(attempt));
    await this.windows.failedLoginsOfAddress.reward(attempt.address);
  }

  private async take(kind: RateKind, userId: string): Promise<void> {
    const wait = await this.buckets[kind].take(userId);
    if (wait > 0) throw tooMuch(wait);
  }

  private async consume(rule: WindowName, key: string): Promise<void> {
    if (!this.options.enabled) return;
    try {
      await this.windows[rule].consume(key);
    } catch (refusal) {
      throw refusal instanceof RateLimiterRes ? tooMuch(refusal.msBeforeNext) : refusal;
    }
  }
}

function madeOf<Name extends string, Rule, Made>(
  rules: Record<Name, Rule>,
  make: (rule: Rule) => Made,
): Record<Name, Made> {
  const made = Object.entries<Rule>(rules).map(([name, rule]) => [name, make(rule)]);
  return Object.fromEntries(made) as Record<Name, Made>;
}

function pairKey({ address, username }: LoginAttempt): string {
  return `${address} ${username}`;
}

function tooMuch(waitMs: number): ChatError {
  const retryAfter = Math.max(1, Math.ceil(waitMs / 1_000));
  const wait = retryAfter === 1 ? '1 second' : `${retryAfter} seconds`;
  return new ChatError('RATE_LIMITED', `That was too often. Wait ${wait} and try again.`, { retryAfter });
}
