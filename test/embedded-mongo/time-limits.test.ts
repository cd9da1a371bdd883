import type { Collection, Document } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { refusal, startTestDatabase } from './support/database.js';

let database: TestDatabase;
let items: Collection;

/** Busy for some milliseconds on each document, and true of each. */
const slow = {
  $expr: {
    $gte: [{ $reduce: { input: { $range: [0, 3_000] }, initialValue: 0, in: { $add: ['$$value', '$n'] } } }, 0],
  },
};
const stored = Array.from({ length: 400 }, (_, n) => ({ _id: n as never, n }));
const maxTimeMS = 40;

beforeAll(async () => {
  database = await startTestDatabase();
  items = database.fresh();
  await items.insertMany(stored);
});
afterAll(async () => database.stop());

test.each<[string, () => Document]>([
  ['update of many', () => ({ update: '', updates: [{ q: slow, u: { $inc: { n: 1 } }, multi: true }] })],
  [
    'unordered update',
    () => ({ update: '', updates: [{ q: slow, u: { $inc: { n: 1 } }, multi: true }], ordered: false }),
  ],
  ['deletion of many', () => ({ delete: '', deletes: [{ q: slow, limit: 0 }] })],
  ['findAndModify that sorts', () => ({ findAndModify: '', query: slow, sort: { n: -1 }, update: { $inc: { n: 1 } } })],
  ['findAndModify that removes', () => ({ findAndModify: '', query: slow, sort: { n: -1 }, remove: true })],
])('%s ends when its time is over, and leaves what it only read', async (_name, command) => {
  const [name = '', ...rest] = Object.keys(command());
  const body = {
    [name]: items.collectionName,
    ...Object.fromEntries(rest.map((key) => [key, command()[key]])),
    maxTimeMS,
  };
  expect(await refusal(database.db.command(body))).toMatchObject({ code: 50, codeName: 'MaxTimeMSExpired' });
  expect(await items.find().toArray()).toEqual(stored);
});

test('a write that has time enough is carried out', async () => {
  const others = database.fresh();
  await others.insertMany([{ n: 1 }, { n: 2 }], { maxTimeMS: 60_000 });
  const { modifiedCount } = await others.updateMany({}, { $inc: { n: 1 } }, { maxTimeMS: 60_000 });
  const { deletedCount } = await others.deleteMany({ n: 3 }, { maxTimeMS: 60_000 });
  const taken = await others.findOneAndDelete({ n: 2 }, { maxTimeMS: 60_000 });
  expect([modifiedCount, deletedCount, taken?.n]).toEqual([2, 1, 2]);
});
