import type { Document } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { refusal, startTestDatabase } from './support/database.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

const sales = [
  { _id: 1, price: 10, quantity: 2 },
  { _id: 2, price: 20, quantity: 1 },
  { _id: 3, price: 5, quantity: 10 },
  { _id: 4, price: 1, quantity: 1 },
  { _id: 5, price: 2, quantity: 1 },
];

async function aggregate(pipeline: Document[]): Promise<Document[]> {
  return database.db.aggregate([{ $documents: sales }, ...pipeline]).toArray();
}

test.each<[string, Document[], Document[]]>([
  [
    '$bucketAuto keeps equal values together',
    [{ $bucketAuto: { groupBy: '$quantity', buckets: 2, output: { ids: { $push: '$_id' } } } }],
    [
      { _id: { min: 1, max: 2 }, ids: [2, 4, 5] },
      { _id: { min: 2, max: 10 }, ids: [1, 3] },
    ],
  ],
  [
    '$bucketAuto with a granularity',
    [{ $bucketAuto: { groupBy: '$price', buckets: 2, granularity: 'POWERSOF2' } }],
    [
      { _id: { min: 0, max: 8 }, count: 3 },
      { _id: { min: 8, max: 32 }, count: 2 },
    ],
  ],
  ['$bucketAuto of nothing', [{ $match: { _id: 9 } }, { $bucketAuto: { groupBy: '$price', buckets: 2 } }], []],
  [
    '$fill',
    [
      { $match: { _id: { $lt: 4 } } },
      { $project: { price: { $cond: [{ $eq: ['$_id', 2] }, null, '$price'] } } },
      { $fill: { sortBy: { _id: 1 }, output: { price: { method: 'linear' } } } },
    ],
    [
      { _id: 1, price: 10 },
      { _id: 2, price: 7.5 },
      { _id: 3, price: 5 },
    ],
  ],
])('%s', async (...[, pipeline, expected]) => {
  expect(await aggregate(pipeline)).toEqual(expected);
});

test.each<[Document, number]>([
  [{ $bucketAuto: 1 }, 40240],
  [{ $bucketAuto: { groupBy: '$a', buckets: 'x' } }, 40241],
  [{ $bucketAuto: { groupBy: '$a', buckets: 1.5 } }, 40242],
  [{ $bucketAuto: { groupBy: '$a', buckets: 0 } }, 40243],
  [{ $bucketAuto: { groupBy: '$a', buckets: 1, other: 1 } }, 40245],
  [{ $bucketAuto: { buckets: 1 } }, 40246],
  [{ $fill: { output: { a: { value: { $function: { body: 'x', args: [], lang: 'js' } } } } } }, 2],
  [{ $setWindowFields: { partitionBy: { $function: { body: 'x', args: [], lang: 'js' } }, output: {} } }, 2],
])('%j is refused', async (stage, code) => {
  expect(await refusal(aggregate([stage]))).toMatchObject({ code });
});
