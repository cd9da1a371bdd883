import { describeWithRedis } from '../support/redis.js';
import { brokenBuilds } from './support/broken/builds.js';
import { runFaults } from './support/run.js';

/*
 * The checker must find what is broken, or it proves nothing. With CI only the builds that stand for all are tried.
 */

const run = { seed: 7, hasNemesis: false, stopsAtFault: true };
/** Rounds of half a second: where all must come right, and where something never does. */
const [patient, impatient] = [60, 6];
const builds = brokenBuilds.filter(({ isAlways }) => isAlways ?? process.env.CI === undefined);

describeWithRedis('the fault checker', () => {
  it('finds nothing wrong while nothing breaks', async () => {
    const { faults } = await runFaults({ ...run, seconds: 4, patience: patient });
    expect(faults).toEqual([]);
  }, 180_000);

  it.each(builds)(
    'finds out that $name',
    async ({ name, flaws, faults: expected }) => {
      const isMended = expected.length === 0;
      const patience = isMended ? patient : impatient;
      const { faults } = await runFaults({ ...run, seconds: 4, brokenBuild: name, flaws, patience });
      const found = [...new Set(faults.map(({ promise }) => promise))];
      const isFound = isMended ? found.length === 0 : expected.some((promise) => found.includes(promise));
      expect({ found, isFound }).toEqual({ found, isFound: true });
    },
    180_000,
  );
});
