import { RateLimiterMemory, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { ChatError } from '../errors.js';

/** How often something may happen: `points` times in any window of `duration` seconds that begins with the first. */
export interface RateRule {
  readonly keyPrefix: string;
  readonly points: number;
  readonly duration: number;
}

/** What an operation of a person counts as. */
export type RateKind = 'send' | 'operation';

/**
 * The published limits. Sends are 20 a second on average with a burst of 100, which is the same as 100 in 5 seconds.
 */
const rules = {
  send: { keyPrefix: 'send', points: 100, duration: 5 },
  operation: { keyPrefix: 'operation', points: 100, duration: 1 },
  registration: { keyPrefix: 'registration', points: 60, duration: 60 },
  failedLogin: { keyPrefix: 'failedLogin', points: 10, duration: 900 },
  failedLoginsOfAddress: { keyPrefix: 'failedLoginsOfAddress', points: 100, duration: 900 },
} as const satisfies Record<string, RateRule>;

type RuleName = keyof typeof rules;

/** Counts what happens under one rule. */
export type Limiter = Pick<RateLimiterAbstract, 'consume' | 'reward' | 'get'>;

/** Makes the counter of one rule, in memory or in a store that several processes share. */
export type LimiterFactory = (rule: RateRule) => Limiter;

const inMemory: LimiterFactory = (rule) => new RateLimiterMemory(rule);

/** Where a log-in was tried from, and for whom. */
export interface LoginAttempt {
  readonly address: string;
  readonly username: string;
}

/** Counts what people and addresses do and refuses what is too much. With `enabled: false` nothing is ever refused. */
export class RateLimits {
  private readonly limiters: Record<RuleName, Limiter>;

  constructor(
    private readonly options: { readonly enabled: boolean },
    make: LimiterFactory = inMemory,
  ) {
    const made = Object.entries(rules).map(([name, rule]) => [name, make(rule)]);
    this.limiters = Object.fromEntries(made) as Record<RuleName, Limiter>;
  }

  /**
   * Counts one operation of a person.
   * @throws ChatError RATE_LIMITED, with the seconds to wait
   */
  spend(kind: RateKind, userId: string): Promise<void> | undefined {
    return this.options.enabled ? this.consume(kind, userId) : undefined;
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
    const ofAddress = await this.limiters.failedLoginsOfAddress.get(attempt.address);
    if (ofAddress && ofAddress.consumedPoints >= rules.failedLoginsOfAddress.points) throw tooMuch(ofAddress);
    await this.consume('failedLogin', pairKey(attempt));
    await this.consume('failedLoginsOfAddress', attempt.address);
  }

  /** Takes the count of `spendLogin` back, because the attempt did not fail. */
  async refundLogin(attempt: LoginAttempt): Promise<void> {
    if (!this.options.enabled) return;
    await this.limiters.failedLogin.reward(pairKey(attempt));
    await this.limiters.failedLoginsOfAddress.reward(attempt.address);
  }

  private async consume(rule: RuleName, key: string): Promise<void> {
    if (!this.options.enabled) return;
    try {
      await this.limiters[rule].consume(key);
    } catch (refusal) {
      throw refusal instanceof RateLimiterRes ? tooMuch(refusal) : refusal;
    }
  }
}

function pairKey({ address, username }: LoginAttempt): string {
  return `${address} ${username}`;
}

function tooMuch({ msBeforeNext }: RateLimiterRes): ChatError {
  const retryAfter = Math.max(1, Math.ceil(msBeforeNext / 1_000));
  const wait = retryAfter === 1 ? '1 second' : `${retryAfter} seconds`;
  return new ChatError('RATE_LIMITED', `That was too often. Wait ${wait} and try again.`, { retryAfter });
}
