import { jest } from '@jest/globals';
import { RateLimits } from '../../src/auth/rate-limits.js';

const times = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('rate limits', () => {
  // Time stands still: a token that comes back meanwhile would pass on a slow machine.
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('let a person send a hundred messages at once and name the wait for the next', async () => {
    const limits = new RateLimits({ enabled: true });
    for (const _ of times(100)) await limits.spend('send', 'ana');
    const refused = limits.spend('send', 'ana');
    await expect(refused).rejects.toMatchObject({ code: 'RATE_LIMITED', details: { retryAfter: 1 } });
    await expect(refused).rejects.toThrow('Wait 1 second ');
  });

  it('count every person and kind of operation for itself', async () => {
    const limits = new RateLimits({ enabled: true });
    for (const _ of times(100)) await limits.spend('send', 'ana');
    await expect(limits.spend('operation', 'ana')).resolves.toBeUndefined();
    await expect(limits.spend('send', 'luis')).resolves.toBeUndefined();
  });

  it('let a person do a hundred other things a second', async () => {
    const limits = new RateLimits({ enabled: true });
    for (const _ of times(100)) await limits.spend('operation', 'ana');
    await expect(limits.spend('operation', 'ana')).rejects.toMatchObject({ details: { retryAfter: 1 } });
    jest.advanceTimersByTime(1_000);
    for (const _ of times(100)) await limits.spend('operation', 'ana');
    await expect(limits.spend('operation', 'ana')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('let an address register sixty people a minute', async () => {
    const limits = new RateLimits({ enabled: true });
    for (const _ of times(60)) await limits.spendRegistration('192.0.2.1');
    await expect(limits.spendRegistration('192.0.2.1')).rejects.toMatchObject({ details: { retryAfter: 60 } });
    await expect(limits.spendRegistration('192.0.2.2')).resolves.toBeUndefined();
    jest.advanceTimersByTime(60_000);
    await expect(limits.spendRegistration('192.0.2.1')).resolves.toBeUndefined();
  });

  it('let an address fail ten times for one name, and count no success', async () => {
    const limits = new RateLimits({ enabled: true });
    const attempt = { address: '192.0.2.1', username: 'ana' };
    for (const _ of times(30)) {
      await limits.spendLogin(attempt);
      await limits.refundLogin(attempt);
    }
    for (const _ of times(10)) await limits.spendLogin(attempt);
    await expect(limits.spendLogin(attempt)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      details: { retryAfter: 900 },
    });
    await expect(limits.spendLogin({ ...attempt, username: 'luis' })).resolves.toBeUndefined();
    await expect(limits.spendLogin({ ...attempt, address: '192.0.2.2' })).resolves.toBeUndefined();
  });

  it('let an address fail a hundred times whatever the names', async () => {
    const limits = new RateLimits({ enabled: true });
    const attempt = (number: number) => ({ address: '192.0.2.1', username: `name${number}` });
    for (const number of times(100)) await limits.spendLogin(attempt(number));
    await expect(limits.spendLogin(attempt(100))).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('refuse nothing when they are off', async () => {
    const limits = new RateLimits({ enabled: false });
    for (const _ of times(200)) await limits.spend('send', 'ana');
    for (const _ of times(200)) await limits.spendRegistration('192.0.2.1');
    for (const _ of times(200)) await limits.spendLogin({ address: '192.0.2.1', username: 'ana' });
    await limits.refundLogin({ address: '192.0.2.1', username: 'ana' });
  });
});
