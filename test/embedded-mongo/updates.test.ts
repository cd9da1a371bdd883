import type { Document } from 'mongodb';
import { Long } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { refusal, startTestDatabase } from './support/database.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

async function afterUpdate(
  doc: Document,
  update: Document | Document[],
  options: { filter?: Document; arrayFilters?: Document[] } = {},
): Promise<Document> {
  const items = database.fresh();
  await items.insertOne({ _id: 1 as never, ...doc });
  const { filter = {}, arrayFilters } = options;
  await items.updateOne(filter, update, arrayFilters ? { arrayFilters } : {});
  const { _id: _dropped, ...rest } = (await items.findOne())!;
  return rest;
}

describe('update operators', () => {
  test.each<[string, Document, Document, Document]>([
    ['$set on a path that is not there', {}, { $set: { 'a.b.c': 1 } }, { a: { b: { c: 1 } } }],
    ['$set behind the end of an array', { a: [1] }, { $set: { 'a.3': 4 } }, { a: [1, null, null, 4] }],
    ['$unset of a field and of an element', { a: 1, b: [1, 2] }, { $unset: { a: '', 'b.0': '' } }, { b: [null, 2] }],
    ['$inc and $mul of missing fields', {}, { $inc: { a: 2 }, $mul: { b: 3 } }, { a: 2, b: 0 }],
    ['$min and $max across types', { a: 5, b: 'x' }, { $min: { a: 3 }, $max: { b: 4 } }, { a: 3, b: 'x' }],
    ['$rename', { a: { b: 1 }, c: 2 }, { $rename: { 'a.b': 'd.e' } }, { a: {}, c: 2, d: { e: 1 } }],
    [
      '$push with all its modifiers',
      { a: [5, 1] },
      { $push: { a: { $each: [4, 2], $position: 1, $sort: -1, $slice: 3 } } },
      { a: [5, 4, 2] },
    ],
    [
      '$push sorted by a field',
      { a: [{ n: 2 }] },
      { $push: { a: { $each: [{ n: 1 }], $sort: { n: 1 } } } },
      { a: [{ n: 1 }, { n: 2 }] },
    ],
    ['$addToSet', { a: [1, { b: 1 }] }, { $addToSet: { a: { $each: [1, { b: 1 }, 2] } } }, { a: [1, { b: 1 }, 2] }],
    ['$pop at both ends', { a: [1, 2], b: [1, 2] }, { $pop: { a: 1, b: -1 } }, { a: [1], b: [2] }],
    [
      '$pull of values and by conditions',
      { a: [1, 2, 3], b: [{ k: 1, l: 2 }, { k: 2 }] },
      { $pull: { a: { $gte: 2 }, b: { k: 1 } } },
      { a: [1], b: [{ k: 2 }] },
    ],
    ['$pullAll', { a: [1, 2, 1] }, { $pullAll: { a: [1] } }, { a: [2] }],
    ['$bit', { a: 13 }, { $bit: { a: { and: 10 } } }, { a: 8 }],
  ])('%s', async (...[, doc, update, expected]) => {
    expect(await afterUpdate(doc, update)).toEqual(expected);
  });

  test('$ stands for the element the query found', async () => {
    const doc = {
      grades: [
        { n: 80, s: 1 },
        { n: 85, s: 2 },
        { n: 85, s: 3 },
      ],
    };
    const changed = await afterUpdate(doc, { $set: { 'grades.$.s': 6 } }, { filter: { 'grades.n': 85 } });
    expect(changed.grades).toEqual([
      { n: 80, s: 1 },
      { n: 85, s: 6 },
      { n: 85, s: 3 },
    ]);
    const byElement = await afterUpdate(
      doc,
      { $inc: { 'grades.$.s': 1 } },
      { filter: { grades: { $elemMatch: { n: 85, s: 3 } } } },
    );
    expect((byElement.grades as unknown[])[2]).toEqual({ n: 85, s: 4 });
  });

  test('$[] stands for all, $[name] for those its filter takes', async () => {
    expect(await afterUpdate({ a: [1, 2] }, { $mul: { 'a.$[]': 10 } })).toEqual({ a: [10, 20] });
    const doc = { a: [{ b: [1, 5] }, { b: [7] }] };
    expect(await afterUpdate(doc, { $set: { 'a.$[].b.$[big]': 0 } }, { arrayFilters: [{ big: { $gte: 5 } }] })).toEqual(
      { a: [{ b: [1, 0] }, { b: [0] }] },
    );
  });

  test('pipelines compute from the document', async () => {
    const stages = [
      { $set: { total: { $add: ['$a', '$b'] } } },
      { $unset: 'a' },
      { $set: { half: { $divide: ['$total', 2] } } },
    ];
    expect(await afterUpdate({ a: 1, b: 2 }, stages)).toEqual({ b: 2, total: 3, half: 1.5 });
  });

  test('an upsert takes the equalities of its query', async () => {
    const items = database.fresh();
    const filter = { a: 1, 'b.c': { $eq: 2 }, d: { $gt: 3 }, $and: [{ e: 5 }], f: { $in: [6] } };
    await items.updateOne(filter, { $set: { g: 7 } }, { upsert: true });
    expect(await items.findOne({}, { projection: { _id: 0 } })).toEqual({ a: 1, b: { c: 2 }, e: 5, f: 6, g: 7 });
  });

  test.each<[string, Document, Document, Document[], Document]>([
    [
      '$setOnInsert beside other operators',
      { k: 1 },
      { $setOnInsert: { a: 1 }, $inc: { n: 2 } },
      [],
      { k: 1, a: 1, n: 2 },
    ],
    [
      '$push, $addToSet and $min of nothing',
      {},
      { $push: { p: 1 }, $addToSet: { s: 1 }, $min: { m: 3 } },
      [],
      { m: 3, p: [1], s: [1] },
    ],
    [
      'an array of the query, by its filters',
      { a: [1, 5] },
      { $set: { 'a.$[big]': 9 } },
      [{ big: { $gt: 2 } }],
      { a: [1, 9] },
    ],
    ['$unset and $pull of nothing', { k: 1 }, { $unset: { x: '' }, $pull: { y: 1 } }, [], { k: 1 }],
  ])('an upsert with %s', async (...[, filter, update, arrayFilters, expected]) => {
    const items = database.fresh();
    const options = arrayFilters.length > 0 ? { upsert: true, arrayFilters } : { upsert: true };
    expect(await items.updateOne(filter, update, options)).toMatchObject({ matchedCount: 0, upsertedCount: 1 });
    expect(await items.findOne({}, { projection: { _id: 0 } })).toEqual(expected);
  });

  test('an update that changes nothing is matched and not modified', async () => {
    const items = database.fresh();
    await items.insertOne({ a: 1, tags: ['x'] });
    expect(await items.updateOne({}, { $max: { a: 1 }, $addToSet: { tags: 'x' } })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 0,
    });
  });
});

