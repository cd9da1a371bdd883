import { Timestamp } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { startTestDatabase } from './support/database.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

const empty = new Timestamp({ t: 0, i: 0 });

/** The seconds of a timestamp. */
const secondsOf = (value: unknown): number => (value as Timestamp).t;

test('an empty timestamp is filled on insert and replacement, in the fields of the document itself', async () => {
  const items = database.fresh();
  const began = Math.floor(Date.now() / 1000);
  await items.insertOne({ _id: empty as never, b: empty, a: empty, nested: { at: empty } });
  const [inserted] = await items.find().toArray();
  expect(Object.keys(inserted!)).toEqual(['_id', 'b', 'a', 'nested']);
  expect(inserted).toMatchObject({ _id: empty, nested: { at: empty } });
  expect(secondsOf(inserted!.b)).toBeGreaterThanOrEqual(began);
  expect((inserted!.a as Timestamp).greaterThan(inserted!.b as Timestamp)).toBe(true);

  await items.replaceOne({ _id: empty }, { at: empty });
  const [replaced] = await items.find().toArray();
  expect((replaced!.at as Timestamp).greaterThan(inserted!.a as Timestamp)).toBe(true);
  await items.replaceOne({ _id: 2 as never }, { at: empty }, { upsert: true });
  expect(secondsOf((await items.findOne({ _id: 2 as never }))!.at)).toBeGreaterThanOrEqual(began);
});

test('an empty timestamp that an operator sets stays as it is', async () => {
  const items = database.fresh();
  await items.insertOne({ n: 1 });
  await items.updateOne({}, { $set: { at: empty } });
  expect(await items.findOne()).toMatchObject({ at: empty });
});
