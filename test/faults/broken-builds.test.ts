import { describeWithRedis } from '../support/redis.js';
import { brokenBuilds } from './support/broken/builds.js';
import { brokenPromises } from './support/checks/fault.js';
import { runFaults } from './support/run.js';

/*
 * The checker must find what is broken, or it proves nothing. With CI only the builds that stand for all are tried.
 */

const run = { seed: 7, seconds: 4 };
/** Rounds of half a second: where all must come right, and where something never does. */
const [patient, impatient] = [60, 6];
const builds = brokenBuilds.filter(({ isAlways }) => isAlways ?? process.env.CI === undefined);
const mended = builds.filter(({ faults }) => faults.length === 0);
const broken = builds.filter(({ faults }) => faults.length > 0);

describeWithRedis('the fault checker', () => {
  it('finds nothing wrong while nothing breaks', async () => {
    const { faults } = await runFaults({ ...run, patience: patient });
    expect(faults).toEqual([]);
  }, 180_000);

  it.each(mended)(
    'finds nothing wrong although $name',
    async ({ name, flaws }) => {
      const { faults } = await runFaults({ ...run, brokenBuild: name, flaws, patience: patient });
      expect(faults).toEqual([]);
    },
    180_000,
  );

  it.each(broken)(
    'finds out that $name',
    async ({ name, flaws, deeds, faults: expected }) => {
      const options = { brokenBuild: name, flaws, deeds, stopsAt: expected, patience: impatient };
      const { faults } = await runFaults({ ...run, ...options });
      const found = [...new Set(faults.map(({ promise }) => promise))];
      const isFound = expected.some((promise) => found.includes(promise));
      expect({ found, isFound }).toEqual({ found, isFound: true });
    },
    180_000,
  );
});

/** A build of which one promise is expected, and no other will do, proves that the checker finds that one. */
it.each(brokenPromises)('a broken build proves that the fault checker finds "%s"', (promise) => {
  const proving = brokenBuilds.filter(({ faults }) => faults.length === 1 && faults[0] === promise);
  expect(proving).not.toEqual([]);
});