describe('updates that are refused', () => {
  test.each<[string, Document, number]>([
    ['an unknown operator', { $nonsense: { a: 1 } }, 9],
    ['operators that touch the same path', { $set: { a: 1 }, $inc: { 'a.b': 1 } }, 40],
    ['another _id', { $set: { _id: 2 } }, 66],
    ['a path through a number', { $set: { 'number.x': 1 } }, 28],
    ['$inc with a text', { $inc: { number: 'x' } }, 14],
    ['$inc of a text', { $inc: { text: 1 } }, 14],
    ['$push on a number', { $push: { number: 1 } }, 2],
    ['$pop with 2', { $pop: { list: 2 } }, 9],
    ['a field with a dollar', { $set: { $x: 1 } }, 52],
    ['an empty path', { $set: { 'a..b': 1 } }, 56],
    ['$ without an array in the query', { $set: { 'list.$': 1 } }, 2],
    ['$[name] without a filter', { $set: { 'list.$[x]': 1 } }, 2],
    ['$rename to itself', { $rename: { text: 'text' } }, 2],
  ])('%s, and leave the document as it was', async (_name, update, code) => {
    const items = database.fresh();
    const doc = { _id: 1 as never, number: 1, text: 'x', list: [1] };
    await items.insertOne(doc);
    const command = database.db.command({ update: items.collectionName, updates: [{ q: { number: 1 }, u: update }] });
    expect(await command).toMatchObject({ n: 0, writeErrors: [{ index: 0, code }] });
    expect(await items.findOne()).toEqual(doc);
  });

  test('an array filter that no path uses, or a replacement for many', async () => {
    const items = database.fresh();
    expect(await refusal(items.updateOne({}, { $set: { a: 1 } }, { arrayFilters: [{ x: 1 }] }))).toMatchObject({
      code: 9,
    });
    const replacement = database.db.command({
      update: items.collectionName,
      updates: [{ q: {}, u: { a: 1 }, multi: true }],
    });
    expect(await replacement).toMatchObject({ writeErrors: [{ code: 9 }] });
  });

  test('a document that the validator refuses', async () => {
    const items = await database.db.createCollection('validated', {
      validator: { $jsonSchema: { required: ['n'], properties: { n: { bsonType: 'int' } } } },
    });
    expect(await refusal(items.insertOne({ n: 'x' }))).toMatchObject({ code: 121 });
    await items.insertOne({ n: 1 });
    expect(await refusal(items.updateOne({}, { $set: { n: 'x' } }))).toMatchObject({ code: 121 });
    await items.updateOne({}, { $set: { n: 'x' } }, { bypassDocumentValidation: true });
  });
});

test.each<[string, Document, Document, Document, Document]>([
  ['the last list an $all is met by', { _id: 1, a: [3, 2] }, { a: { $all: [2, 3] } }, { 'a.$': 0 }, { a: [0, 2] }],
  ['a list named by $in', { _id: 1, a: [1, 2, 3] }, { a: { $in: [2, 3] } }, { 'a.$': 0 }, { a: [1, 0, 3] }],
])('`$` stands for %s', async (...[, doc, filter, change, expected]) => {
  const items = database.fresh();
  await items.insertOne({ ...doc });
  await items.updateOne(filter, { $set: change });
  expect(await items.findOne({}, { projection: { _id: 0 } })).toEqual(expected);
});

test.each<[Document]>([[{ a: { $ne: 5 } }], [{ a: { $exists: true } }], [{ a: { $size: 2 } }]])(
  '`$` stands for no element with the condition %j',
  async (filter) => {
    const items = database.fresh();
    await items.insertOne({ a: [1, 2] });
    expect(await refusal(items.updateOne(filter, { $set: { 'a.$': 0 } }))).toMatchObject({ code: 2 });
  },
);

test('bits of a 32 bit number and a 64 bit one give 64 bits', async () => {
  const items = database.fresh();
  await items.insertOne({ bits: 5 });
  await items.updateOne({}, { $bit: { bits: { or: Long.fromNumber(2) } } });
  const [found] = await items.find({}, { promoteLongs: false }).toArray();
  expect(found!.bits).toEqual(Long.fromNumber(7));
});
