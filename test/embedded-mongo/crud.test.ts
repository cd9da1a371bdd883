import type { TestDatabase } from './support/database.js';
import { eventually } from '../support/eventually.js';
import { refusal, startTestDatabase } from './support/database.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

describe('inserting', () => {
  test('keeps documents in the order they came', async () => {
    const items = database.fresh();
    await items.insertMany([{ _id: 3 as never }, { _id: 1 as never }, { _id: 2 as never }]);
    expect((await items.find().toArray()).map(({ _id }) => _id)).toEqual([3, 1, 2]);
  });

  test('refuses a second document with the same _id and says which key it was', async () => {
    const items = database.fresh();
    await items.insertOne({ _id: 1 as never });
    expect(await refusal(items.insertOne({ _id: 1 as never }))).toMatchObject({
      code: 11000,
      keyPattern: { _id: 1 },
      keyValue: { _id: 1 },
    });
  });

  test('an ordered bulk keeps what came before the first error', async () => {
    const items = database.fresh();
    const docs = [1, 2, 1, 3].map((_id) => ({ _id: _id as never }));
    const error = await refusal(items.insertMany(docs));
    expect(error.result?.insertedCount).toBe(2);
    expect(error.writeErrors).toHaveLength(1);
    expect(await items.countDocuments()).toBe(2);
  });

  test('an ordered bulk of writes of all kinds keeps what came before the first error, and nothing behind it', async () => {
    const items = database.db.collection<{ _id: number; n?: number }>(database.fresh().collectionName);
    const error = await refusal(
      items.bulkWrite([
        { insertOne: { document: { _id: 1 } } },
        { insertOne: { document: { _id: 2 } } },
        { updateOne: { filter: { _id: 1 }, update: { $set: { n: 5 } } } },
        { deleteOne: { filter: { _id: 2 } } },
        { replaceOne: { filter: { _id: 3 }, replacement: { n: 3 }, upsert: true } },
        { updateMany: { filter: {}, update: { $inc: { _id: 1 } } } },
        { insertOne: { document: { _id: 9 } } },
      ]),
    );
    expect(error).toMatchObject({
      code: 66,
      result: { insertedCount: 2, modifiedCount: 1, deletedCount: 1, upsertedCount: 1, upsertedIds: { 4: 3 } },
      writeErrors: [{ index: 5, code: 66 }],
    });
    expect(await items.find().toArray()).toEqual([
      { _id: 1, n: 5 },
      { _id: 3, n: 3 },
    ]);
  });

  test('an unordered bulk goes on after errors', async () => {
    const items = database.fresh();
    const docs = [1, 2, 1, 3, 2].map((_id) => ({ _id: _id as never }));
    const error = await refusal(items.insertMany(docs, { ordered: false }));
    expect(error.writeErrors?.map(({ index }) => index)).toEqual([2, 4]);
    expect(await items.countDocuments()).toBe(3);
  });

  test('refuses an array as _id', async () => {
    expect(await refusal(database.fresh().insertOne({ _id: [1] as never }))).toMatchObject({ code: 53 });
  });
});

