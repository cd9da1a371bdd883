import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithRedis } from '../support/redis.js';
import { seedOfRun } from '../embedded-mongo/support/random.js';
import { runFaults, type RunReport } from './support/run.js';

/** Presence after a death and long pauses need a minute before the end: they come in runs of two minutes and more. */
const minutes = Number(process.env.MINUTES ?? 1);
const seed = seedOfRun();

/** Writes down what happened, and what the servers said of it, for whoever looks for the cause. */
async function keep({ history, outputs }: RunReport): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'chatset-history-'));
  await writeFile(join(folder, `seed-${seed}.json`), JSON.stringify(history));
  for (const [at, output] of outputs.entries()) await writeFile(join(folder, `server-${at}.log`), output);
  process.stdout.write(`The history of this run is in ${folder}\n`);
}

describeWithRedis('the conversation log on two servers, while everything breaks', () => {
  it(
    `keeps every promise for ${minutes} minutes (--seed ${seed})`,
    async () => {
      const flaws = { loss: 0.03, repetition: 0.03 };
      const report = await runFaults({
        seed,
        seconds: minutes * 60,
        deeds: 'all',
        flaws,
        patience: Number(process.env.PATIENCE ?? 90),
      });
      const { faults, counts, deeds, settledIn, slowestEcho } = report;
      process.stdout.write(`${JSON.stringify({ seed, settledIn, slowestEcho, ...counts, ...deeds })}\n`);
      if (faults.length > 0) await keep(report);
      expect(faults).toEqual([]);
      expect(counts.acknowledged).toBeGreaterThan(100);
      expect(Object.keys(deeds).length).toBeGreaterThan(2);
    },
    // What was recorded is judged again and again in the end, which takes the longer, the longer the run was.
    minutes * 90_000 + 300_000,
  );
});
