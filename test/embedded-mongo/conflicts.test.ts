import type { Document } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { refusal, startTestDatabase } from './support/database.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

const set = (...paths: string[]): Document => ({ $set: Object.fromEntries(paths.map((path, n) => [path, n])) });
const stored = {
  _id: 1 as never,
  a: [
    { x: 0, b: [{ y: 0 }] },
    { x: 1, b: [{ y: 0 }, { y: 1 }] },
  ],
  n: [1, 2],
};

test.each<[string[], string[], Document[]]>([
  [['a.$[].c', 'a.$[].c.d'], ["'a.$[].c.d'", "at 'a.$[].c'"], []],
  [['a.$[e].x', 'a.0.x'], ["'a.0.x'", "at 'a'"], [{ 'e.x': 0 }]],
  [['a.$[e].x', 'a.$.x'], ["'a.$.x'", "at 'a'"], [{ 'e.x': 0 }]],
  [['a.$[e]', 'a.b'], ["'a.b'", "at 'a'"], [{ e: 0 }]],
  [['a.$[e].x', 'a.$[f].x'], ["at 'a.1.x'"], [{ 'e.x': 1 }, { 'f.b.y': 1 }]],
  [['a.$[].x', 'a.$[f].x'], ["at 'a.0.x'"], [{ 'f.x': 0 }]],
  [['a.$[].x', 'a.$[f]'], ["at 'a.0'"], [{ 'f.x': 0 }]],
  [['a.$[e].b.$[].z', 'a.$[f].b.0.z'], ["at 'a.1.b'"], [{ 'e.x': 1 }, { 'f.x': 1 }]],
  [['a.$[e].b.$[k].y', 'a.$[f].b.$[k].y'], ["at 'a.1.b.$[k].y'"], [{ 'e.x': 1 }, { 'f.x': 1 }, { 'k.y': 7 }]],
  [
    ['a.$[e].b.$[k].y', 'a.$[f].b.$[m].y'],
    ["at 'a.1.b.1.y'"],
    [{ 'e.x': 1 }, { 'f.x': 1 }, { 'k.y': 1 }, { 'm.y': 1 }],
  ],
  [['a.$.x', 'a.1.x'], ["at 'a.1.x'"], []],
  [['n.$[e]', 'n.$[f]'], ["at 'n.0'"], [{ e: 1 }, { f: { $lt: 2 } }]],
])('%j are refused and change nothing', async (paths, texts, arrayFilters) => {
  const items = database.fresh();
  await items.insertOne(stored);
  const refused = await refusal(items.updateOne({ 'a.x': 1 }, set(...paths), { arrayFilters }));
  expect(refused).toMatchObject({ code: 40 });
  for (const text of texts) expect(refused.message).toContain(text);
  expect(await items.findOne()).toEqual(stored);
});

test.each<[string[], Document[], unknown]>([
  [
    ['a.$[e].x', 'a.$[f].x'],
    [{ 'e.x': 0 }, { 'f.x': 1 }],
    [{ x: 0 }, { x: 1 }],
  ],
  [
    ['a.$[e].x', 'a.$[f].z'],
    [{ 'e.x': 1 }, { 'f.x': 1 }],
    [{ x: 0 }, { x: 0, z: 1 }],
  ],
  [
    ['a.$[e].x', 'a.$[].z'],
    [{ 'e.x': 0 }],
    [
      { x: 0, z: 1 },
      { x: 1, z: 1 },
    ],
  ],
  [['a.$.x', 'a.0.x'], [], [{ x: 1 }, { x: 0 }]],
])('%j do not meet, and each sees the elements as they were', async (paths, arrayFilters, expected) => {
  const items = database.fresh();
  await items.insertOne({ a: [{ x: 0 }, { x: 1 }] });
  await items.updateOne({ 'a.x': 1 }, set(...paths), { arrayFilters });
  expect((await items.findOne())?.a).toEqual(expected);
});

test('an update of many ends at the document where changes meet', async () => {
  const items = database.fresh();
  await items.insertMany([
    { _id: 1 as never, a: [5] },
    { _id: 2 as never, a: [8] },
  ]);
  const arrayFilters = [{ e: { $gte: 5 } }, { f: { $gte: 7 } }];
  expect(await refusal(items.updateMany({}, set('a.$[e]', 'a.$[f]'), { arrayFilters }))).toMatchObject({ code: 40 });
  expect(await items.find().toArray()).toEqual([
    { _id: 1, a: [0] },
    { _id: 2, a: [8] },
  ]);
});
