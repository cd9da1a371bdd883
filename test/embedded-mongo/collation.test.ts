import type { Collection, Document } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { refusal, stagesOf, startTestDatabase } from './support/database.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

const collation = { locale: 'en_US', strength: 2 } as const;

interface Item {
  _id: number;
  x: string | string[];
}

async function filled(values: readonly Item['x'][]): Promise<Collection<Item>> {
  const items = database.fresh() as unknown as Collection<Item>;
  await items.insertMany(values.map((x, i) => ({ _id: i + 1, x })));
  return items;
}

test.each<[Document, number[]]>([
  [{ x: 'PING' }, [1, 2]],
  [{ x: { $in: ['PING', 'PONG'] } }, [1, 2, 3]],
  [{ x: { $ne: 'ping' } }, [3, 4]],
  [{ x: { $gt: 'PING' } }, [3]],
  [{ x: { $all: ['PING'] } }, [1, 2]],
  [{ $or: [{ x: 'PONG' }, { x: 'pIng' }] }, [1, 2, 3]],
  [{ x: { $not: { $eq: 'PING' } } }, [3, 4]],
  [{ x: /^PING$/ }, []],
])('%j finds what is the same to people', async (filter, expected) => {
  const items = await filled(['ping', ['pINg', 'a'], 'pong', 'A']);
  await items.createIndex({ x: 1 });
  const found = await items.find(filter, { collation }).sort({ _id: 1 }).toArray();
  expect(found.map(({ _id }) => _id)).toEqual(expected);
});

test('the simple collation goes by bytes', async () => {
  const items = await filled(['zoe', 'a10', 'Zoe', 'a2']);
  const found = await items
    .find({}, { collation: { locale: 'simple' } })
    .sort({ x: 1 })
    .toArray();
  expect(found.map(({ x }) => x)).toEqual(['Zoe', 'a10', 'a2', 'zoe']);
});

test('a sort goes by the language, equal strings keep their order, an index is not used', async () => {
  const items = await filled(['zoe', 'a10', 'Zoe', 'émile', 'a2', 'Emma']);
  await items.createIndex({ x: 1 });
  const sorted = items.find({}, { collation }).sort({ x: 1 });
  expect((await sorted.toArray()).map(({ x }) => x)).toEqual(['a10', 'a2', 'émile', 'Emma', 'zoe', 'Zoe']);
  const numbers = items.find({ x: /^a/ }, { collation: { locale: 'en', numericOrdering: true } }).sort({ x: -1 });
  expect((await numbers.toArray()).map(({ x }) => x)).toEqual(['a10', 'a2']);
  const { queryPlanner } = (await items.find({ x: 'zoe' }, { collation }).explain()) as { queryPlanner: Document };
  expect(stagesOf(queryPlanner.winningPlan)).toContain('COLLSCAN');
});

test('distinct, groups and counts take equal strings as one', async () => {
  const items = await filled(['ping', 'pINg', 'pong']);
  expect(await items.distinct('x', {}, { collation })).toEqual(['ping', 'pong']);
  expect(await items.countDocuments({ x: 'PING' }, { collation })).toBe(2);
  const groups = items.aggregate([{ $group: { _id: '$x', n: { $sum: 1 } } }, { $sort: { _id: 1 } }], { collation });
  expect(await groups.toArray()).toEqual([
    { _id: 'ping', n: 2 },
    { _id: 'pong', n: 1 },
  ]);
});

test('writes find their documents by the language', async () => {
  const items = await filled(['ping', 'pINg', 'pong']);
  expect(await items.updateMany({ x: 'PING' }, { $set: { seen: true } }, { collation })).toMatchObject({
    modifiedCount: 2,
  });
  expect(await items.findOneAndDelete({ x: 'PONG' }, { collation })).toMatchObject({ _id: 3 });
  expect(await items.deleteOne({ x: 'PING' }, { collation })).toMatchObject({ deletedCount: 1 });
  expect(await items.countDocuments()).toBe(1);
});

test.each<[Document, number]>([
  [{ strength: 2 }, 40414],
  [{ locale: 5 }, 14],
  [{ locale: 'nowhere' }, 2],
  [{ locale: 'en', strength: 9 }, 2],
  [{ locale: 'en', strong: true }, 40415],
])('the collation %j is refused', async (given, code) => {
  const find = { find: database.fresh().collectionName, collation: given };
  expect(await refusal(database.db.command(find))).toMatchObject({ code });
});
