import type { Document } from 'mongodb';
import { Long } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { refusal, startTestDatabase } from './support/database.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

async function aggregate(pipeline: Document[], options = {}): Promise<Document[]> {
  const items = database.fresh();
  await items.insertMany(Array.from({ length: 20 }, (_, i) => ({ _id: i as never, n: i, at: new Date(i * 1000) })));
  return items.aggregate(pipeline, options).toArray();
}

async function evaluate(expression: unknown, options = {}): Promise<unknown> {
  const [doc] = await aggregate([{ $limit: 1 }, { $project: { _id: 0, value: expression } }], options);
  return doc?.value;
}

test.each([
  ['more than there are', 50, 20],
  ['fewer', 5, 5],
  ['a long', Long.fromNumber(3), 3],
  ['a fraction', 2.9, 2],
  ['none', 0, 0],
])('$sample gives each document once: %s', async (_name, size, expected) => {
  const found = await aggregate([{ $sample: { size } }]);
  expect(found).toHaveLength(expected);
  expect(new Set(found.map(({ _id }) => _id as number)).size).toBe(expected);
});

test.each([
  [{ size: -1 }, 28747],
  [{ size: '3' }, 28746],
  [{}, 28749],
  [{ size: 1, other: 1 }, 28748],
  [3, 28745],
])('$sample refuses %j', async (spec, code) => {
  expect(await refusal(aggregate([{ $sample: spec }]))).toMatchObject({ code });
});

test.each<[string, Document, number]>([
  ['that gives too many documents', { field: 'n', range: { step: 1e-9, bounds: 'full' } }, 5897900],
  ['that does not move on', { field: 'n', range: { step: 1e-320, bounds: [0, 1] } }, 5897900],
  ['of none', { field: 'n', range: { step: 0, bounds: 'full' } }, 5733401],
  ['backwards', { field: 'n', range: { step: -1, bounds: 'full' } }, 5733401],
  ['that is a text', { field: 'n', range: { step: '1', bounds: 'full' } }, 14],
])('$densify refuses a step %s', async (_name, spec, code) => {
  expect(await refusal(aggregate([{ $densify: spec }]))).toMatchObject({ code });
});

const doubled = {
  $reduce: { input: { $range: [0, 60] }, initialValue: 'x', in: { $concat: ['$$value', '$$value'] } },
};
const million = { $range: [0, 1_000_000] };

test.each<[string, unknown]>([
  ['a range', { $range: [0, 2_000_000_000] }],
  ['a text', { $strLenBytes: doubled }],
  ['lists in lists', { $map: { input: million, in: million } }],
  [
    'a list',
    {
      $reduce: { input: { $range: [0, 60] }, initialValue: [1], in: { $concatArrays: ['$$value', '$$value'] } },
    },
  ],
  [
    'a text with replacements',
    { $replaceAll: { input: 'x'.repeat(20), find: '', replacement: 'x'.repeat(15_000_000) } },
  ],
])('%s that an expression makes is bounded', async (_name, expression) => {
  expect(await refusal(evaluate({ $size: [[expression]] }))).toMatchObject({ code: 146 });
  expect(await evaluate({ $add: [1, 1] })).toBe(2);
});

test('windows end when their time is over', async () => {
  const items = database.fresh();
  await items.insertMany(Array.from({ length: 20_000 }, (_, i) => ({ n: i })));
  const output = { sum: { $sum: '$n', window: { documents: ['unbounded', 'current'] } } };
  const running = items.aggregate([{ $setWindowFields: { sortBy: { n: 1 }, output } }], { maxTimeMS: 300 }).toArray();
  expect(await refusal(running)).toMatchObject({ code: 50 });
});

test('lists that windows collect are bounded', async () => {
  const items = database.fresh();
  await items.insertMany(Array.from({ length: 5_000 }, (_, i) => ({ n: i })));
  const output = { all: { $push: '$n', window: { documents: ['unbounded', 'unbounded'] } } };
  const running = items.aggregate([{ $setWindowFields: { sortBy: { n: 1 }, output } }]).toArray();
  expect(await refusal(running)).toMatchObject({ code: 146 });
});
