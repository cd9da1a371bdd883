import type { Collection, Document, Long } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { refusal, startTestDatabase } from './support/database.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

async function filled(): Promise<Collection> {
  const items = database.fresh();
  await items.createIndex({ n: 1 });
  await items.insertMany(Array.from({ length: 5000 }, (_, n) => ({ n, text: `text ${n}` })));
  return items;
}

const changes: [string, (items: Collection) => Promise<unknown>][] = [
  ['its index is dropped', (items) => items.dropIndex('n_1')],
  ['its index is made anew', (items) => items.dropIndex('n_1').then(() => items.createIndex({ n: 1 }))],
  ['its collection is renamed', (items) => items.rename(`${items.collectionName}-renamed`)],
];

test.each(changes)('a cursor says so when %s', async (_what, change) => {
  const items = await filled();
  const cursor = items.find({ n: { $gte: 0 } }, { batchSize: 10 });
  await cursor.next();
  await change(items);
  expect(await refusal(cursor.toArray())).toMatchObject({ code: 175, codeName: 'QueryPlanKilled' });
});

test('a cursor of another index goes on', async () => {
  const items = await filled();
  await items.createIndex({ text: 1 });
  const cursor = items.find({ n: { $gte: 0 } }, { batchSize: 10 });
  await cursor.next();
  await items.dropIndex('text_1');
  expect(await cursor.toArray()).toHaveLength(4999);
});

/** A collection that is long to read, and two connections that are open, so that the second command meets the first one. */
async function large(): Promise<Collection> {
  const items = await filled();
  for (let part = 1; part < 8; part += 1)
    await items.insertMany(Array.from({ length: 5000 }, (_, n) => ({ n: part * 5000 + n, text: `text ${n}` })));
  await Promise.all([database.db.command({ ping: 1 }), database.db.command({ ping: 1 })]);
  return items;
}

test.each<[string, Document]>([
  ['all documents', { text: /nothing/ }],
  ['an index', { n: { $gte: 0 }, text: /nothing/ }],
])('a count of %s under way is not taken for whole when its collection is dropped', async (_what, query) => {
  const items = await large();
  const count = refusal(items.countDocuments(query));
  await items.drop();
  expect(await count).toMatchObject({ code: 175 });
});

test.each<[string, (items: Collection, id: Long) => Promise<unknown>, number]>([
  ['its collection is dropped', (items) => items.drop(), 175],
  [
    'it is killed',
    ({ collectionName }, id) => database.db.command({ killCursors: collectionName, cursors: [id] }),
    237,
  ],
])('a batch under way is not taken for the last when %s', async (_what, change, code) => {
  const items = await large();
  const cursor = items.find({ n: { $lt: 2 } }, { batchSize: 1, hint: { $natural: 1 } });
  await cursor.next();
  const second = refusal(cursor.next());
  await change(items, cursor.id!);
  expect(await second).toMatchObject({ code });
});
