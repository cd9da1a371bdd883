import { crashRounds } from './support/crash.js';
import { seedOfRun } from './support/random.js';

const rounds = 4;
const seed = seedOfRun();

test(`a process killed at random moments loses nothing it has acknowledged (SEED=${seed})`, async () => {
  let acknowledged = 0;
  await crashRounds(rounds, seed, (found) => {
    expect(found).toMatchObject({ lost: [], halfWritten: [], damaged: [] });
    ({ acknowledged } = found);
  });
  expect(acknowledged).toBeGreaterThan(0);
}, 120_000);
