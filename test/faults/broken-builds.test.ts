import { describeWithRedis } from '../support/redis.js';
import { runFaults } from './support/run.js';

const run = { seed: 7, seconds: 4, hasNemesis: false, patience: 12 };
const promisesBroken = async (options: Partial<Parameters<typeof runFaults>[0]>) => {
  const { faults } = await runFaults({ ...run, ...options });
  return [...new Set(faults.map(({ promise }) => promise))].sort();
};

describeWithRedis('the fault checker', () => {
  it('finds nothing wrong while nothing breaks', async () => {
    expect(await promisesBroken({ lastWords: 'adiós' })).toEqual([]);
  }, 60_000);

  it('finds out about a server that tells nobody of a message', async () => {
    expect(await promisesBroken({ lastWords: 'adiós', flaws: { swallow: 'adiós' } })).toEqual(['never shown']);
  }, 60_000);

  it('finds out about a database without uniqueness', async () => {
    const broken = await promisesBroken({ flaws: { isUniquenessSkipped: true } });
    expect(broken).toEqual(expect.arrayContaining(['doubled', 'retry answered differently']));
  }, 60_000);
});
