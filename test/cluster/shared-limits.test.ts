import { createClient } from '@redis/client';
import { RateLimits } from '../../src/auth/rate-limits.js';
import { sharedLimiters } from '../../src/auth/shared-limiter.js';
import { eventually } from '../support/eventually.js';
import { describeWithRedis, TestRedis } from '../support/redis.js';

const atOnce = 20;

type Client = ReturnType<typeof createClient>;

describeWithRedis('limits of several processes', () => {
  let redis: TestRedis;
  let clients: Client[];
  let limits: RateLimits[];

  beforeEach(async () => {
    redis = await TestRedis.start();
    clients = [createClient({ url: redis.url }), createClient({ url: redis.url })];
    for (const client of clients) await client.on('error', () => undefined).connect();
    limits = clients.map((client) => new RateLimits({ enabled: true }, sharedLimiters(client, 'test')));
  });
  afterEach(async () => {
    for (const client of clients) client.destroy();
    await redis.stop();
  });

  /** How many of so many sends pass, spread over the processes; few enough at once for Redis to answer all in time. */
  const passing = async (person: string, sends: number): Promise<number> => {
    let passed = 0;
    for (let sent = 0; sent < sends; sent += atOnce) {
      const tried = Array.from({ length: atOnce }, async (_, at) => limits[at % 2]!.spend('send', person));
      passed += (await Promise.allSettled(tried)).filter(({ status }) => status === 'fulfilled').length;
    }
    return passed;
  };

  it('are one limit for a person on all of them', async () => {
    const startedAt = Date.now();
    const passed = await passing('ana', 400);
    const seconds = (Date.now() - startedAt) / 1_000;
    expect(passed).toBeGreaterThanOrEqual(100);
    expect(passed).toBeLessThanOrEqual(100 + 20 * seconds + 1);
  });

  it('let a person go on after the wait that they name', async () => {
    await passing('ana', 300);
    await eventually(() => expect(limits[0]!.spend('send', 'ana')).resolves.toBeUndefined());
    await expect(limits[1]!.spend('send', 'luis')).resolves.toBeUndefined();
  });

  it('are those of each process while Redis is away', async () => {
    await redis.kill();
    await eventually(() => expect(clients.some(({ isReady }) => isReady)).toBe(false));
    const passed = await passing('ana', 800);
    expect(passed).toBeGreaterThanOrEqual(200);
    expect(passed).toBeLessThan(400);
  });
});
