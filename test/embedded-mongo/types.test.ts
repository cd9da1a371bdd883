import type { Collection, IndexSpecification } from 'mongodb';
import { Binary, BSONRegExp, Code, Decimal128, Double, Long, MaxKey, MinKey, ObjectId, Timestamp, UUID } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { refusal, startTestDatabase } from './support/database.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

/** One value of each type, in MongoDB's comparison order. */
const ordered: readonly unknown[] = [
  new MinKey(),
  [],
  null,
  new Double(NaN),
  Decimal128.fromString('-1E+6000'),
  new Double(-Infinity),
  Long.fromString('-9007199254740993'),
  -1.5,
  0,
  Decimal128.fromString('0.1'),
  0.1,
  1,
  Long.fromString('9007199254740993'),
  new Double(9007199254740994),
  Decimal128.fromString('9007199254740994.5'),
  Infinity,
  '',
  'a',
  'a\u0000b',
  'a\u0001',
  'a\u0001b',
  'a\u0002',
  'ab',
  'é',
  '\uffee',
  '😀',
  {},
  { a: 1 },
  { a: 1, b: 0 },
  { a: 2 },
  { b: 0 },
  { a: 'x' },
  new Binary(Buffer.from('z')),
  new Binary(Buffer.from('aa')),
  new ObjectId('000000000000000000000001'),
  new ObjectId('f00000000000000000000001'),
  false,
  true,
  new Date(-62135596800000),
  new Date(-1),
  new Date(0),
  new Date(1e12),
  new Timestamp({ t: 1, i: 2 }),
  new Timestamp({ t: 2, i: 1 }),
  new BSONRegExp('a', ''),
  new BSONRegExp('a', 'i'),
  new Code('f'),
  new MaxKey(),
];
/** An infinity below a decimal that no double reaches: the decimal comes later. */
const fixedOrder = [...ordered.slice(0, 4), ordered[5], ordered[4], ...ordered.slice(6)];

async function insertShuffled(items: Collection): Promise<void> {
  const docs = fixedOrder.map((value, n) => ({ _id: n as never, value }));
  await items.insertMany(docs.map((_, i) => docs[(i * 29 + 7) % docs.length]!));
}

describe('comparison order across types', () => {
  test.each([1, -1] as const)('is the same with and without an index (direction %p)', async (direction) => {
    const items = database.fresh();
    await insertShuffled(items);
    const expected = fixedOrder.map((_, n) => n);
    if (direction === -1) expected.reverse();
    const sorted = async (): Promise<unknown[]> =>
      (await items.find().sort({ value: direction }).toArray()).map(({ _id }) => _id as unknown);
    expect(await sorted()).toEqual(expected);
    await items.createIndex({ value: 1 });
    expect(await sorted()).toEqual(expected);
    await items.dropIndexes();
    await items.createIndex({ value: -1 });
    expect(await sorted()).toEqual(expected);
  });

  test('a range holds values of its own type only', async () => {
    const items = database.fresh();
    await insertShuffled(items);
    const count = async (): Promise<number[]> =>
      Promise.all(
        [{ $gt: 0 }, { $lt: 0 }, { $gte: 'a' }, { $lt: new Date(0) }, { $gte: false }].map(async (value) =>
          items.countDocuments({ value }),
        ),
      );
    const scanned = await count();
    expect(scanned).toEqual([7, 4, 9, 2, 2]);
    await items.createIndex({ value: 1 });
    expect(await count()).toEqual(scanned);
  });
});

