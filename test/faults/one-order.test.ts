import { describeWithRedis } from '../support/redis.js';
import { seedOfRun } from '../embedded-mongo/support/random.js';
import { runFaults } from './support/run.js';

const minutes = Number(process.env.MINUTES ?? 1);
const seed = seedOfRun();

describeWithRedis('the conversation log on two servers, while everything breaks', () => {
  it(
    `keeps every promise for ${minutes} minutes (--seed ${seed})`,
    async () => {
      const flaws = { loss: 0.03, repetition: 0.03 };
      const { faults, counts, deeds } = await runFaults({
        seed,
        seconds: minutes * 60,
        hasNemesis: true,
        flaws,
        patience: 30,
      });
      process.stdout.write(`${JSON.stringify({ seed, ...counts, ...deeds })}\n`);
      expect(faults).toEqual([]);
      expect(counts.acknowledged).toBeGreaterThan(100);
      expect(Object.keys(deeds).length).toBeGreaterThan(2);
    },
    minutes * 60_000 + 120_000,
  );
});
