import type { Document, IndexDescription } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { refusal, stagesOf, startTestDatabase } from './support/database.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

describe('indexes', () => {
  test('are made, listed and dropped', async () => {
    const items = database.fresh();
    expect(await items.createIndex({ a: 1, 'b.c': -1 }, { unique: true })).toBe('a_1_b.c_-1');
    expect(await items.indexes()).toEqual([
      { v: 2, key: { _id: 1 }, name: '_id_' },
      { v: 2, key: { a: 1, 'b.c': -1 }, name: 'a_1_b.c_-1', unique: true },
    ]);
    await items.dropIndex('a_1_b.c_-1');
    expect(await refusal(items.dropIndex('a_1_b.c_-1'))).toMatchObject({ code: 27 });
    expect(await refusal(items.dropIndex('_id_'))).toMatchObject({ code: 72 });
  });

  test('of a collection that is not there cannot be listed', async () => {
    expect(await refusal(database.db.collection('nowhere').indexes())).toMatchObject({ code: 26 });
  });

  test('with the same name or key but other options are refused', async () => {
    const items = database.fresh();
    await items.createIndex({ a: 1 });
    await items.createIndex({ a: 1 });
    expect(await refusal(items.createIndex({ a: 1 }, { name: 'other' }))).toMatchObject({ code: 85 });
    expect(await refusal(items.createIndex({ a: 1 }, { unique: true }))).toMatchObject({ code: 86 });
    expect(await refusal(items.createIndex({ b: 1 }, { name: 'a_1' }))).toMatchObject({ code: 86 });
  });

  test.each([
    ['no fields', { key: {}, name: 'x' }, 67],
    ['a zero', { key: { a: 0 }, name: 'x' }, 67],
    ['a text index', { key: { a: 'text' }, name: 'x' }, 67],
    ['a geo index', { key: { a: '2dsphere' }, name: 'x' }, 67],
    ['an unknown kind', { key: { a: 'nonsense' }, name: 'x' }, 67],
    ['sparse and partial', { key: { a: 1 }, name: 'x', sparse: true, partialFilterExpression: { a: 1 } }, 67],
    ['an unknown option', { key: { a: 1 }, name: 'x', nonsense: 1 }, 197],
    ['a hashed key that is unique', { key: { a: 'hashed' }, name: 'x', unique: true }, 16764],
    ['a compound TTL', { key: { a: 1, b: 1 }, name: 'x', expireAfterSeconds: 1 }, 67],
  ])('with %s are refused', async (_what, index, code) => {
    const command = database.db.command({ createIndexes: database.fresh().collectionName, indexes: [index] });
    expect(await refusal(command)).toMatchObject({ code });
  });

  test('that are unique take null and missing as the same', async () => {
    const items = database.fresh();
    await items.createIndex({ a: 1 }, { unique: true });
    await items.insertOne({});
    expect(await refusal(items.insertOne({ a: null }))).toMatchObject({ code: 11000, keyValue: { a: null } });
  });

  test('that are unique and sparse leave missing fields out', async () => {
    const items = database.fresh();
    await items.createIndex({ a: 1 }, { unique: true, sparse: true });
    await items.insertMany([{}, {}, { a: null }]);
    expect(await refusal(items.insertOne({ a: null }))).toMatchObject({ code: 11000 });
    expect(await items.countDocuments({ a: null })).toBe(3);
  });

  test('that are unique and partial hold only what their filter takes', async () => {
    const items = database.fresh();
    await items.createIndex(
      { actor: 1, key: 1 },
      { unique: true, partialFilterExpression: { key: { $type: 'string' } } },
    );
    await items.insertMany([
      { actor: 1 },
      { actor: 1 },
      { actor: 1, key: 5 },
      { actor: 1, key: 5 },
      { actor: 1, key: 'k' },
    ]);
    expect(await refusal(items.insertOne({ actor: 1, key: 'k' }))).toMatchObject({
      code: 11000,
      keyValue: { actor: 1, key: 'k' },
    });
    await items.updateOne({ key: 'k' }, { $set: { key: 7 } });
    await items.insertOne({ actor: 1, key: 'k' });
  });

  test('that are unique hold each element of an array, in nested documents too', async () => {
    const items = database.fresh();
    await items.createIndex({ 'members.id': 1 }, { unique: true });
    await items.insertOne({ members: [{ id: 1 }, { id: 2 }, { id: 1 }] });
    expect(await refusal(items.insertOne({ members: [{ id: 3 }, { id: 2 }] }))).toMatchObject({
      code: 11000,
      keyPattern: { 'members.id': 1 },
    });
    await items.insertOne({ members: [{ id: 3 }] });
  });

  test('that are unique name the key of a nested document, and hold nested documents as they are', async () => {
    const items = database.fresh();
    await items.createIndexes([
      { key: { 'a.b': 1, c: -1 }, unique: true },
      { key: { whole: 1 }, unique: true, sparse: true },
    ]);
    await items.insertOne({ a: { b: 1 }, c: 2, whole: { x: 1, y: { z: 2 } } });
    expect(await refusal(items.insertOne({ a: { b: 1 }, c: 2 }))).toMatchObject({
      code: 11000,
      keyPattern: { 'a.b': 1, c: -1 },
      keyValue: { 'a.b': 1, c: 2 },
    });
    expect(await refusal(items.insertOne({ whole: { x: 1, y: { z: 2 } } }))).toMatchObject({
      code: 11000,
      keyPattern: { whole: 1 },
      keyValue: { whole: { x: 1, y: { z: 2 } } },
    });
    await items.insertOne({ a: { b: 2 }, whole: { y: { z: 2 }, x: 1 } });
    expect(await refusal(items.updateOne({ 'a.b': 2 }, { $set: { 'a.b': 1, c: 2 } }))).toMatchObject({ code: 11000 });
    expect(await items.countDocuments({ 'a.b': 2 })).toBe(1);
  });

  test.each([
    [{ a: 1, b: -1 }, 'LIMIT FETCH IXSCAN'],
    [{ a: -1, b: 1 }, 'LIMIT FETCH IXSCAN'],
    [{ a: 1, b: 1 }, 'SORT'],
  ] as const)('of mixed directions sort by %j', async (sort, stages) => {
    const items = database.fresh();
    await items.createIndex({ a: 1, b: -1 });
    await items.insertMany(Array.from({ length: 25 }, (_, n) => ({ a: n % 5, b: (n * 7) % 25 })));
    const found = await items.find().sort(sort).limit(9).toArray();
    const [byA, byB] = [sort.a, sort.b];
    const expected = (await items.find().toArray()).sort(
      (x, y) => byA * ((x.a as number) - (y.a as number)) || byB * ((x.b as number) - (y.b as number)),
    );
    expect(found).toEqual(expected.slice(0, 9));
    const plan = (await items.find().sort(sort).limit(9).explain()) as { queryPlanner: { winningPlan: unknown } };
    expect(stagesOf(plan.queryPlanner.winningPlan).join(' ')).toContain(stages);
  });

  test('that are the same twice in one request are refused, and none is made', async () => {
    const items = database.fresh();
    const same = { key: { a: 1 }, name: 'a_1' };
    const indexes = [{ key: { b: 1 }, name: 'b_1' }, same, same];
    const made = database.db.command({ createIndexes: items.collectionName, indexes });
    expect(await refusal(made)).toMatchObject({ code: 68, codeName: 'IndexAlreadyExists' });
    await items.insertOne({});
    expect(await items.indexes()).toHaveLength(1);
  });

  test.each<[string, Document[], IndexDescription, number]>([
    [
      'a duplicate',
      [
        { a: 1, b: 1 },
        { a: 2, b: 1 },
      ],
      { key: { b: 1 }, unique: true },
      11000,
    ],
    ['two arrays', [{ a: 1, b: [1], c: [1] }], { key: { b: 1, c: 1 } }, 171],
    ['another index of the same name', [{ a: 1 }], { key: { b: 1 }, name: 'a_1' }, 86],
  ])('are made all or none, where one meets %s', async (...[, docs, index, code]) => {
    const items = database.fresh();
    await items.insertMany(docs);
    expect(await refusal(items.createIndexes([{ key: { a: 1 } }, index]))).toMatchObject({ code });
    expect((await items.indexes()).map(({ name }) => name)).toEqual(['_id_']);
    expect(await database.db.command({ validate: items.collectionName })).toMatchObject({ valid: true });
  });

  test('that cannot be made leave no collection that they would have been the first of', async () => {
    const items = database.fresh();
    const indexes: IndexDescription[] = [{ key: { a: 1 } }, { key: { b: 1 }, name: 'a_1' }];
    expect(await refusal(items.createIndexes(indexes))).toMatchObject({ code: 86 });
    expect(await database.db.listCollections({ name: items.collectionName }).toArray()).toEqual([]);
  });

  test.each<[string, IndexDescription['key'], Document, Document, Document]>([
    ['an element', { u: 1 }, { u: 2 }, { u: [7, 2] }, { u: 2 }],
    [
      'a field of an element',
      { 'm.id': 1 },
      { m: [{ id: 1 }, { id: 2 }] },
      { m: [{ id: 3 }, { id: 2 }] },
      { 'm.id': 2 },
    ],
    ['a compound key', { g: 1, m: -1 }, { g: 1, m: ['a', 'b'] }, { g: 1, m: ['z', 'b'] }, { g: 1, m: 'b' }],
    ['a missing field beside it', { g: 1, m: 1 }, { m: ['a'] }, { m: ['z', 'a'] }, { g: null, m: 'a' }],
    [
      'a long text',
      { m: 1 },
      { m: [`${'x'.repeat(3000)}1`] },
      { m: ['y', `${'x'.repeat(3000)}1`] },
      { m: `${'x'.repeat(3000)}1` },
    ],
  ])('that are unique name of an array what is there twice: %s', async (...[, key, first, second, keyValue]) => {
    const items = database.fresh();
    await items.createIndex(key, { unique: true });
    await items.insertOne(first);
    expect(await refusal(items.insertOne(second))).toMatchObject({ code: 11000, keyPattern: key, keyValue });
  });

  test('cannot hold two arrays of one document', async () => {
    const items = database.fresh();
    await items.createIndex({ a: 1, b: 1 });
    expect(await refusal(items.insertOne({ a: [1], b: [2] }))).toMatchObject({ code: 171 });
  });

  test('that are unique cannot be made on documents with the same key, and leave nothing behind', async () => {
    const items = database.fresh();
    await items.insertMany([{ a: 1 }, { a: 1 }]);
    expect(await refusal(items.createIndex({ a: 1 }, { unique: true }))).toMatchObject({ code: 11000 });
    expect(await items.indexes()).toHaveLength(1);
  });

  test('know that numbers of different types are equal', async () => {
    const items = database.fresh();
    await items.createIndex({ a: 1 }, { unique: true });
    const { Decimal128, Double, Long } = await import('mongodb');
    await items.insertOne({ a: 1 });
    for (const a of [new Double(1), Long.fromNumber(1), Decimal128.fromString('1.00')]) {
      expect(await refusal(items.insertOne({ a }))).toMatchObject({ code: 11000 });
    }
    await items.insertOne({ a: Decimal128.fromString('1.0000000001') });
  });

  test('hold values that are longer than a key', async () => {
    const items = database.fresh();
    await items.createIndex({ a: 1 }, { unique: true });
    const long = 'x'.repeat(5000);
    await items.insertMany([{ a: `${long}1` }, { a: `${long}2` }]);
    expect(await items.countDocuments({ a: `${long}2` })).toBe(1);
    expect(await refusal(items.insertOne({ a: `${long}1` }))).toMatchObject({ code: 11000 });
    expect((await items.find().sort({ a: -1 }).toArray())[0]?.a).toBe(`${long}2`);
  });
});