describe('finding', () => {
  test('sorts, skips, limits and projects', async () => {
    const items = database.fresh();
    await items.insertMany(Array.from({ length: 10 }, (_, n) => ({ n, parity: n % 2, text: `t${n}` })));
    const found = await items
      .find({ parity: 1 }, { projection: { n: 1, _id: 0 } })
      .sort({ n: -1 })
      .skip(1)
      .limit(3)
      .toArray();
    expect(found).toEqual([{ n: 7 }, { n: 5 }, { n: 3 }]);
  });

  test('gives all results through a cursor with small batches', async () => {
    const items = database.fresh();
    await items.insertMany(Array.from({ length: 257 }, (_, n) => ({ n })));
    const seen = [];
    for await (const { n } of items.find({}, { batchSize: 10 })) seen.push(n);
    expect(seen).toEqual(Array.from({ length: 257 }, (_, n) => n));
  });

  test('a killed cursor is not found', async () => {
    const items = database.fresh();
    await items.insertMany(Array.from({ length: 20 }, (_, n) => ({ n })));
    const { cursor } = (await database.db.command({ find: items.collectionName, batchSize: 5 })) as {
      cursor: { id: unknown };
    };
    await database.db.command({ killCursors: items.collectionName, cursors: [cursor.id] });
    const more = database.db.command({ getMore: cursor.id, collection: items.collectionName });
    expect(await refusal(more)).toMatchObject({ code: 43, codeName: 'CursorNotFound' });
  });

  test('a cursor that nobody asks for is forgotten after cursorTimeoutMillis, one with noCursorTimeout is not', async () => {
    const items = database.fresh();
    const admin = database.client.db('admin');
    await items.insertMany(Array.from({ length: 20 }, (_, n) => ({ n })));
    const open = async (noCursorTimeout: boolean): Promise<unknown> => {
      const reply = await database.db.command({ find: items.collectionName, batchSize: 1, noCursorTimeout });
      return (reply.cursor as { id: unknown }).id;
    };
    const [idle, kept] = [await open(false), await open(true)];
    const more = async (id: unknown): Promise<unknown> =>
      refusal(database.db.command({ getMore: id, collection: items.collectionName, batchSize: 1 }));
    const openCursors = async (): Promise<number> => {
      const { metrics } = await admin.command({ serverStatus: 1 });
      return (metrics as { cursor: { open: { total: number } } }).cursor.open.total;
    };
    const before = await openCursors();
    const { was } = await admin.command({ setParameter: 1, cursorTimeoutMillis: 1 });
    await eventually(async () => expect(await openCursors()).toBeLessThan(before), 15_000);
    await admin.command({ setParameter: 1, cursorTimeoutMillis: was as number });
    expect(was).toBe(600_000);
    expect(await more(idle)).toMatchObject({ code: 43 });
    expect(await more(kept)).toMatchObject({ notRefused: { ok: 1 } });
    await database.db.command({ killCursors: items.collectionName, cursors: [kept] });
  });

  test('counts and lists distinct values', async () => {
    const items = database.fresh();
    await items.insertMany([{ tags: ['a', 'b'] }, { tags: ['b'] }, { tags: 'c' }, {}]);
    expect(await items.distinct('tags')).toEqual(['a', 'b', 'c']);
    expect(await items.countDocuments({ tags: 'b' })).toBe(2);
    expect(await items.estimatedDocumentCount()).toBe(4);
  });
});

describe('changing', () => {
  test('updates one, many, and inserts when nothing matches', async () => {
    const items = database.fresh();
    await items.insertMany([{ n: 1 }, { n: 1 }, { n: 2 }]);
    expect(await items.updateOne({ n: 1 }, { $set: { seen: true } })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 1,
    });
    expect(await items.updateMany({ n: 1 }, { $set: { seen: true } })).toMatchObject({
      matchedCount: 2,
      modifiedCount: 1,
    });
    const upsert = await items.updateOne(
      { n: 9 },
      { $inc: { count: 2 }, $setOnInsert: { fresh: 1 } },
      { upsert: true },
    );
    expect(upsert.upsertedCount).toBe(1);
    expect(await items.findOne({ _id: upsert.upsertedId! })).toMatchObject({ n: 9, count: 2, fresh: 1 });
  });

  test('replaces and removes', async () => {
    const items = database.fresh();
    await items.insertMany([{ n: 1, old: true }, { n: 2 }, { n: 3 }]);
    await items.replaceOne({ n: 1 }, { n: 10 });
    expect(await items.findOne({ n: 10 }, { projection: { _id: 0 } })).toEqual({ n: 10 });
    expect((await items.deleteOne({ n: 2 })).deletedCount).toBe(1);
    expect((await items.deleteMany({})).deletedCount).toBe(2);
  });

  test('concurrent findOneAndUpdate on one document count to exactly N', async () => {
    const items = database.fresh();
    const upserts = Array.from({ length: 100 }, async () =>
      items.findOneAndUpdate(
        { _id: 'counter' as never },
        { $inc: { n: 1 } },
        { upsert: true, returnDocument: 'after' },
      ),
    );
    const seen = (await Promise.all(upserts)).map((doc) => doc!.n as number);
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
  });

  test('findOneAndDelete gives the document that went', async () => {
    const items = database.fresh();
    await items.insertMany([{ n: 1 }, { n: 2 }]);
    expect(await items.findOneAndDelete({}, { sort: { n: -1 }, projection: { _id: 0 } })).toEqual({ n: 2 });
    expect(await items.findOneAndDelete({ n: 2 })).toBeNull();
  });
});
