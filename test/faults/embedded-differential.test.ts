import { startTestDatabase } from '../embedded-mongo/support/database.js';
import { seedOfRun } from '../embedded-mongo/support/random.js';
import { runTyped } from '../embedded-mongo/support/typed-run.js';

const operations = Number(process.env.OPERATIONS ?? 200_000);
const seed = seedOfRun();

test(`the embedded database answers as a plain array does, ${operations} times (SEED=${seed})`, async () => {
  const database = await startTestDatabase();
  try {
    await runTyped(database.db, seed, operations);
  } finally {
    await database.stop();
  }
}, 3_600_000);
