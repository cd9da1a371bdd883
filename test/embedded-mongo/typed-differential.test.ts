import { startTestDatabase } from './support/database.js';
import { seedOfRun } from './support/random.js';
import { runTyped } from './support/typed-run.js';

const operations = 1500;
const seed = seedOfRun();

test(`answers on values of all types as a plain array does, ${operations} times (SEED=${seed})`, async () => {
  const database = await startTestDatabase();
  try {
    await runTyped(database.db, seed, operations);
  } finally {
    await database.stop();
  }
}, 120_000);
