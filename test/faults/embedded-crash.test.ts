import { crashRounds } from '../embedded-mongo/support/crash.js';
import { seedOfRun } from '../embedded-mongo/support/random.js';

const rounds = Number(process.env.ROUNDS ?? 200);
const seed = seedOfRun();

test(`a process killed ${rounds} times loses nothing it has acknowledged (SEED=${seed})`, async () => {
  let checked = 0;
  await crashRounds(rounds, seed, (found) => {
    expect(found).toMatchObject({ lost: [], halfWritten: [], damaged: [] });
    checked += 1;
  });
  expect(checked).toBe(rounds);
}, 3_600_000);
