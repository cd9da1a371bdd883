import type { Document } from 'mongodb';
import { Double, Long } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { startTestDatabase } from './support/database.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

const sales = [
  { _id: 1, item: 'ink', price: 10, quantity: 2, tags: ['a', 'b'], at: new Date('2026-01-05T10:00:00Z') },
  { _id: 2, item: 'pen', price: 20, quantity: 1, tags: [], at: new Date('2026-01-06T10:00:00Z') },
  { _id: 3, item: 'ink', price: 5, quantity: 10, at: new Date('2026-02-01T10:00:00Z') },
  { _id: 4, item: null, price: 1, quantity: 1, tags: ['b'], at: new Date('2026-02-02T10:00:00Z') },
  { _id: 5, price: 2, quantity: 1, tags: 'c', at: new Date('2026-02-03T10:00:00Z') },
];

async function aggregate(pipeline: Document[], docs: readonly Document[] = sales): Promise<Document[]> {
  const items = database.fresh();
  await items.insertMany(docs.map((doc) => ({ ...doc })));
  return items.aggregate(pipeline).toArray();
}

test.each<[string, Document[], Document[]]>([
  [
    '$group takes null and missing as one',
    [
      { $group: { _id: '$item', n: { $sum: 1 }, total: { $sum: { $multiply: ['$price', '$quantity'] } } } },
      { $sort: { _id: 1 } },
    ],
    [
      { _id: null, n: 2, total: 3 },
      { _id: 'ink', n: 2, total: 70 },
      { _id: 'pen', n: 1, total: 20 },
    ],
  ],
  [
    'accumulators',
    [
      { $sort: { _id: 1 } },
      {
        $group: {
          _id: null,
          first: { $first: '$item' },
          last: { $last: '$price' },
          low: { $min: '$price' },
          high: { $max: '$price' },
          mean: { $avg: '$price' },
          items: { $addToSet: '$item' },
        },
      },
      { $project: { _id: 0 } },
    ],
    [{ first: 'ink', last: 2, low: 1, high: 20, mean: 7.6, items: ['ink', 'pen', null] }],
  ],
  [
    '$unwind with its options',
    [
      { $unwind: { path: '$tags', includeArrayIndex: 'i', preserveNullAndEmptyArrays: true } },
      { $project: { tags: 1, i: 1 } },
      { $sort: { _id: 1, i: 1 } },
    ],
    [
      { _id: 1, tags: 'a', i: 0 },
      { _id: 1, tags: 'b', i: 1 },
      { _id: 2, i: null },
      { _id: 3, i: null },
      { _id: 4, tags: 'b', i: 0 },
      { _id: 5, tags: 'c', i: null },
    ],
  ],
  [
    '$project computes, renames and leaves out',
    [
      { $match: { _id: 1 } },
      {
        $project: {
          _id: 0,
          cost: { $add: ['$price', 1] },
          nested: { name: '$item' },
          text: { $concat: ['$item', '!'] },
          gone: '$$REMOVE',
        },
      },
    ],
    [{ cost: 11, nested: { name: 'ink' }, text: 'ink!' }],
  ],
  [
    '$addFields on dotted paths',
    [
      { $match: { _id: 2 } },
      { $addFields: { 'a.b': 1, item: { $toUpper: '$item' } } },
      { $unset: ['at', 'tags', 'price', 'quantity'] },
    ],
    [{ _id: 2, item: 'PEN', a: { b: 1 } }],
  ],
  [
    '$facet',
    [{ $facet: { count: [{ $count: 'n' }], cheap: [{ $match: { price: { $lt: 3 } } }, { $project: { _id: 1 } }] } }],
    [{ count: [{ n: 5 }], cheap: [{ _id: 4 }, { _id: 5 }] }],
  ],
  [
    '$bucket',
    [{ $bucket: { groupBy: '$price', boundaries: [0, 5, 50], output: { n: { $sum: 1 } } } }],
    [
      { _id: 0, n: 2 },
      { _id: 5, n: 3 },
    ],
  ],
  ['$sortByCount', [{ $sortByCount: '$item' }, { $limit: 1 }, { $project: { count: 1, _id: 0 } }], [{ count: 2 }]],
  ['$replaceRoot', [{ $match: { _id: 1 } }, { $replaceRoot: { newRoot: { kept: '$_id' } } }], [{ kept: 1 }]],
  [
    'dates and conditions',
    [
      { $match: { _id: 3 } },
      {
        $project: {
          month: { $month: '$at' },
          day: { $dateToString: { date: '$at', format: '%Y-%m-%d' } },
          size: { $cond: [{ $gte: ['$quantity', 10] }, 'many', 'few'] },
        },
      },
    ],
    [{ _id: 3, month: 2, day: '2026-02-01', size: 'many' }],
  ],
  [
    '$expr compares fields',
    [{ $match: { $expr: { $lt: ['$price', '$quantity'] } } }, { $project: { _id: 1 } }],
    [{ _id: 3 }],
  ],
  [
    'arrays',
    [
      { $match: { _id: 1 } },
      {
        $project: {
          _id: 0,
          up: { $map: { input: '$tags', as: 't', in: { $toUpper: '$$t' } } },
          one: { $filter: { input: '$tags', as: 't', cond: { $eq: ['$$t', 'b'] } } },
          has: { $in: ['a', '$tags'] },
          n: { $size: '$tags' },
        },
      },
    ],
    [{ up: ['A', 'B'], one: ['b'], has: true, n: 2 }],
  ],
])('%s', async (...[, pipeline, expected]) => {
  expect(await aggregate(pipeline)).toEqual(expected);
});

