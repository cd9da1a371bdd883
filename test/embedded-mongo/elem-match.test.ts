import { startTestDatabase, type TestDatabase } from './support/database.js';

describe('$elemMatch with operators of values', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await startTestDatabase();
  });
  afterAll(() => database.stop());

  const filters = [
    { a: { $elemMatch: { $gt: 4 } } },
    { a: { $elemMatch: { $eq: 5 } } },
    { a: { $elemMatch: { $in: [5, 7] } } },
    { a: { $elemMatch: { $type: 'int' } } },
    { a: { $elemMatch: { $mod: [5, 0] } } },
  ];

  it('does not look into an array within the array, with and without an index', async () => {
    const rows = database.db.collection<{ _id: number; a: unknown[] }>('nested');
    await rows.insertMany([
      { _id: 1, a: [[5]] },
      { _id: 2, a: [[1], 5] },
    ]);
    const found = async () =>
      Promise.all(filters.map(async (filter) => (await rows.find(filter as object).toArray()).map(({ _id }) => _id)));
    const expected = filters.map(() => [2]);
    expect(await found()).toEqual(expected);
    await rows.createIndex({ a: 1 });
    expect(await found()).toEqual(expected);
  });

  it('sees an array that is an element as a whole', async () => {
    const rows = database.db.collection<{ _id: number; a: unknown[] }>('whole');
    await rows.insertOne({ _id: 1, a: [[5], [6, 7]] });
    expect(await rows.countDocuments({ a: { $elemMatch: { $eq: [5] } } })).toBe(1);
    expect(await rows.countDocuments({ a: { $elemMatch: { $size: 2 } } })).toBe(1);
    expect(await rows.countDocuments({ a: { $elemMatch: { $elemMatch: { $gt: 6 } } } })).toBe(1);
    expect(await rows.countDocuments({ a: { $elemMatch: { $elemMatch: { $gt: 7 } } } })).toBe(0);
  });

  it('changes and shows the element that matched', async () => {
    const rows = database.db.collection<{ _id: number; a: unknown[] }>('positional');
    await rows.insertOne({ _id: 1, a: [[5], 6] });
    const projection = { a: { $elemMatch: { $gt: 4 } } };
    expect(await rows.findOne({ _id: 1 }, { projection })).toEqual({ _id: 1, a: [6] });
    await rows.updateOne({ a: { $elemMatch: { $gt: 4 } } }, { $set: { 'a.$': 'x' } });
    expect(await rows.findOne({ _id: 1 })).toEqual({ _id: 1, a: [[5], 'x'] });
  });
});