describe('values', () => {
  test('keep their types through an update', async () => {
    const items = database.fresh();
    const doc = {
      _id: 1 as never,
      int: 1,
      double: new Double(1),
      long: Long.fromString('9223372036854775807'),
      decimal: Decimal128.fromString('1.10'),
      binary: new Binary(Buffer.from([1, 2]), 5),
      regex: new BSONRegExp('^a', 'i'),
      ref: { $ref: 'x', $id: 1 },
    };
    await items.insertOne(doc);
    await items.updateOne({ _id: 1 as never }, { $set: { added: true } });
    const types = {
      int: 'int',
      double: 'double',
      long: 'long',
      decimal: 'decimal',
      binary: 'binData',
      regex: 'regex',
      ref: 'object',
    };
    expect(
      await items.countDocuments(
        Object.fromEntries(Object.entries(types).map(([path, type]) => [path, { $type: type }])),
      ),
    ).toBe(1);
    const found = await items.findOne({}, { promoteValues: false });
    expect(found).toMatchObject({ long: doc.long, decimal: doc.decimal });
  });

  test('count exactly in 64 bits and in decimals', async () => {
    const items = database.fresh();
    await items.insertOne({
      _id: 1 as never,
      long: Long.fromString('9007199254740993'),
      decimal: Decimal128.fromString('0.10'),
      int: 2147483647,
    });
    await items.updateOne({}, { $inc: { long: Long.ONE, decimal: Decimal128.fromString('0.20'), int: 1 } });
    const found = await items.findOne({}, { promoteLongs: false });
    expect(String(found!.long)).toBe('9007199254740994');
    expect(String(found!.decimal)).toBe('0.30');
    expect(String(found!.int)).toBe('2147483648');
    const overflow = items.updateOne({}, { $inc: { long: Long.MAX_VALUE } });
    expect(await refusal(overflow)).toMatchObject({ code: 2 });
  });

  test.each([
    [1],
    ['text'],
    [new ObjectId()],
    [new Date(5)],
    [{ a: 1, b: [2] }],
    [Long.fromString('9007199254740993')],
    [true],
    [null],
    [new Double(1.5)],
    [new Double(NaN)],
    [Decimal128.fromString('1.10')],
    [new Binary(Buffer.from([1, 2]), 5)],
    [new UUID('c5ac3a4e-3c5f-4d0b-9d7e-111111111111')],
    [new Timestamp({ t: 1, i: 2 })],
    [new MinKey()],
    [new MaxKey()],
    [new Date(-86_400_000)],
  ])('can be an _id: %p', async (_id) => {
    const items = database.fresh();
    /* The driver would give a null one a new ObjectId. */
    const asIs = { forceServerObjectId: true };
    await items.insertOne({ _id: _id as never }, asIs);
    expect(await items.countDocuments({ _id: _id as never })).toBe(1);
    expect(await refusal(items.insertOne({ _id: _id as never }, asIs))).toMatchObject({ code: 11000 });
    expect((await items.updateOne({ _id: _id as never }, { $set: { n: 1 } })).modifiedCount).toBe(1);
  });

  test.each<[IndexSpecification | null]>([[null], [{ at: 1 }], [{ at: -1 }]])(
    'of before 1970 are dates like others (index: %j)',
    async (index) => {
      const items = database.fresh();
      if (index) await items.createIndex(index);
      const dates = [
        '-000044-03-15',
        '0001-01-01',
        '1815-12-10',
        '1969-12-31T23:59:59.999Z',
        '1970-01-01',
        '2026-01-01',
      ];
      await items.insertMany(dates.map((text) => ({ at: new Date(text) })).reverse());
      const sorted = await items
        .find({ at: { $lt: new Date(1) } })
        .sort({ at: 1 })
        .toArray();
      expect(sorted.map(({ at }) => at as Date)).toEqual(dates.slice(0, 5).map((text) => new Date(text)));
      expect(await items.countDocuments({ at: { $gt: new Date('1800-01-01'), $lt: new Date(0) } })).toBe(2);
      expect(await items.findOne({ at: new Date('1815-12-10') })).not.toBeNull();
    },
  );

  test('larger than 16 MiB are refused', async () => {
    const items = database.fresh();
    await items.insertOne({ _id: 1 as never, text: 'x'.repeat(9_000_000) });
    const grow = items.updateOne({}, { $set: { more: 'x'.repeat(9_000_000) } });
    expect(await refusal(grow)).toMatchObject({ code: 10334 });
    expect(await items.findOne({}, { projection: { text: 0 } })).toEqual({ _id: 1 });
  });
});

describe('null and missing', () => {
  test.each([[[]], [[{ key: { 'a.b': 1 }, name: 'x' }]]])(
    'are told apart as MongoDB does (indexes: %j)',
    async (indexes) => {
      const items = database.fresh();
      if (indexes.length > 0) await items.createIndexes(indexes);
      await items.insertMany([
        { _id: 'missing' },
        { _id: 'a null', a: null },
        { _id: 'a number', a: 4 },
        { _id: 'b missing', a: {} },
        { _id: 'b null', a: { b: null } },
        { _id: 'b number', a: { b: 1 } },
        { _id: 'empty array', a: [] },
        { _id: 'numbers', a: [1, 2] },
        { _id: 'some b', a: [{ b: 1 }, {}] },
        { _id: 'all b', a: [{ b: 1 }, { b: 2 }] },
      ] as never[]);
      const ids = async (filter: object): Promise<unknown[]> =>
        (
          await items
            .find(filter)
            .sort({ $natural: 1 } as never)
            .toArray()
        ).map(({ _id }) => _id as unknown);
      expect(await ids({ 'a.b': null })).toEqual(['missing', 'a null', 'a number', 'b missing', 'b null', 'some b']);
      expect(await ids({ 'a.b': { $exists: false } })).toEqual([
        'missing',
        'a null',
        'a number',
        'b missing',
        'empty array',
        'numbers',
      ]);
      expect(await ids({ 'a.b': { $ne: null } })).toEqual(['b number', 'empty array', 'numbers', 'all b']);
      expect(await ids({ 'a.b': { $in: [1, null] } })).toHaveLength(8);
    },
  );
});