test('$top, $bottomN and window functions go by an order', async () => {
  const top = {
    best: { $top: { sortBy: { price: -1 }, output: '$_id' } },
    worst: { $bottomN: { n: 2, sortBy: { price: -1 }, output: '$price' } },
  };
  expect(await aggregate([{ $group: { _id: null, ...top } }])).toEqual([{ _id: null, best: 2, worst: [2, 1] }]);
  const window = {
    sortBy: { _id: 1 },
    output: { sum: { $sum: '$quantity', window: { documents: ['unbounded', 'current'] } } },
  };
  const sums = await aggregate([{ $setWindowFields: window }, { $project: { sum: 1 } }]);
  expect(sums.map(({ sum }) => sum as number)).toEqual([2, 3, 13, 14, 15]);
});

test('windows and groups take numbers of all types', async () => {
  const docs = [
    { _id: 1, n: new Double(2) },
    { _id: 2, n: Long.fromNumber(4) },
  ];
  const output = { sum: { $sum: '$n', window: { documents: ['unbounded', 'current'] } } };
  expect(
    await aggregate([{ $setWindowFields: { sortBy: { _id: 1 }, output } }, { $project: { sum: 1 } }], docs),
  ).toEqual([
    { _id: 1, sum: 2 },
    { _id: 2, sum: 6 },
  ]);
  const group = {
    _id: null,
    least: { $minN: { input: '$n', n: Long.fromNumber(1) } },
    middle: { $median: { input: '$n', method: 'approximate' } },
    spread: { $stdDevPop: '$n' },
  };
  expect(await aggregate([{ $group: group }], docs)).toEqual([{ _id: null, least: [2], middle: 2, spread: 1 }]);
});

test('64 bit integers are summed exactly', async () => {
  const items = database.fresh();
  await items.insertMany([{ n: Long.fromString('9007199254740993') }, { n: 2 }]);
  const [result] = await items
    .aggregate([{ $group: { _id: null, sum: { $sum: '$n' } } }], { promoteLongs: false })
    .toArray();
  expect(String(result!.sum)).toBe('9007199254740995');
});

test('$lookup joins by one value, by the values of an array, and by null', async () => {
  const [orders, products] = [database.fresh(), database.fresh()];
  await products.insertMany([{ _id: 'a' }, { _id: 'b' }, { _id: 'none', code: null }] as never[]);
  await orders.insertMany([{ _id: 1, p: 'a' }, { _id: 2, p: ['a', 'b'] }, { _id: 3 }] as never[]);
  const lookup = { from: products.collectionName, localField: 'p', foreignField: '_id', as: 'found' };
  const joined = await orders.aggregate([{ $lookup: lookup }, { $project: { ids: '$found._id' } }]).toArray();
  expect(joined).toEqual([
    { _id: 1, ids: ['a'] },
    { _id: 2, ids: ['a', 'b'] },
    { _id: 3, ids: [] },
  ]);
});

test('$unionWith puts another collection behind', async () => {
  const [first, second] = [database.fresh(), database.fresh()];
  await first.insertOne({ _id: 1 as never });
  await second.insertMany([{ _id: 2 }, { _id: 3 }] as never[]);
  const all = await first
    .aggregate([{ $unionWith: { coll: second.collectionName, pipeline: [{ $match: { _id: 3 } }] } }])
    .toArray();
  expect(all).toEqual([{ _id: 1 }, { _id: 3 }]);
});

test('long results come in batches', async () => {
  const items = database.fresh();
  await items.insertMany(Array.from({ length: 500 }, (_, n) => ({ n })));
  const seen = await items.aggregate([{ $project: { n: 1 } }], { batchSize: 7 }).toArray();
  expect(seen).toHaveLength(500);
});
