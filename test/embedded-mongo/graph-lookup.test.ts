import type { Document } from 'mongodb';
import { Double, Long } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { startTestDatabase } from './support/database.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

test('$graphLookup follows references', async () => {
  const items = database.fresh();
  await items.insertMany([{ _id: 1 }, { _id: 2, parent: 1 }, { _id: 3, parent: 2 }] as never[]);
  const lookup = {
    from: items.collectionName,
    startWith: '$parent',
    connectFromField: 'parent',
    connectToField: '_id',
    as: 'above',
  };
  const [found] = await items.aggregate([{ $match: { _id: 3 } }, { $graphLookup: lookup }]).toArray();
  expect((found!.above as Document[]).map(({ _id }) => _id as unknown).sort()).toEqual([1, 2]);
});

test('$graphLookup counts its steps, and stops where it is told to', async () => {
  const items = database.fresh();
  await items.insertMany([
    { _id: 1, next: new Double(2) },
    { _id: 2, next: Long.fromNumber(3) },
    { _id: 3, next: 1 },
  ] as never[]);
  const lookup = { from: items.collectionName, startWith: '$next', connectFromField: 'next', connectToField: '_id' };
  const first = { $match: { _id: 1 } };
  const [round] = await items
    .aggregate([first, { $graphLookup: { ...lookup, as: 'all', depthField: 'step' } }])
    .toArray();
  const steps = (round!.all as { _id: number; step: number }[]).map(({ _id, step }) => [_id, step]);
  expect(steps).toEqual([
    [2, 0],
    [3, 1],
    [1, 2],
  ]);
  const limits = { maxDepth: 1, restrictSearchWithMatch: { _id: { $ne: 3 } } };
  const [short] = await items.aggregate([first, { $graphLookup: { ...lookup, ...limits, as: 'some' } }]).toArray();
  expect((short!.some as { _id: number }[]).map(({ _id }) => _id)).toEqual([2]);
});
