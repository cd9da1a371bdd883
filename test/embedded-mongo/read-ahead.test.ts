import type { Document } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { startTestDatabase } from './support/database.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

test.each<[string, Document]>([
  ['the collection', {}],
  ['an index', { n: { $gte: 0 } }],
])('a cursor that is asked for one document at a time reads %s little ahead', async (_name, filter) => {
  const items = database.fresh();
  await items.createIndex({ n: 1 });
  await items.insertMany(Array.from({ length: 30 }, (_, n) => ({ _id: n as never, n, isNew: false })));
  const cursor = items.find(filter, { batchSize: 1 });
  expect(await cursor.next()).toMatchObject({ _id: 0 });
  await items.updateMany({}, { $set: { isNew: true } });
  const [next, ...others] = await cursor.toArray();
  expect(next).toMatchObject({ _id: 1 });
  expect(others.map(({ _id, isNew }) => [Number(_id), isNew as boolean])).toEqual(
    Array.from({ length: 28 }, (_, i) => [i + 2, true]),
  );
});

test('large documents are read one by one, so that a cursor holds few of them', async () => {
  const items = database.fresh();
  const text = 'x'.repeat(700_000);
  await items.insertMany(Array.from({ length: 12 }, (_, n) => ({ _id: n as never, isNew: false, text })));
  const cursor = items.find({}, { batchSize: 4, projection: { text: 0 } });
  await cursor.next();
  await items.updateMany({}, { $set: { isNew: true } });
  const found = (await cursor.toArray()).filter(({ isNew }) => isNew as boolean);
  expect(found.map(({ _id }) => Number(_id))).toEqual([6, 7, 8, 9, 10, 11]);
});

test.each<[string, Document]>([
  ['one index', { state: 'new' }],
  ['the merged ranges of one', { state: { $in: ['new', 'newer'] } }],
  ['two indexes', { $or: [{ state: 'new' }, { n: { $lt: 0 } }] }],
])('a cursor over %s gives nothing that has stopped to match since its keys were read', async (_name, filter) => {
  const items = database.fresh();
  await items.createIndexes([{ key: { state: 1, n: 1 } }, { key: { n: 1 } }]);
  await items.insertMany(Array.from({ length: 3000 }, (_, n) => ({ n, state: n % 2 ? 'new' : 'newer' })));
  const sort: Document = '$or' in filter ? {} : { n: 1 };
  const cursor = items.find(filter, { batchSize: 100, sort });
  const before = await Promise.all(Array.from({ length: 150 }, () => cursor.next()));
  expect(before.map((doc) => doc?.state as string)).not.toContain('done');
  await items.updateMany({}, { $set: { state: 'done' } });
  expect((await cursor.toArray()).map(({ state }) => state as string)).not.toContain('done');
});
