import type { Document } from 'mongodb';
import { Decimal128 } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { refusal, startTestDatabase } from './support/database.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

test.each<[string, Document, number]>([
  ['an unknown field of a command', { find: 'c', filtre: {} }, 40415],
  [
    'an unknown field of an update',
    { update: 'c', updates: [{ q: {}, u: { $set: { a: 1 } }, sort: { a: 1 } }] },
    40415,
  ],
  ['an unknown field of a delete', { delete: 'c', deletes: [{ q: {}, limit: 1, sort: { a: 1 } }] }, 40415],
  ['a write that more than one server shall have', { insert: 'c', documents: [{}], writeConcern: { w: 2 } }, 2],
  ['a write concern by a name that is not there', { insert: 'c', documents: [{}], writeConcern: { w: 'far' } }, 2],
  ['a snapshot', { find: 'c', readConcern: { level: 'snapshot' } }, 123],
  ['a read concern that is none', { find: 'c', readConcern: { level: 'best' } }, 2],
  ['an unknown command', { fnid: 'c' }, 59],
])('%s is refused', async (...[, command, code]) => {
  expect(await refusal(database.db.command(command))).toMatchObject({ code });
});

test.each([{ w: 0 }, { w: 1 }, { w: 'majority' }, { w: 1, j: true, wtimeoutMS: 1000 }] as const)(
  'the write concern %j is accepted',
  async (writeConcern) => {
    const items = database.db.collection(database.fresh().collectionName, { writeConcern });
    await items.insertOne({ a: 1 });
    expect(await items.countDocuments()).toBe(1);
  },
);

test.each(['local', 'majority', 'available'] as const)('the read concern %s is accepted', async (level) => {
  const items = database.fresh();
  await items.insertOne({ a: 1 });
  expect(await items.find({}, { readConcern: { level } }).toArray()).toHaveLength(1);
});

test('an aggregation without a collection tells of the session and of what runs', async () => {
  const [session] = await database.db.aggregate([{ $listLocalSessions: {} }]).toArray();
  expect(session).toMatchObject({ lastUse: expect.any(Date) as Date });
  const [operation] = await database.client
    .db('admin')
    .aggregate([{ $currentOp: {} }])
    .toArray();
  expect(operation).toMatchObject({ type: 'op', ns: 'admin.$cmd.aggregate' });
});

test('a collection tells of its size and its indexes to an aggregation too', async () => {
  const items = database.fresh();
  await items.createIndex({ a: 1 }, { unique: true });
  await items.insertMany([{ a: 1 }, { a: 2 }]);
  const stages = [{ $collStats: { storageStats: { scale: 1 }, count: {} } }, { $project: { localTime: 0 } }];
  const { ok: _ok, ...storageStats } = await database.db.command({ collStats: items.collectionName });
  expect(storageStats).toMatchObject({ count: 2, nindexes: 2 });
  expect(await database.db.command({ collStats: items.collectionName, scale: 1024 })).toMatchObject({
    size: 0,
    count: 2,
  });
  expect(await items.aggregate(stages).toArray()).toEqual([
    {
      ns: items.namespace,
      host: expect.any(String) as string,
      count: 2,
      storageStats: expect.objectContaining({ count: 2, size: storageStats.size as number, nindexes: 2 }) as object,
    },
  ]);
  const indexes = await items.aggregate([{ $indexStats: {} }, { $sort: { name: -1 } }]).toArray();
  expect(indexes).toMatchObject([
    { name: 'a_1', key: { a: 1 }, spec: { unique: true }, accesses: { ops: 0 } },
    { name: '_id_', key: { _id: 1 } },
  ]);
});

test.each<[string, Document[], number]>([
  ['a size of a collection that is not there', [{ $collStats: { storageStats: {} } }], 26],
  ['a size that is asked for behind another stage', [{ $match: {} }, { $collStats: {} }], 40602],
  ['a statistic of the time that commands took', [{ $collStats: { latencyStats: {} } }], 115],
  ['a statistic that is none', [{ $collStats: { nonsense: {} } }], 40415],
  ['a statistic that is no object', [{ $collStats: 1 }], 5447000],
  ['a statistic of indexes with an option', [{ $indexStats: { a: 1 } }], 28803],
])('%s is refused', async (_what, pipeline, code) => {
  expect(await refusal(database.db.collection('nowhere').aggregate(pipeline).toArray())).toMatchObject({ code });
});

test('bits of a whole decimal are those of its value', async () => {
  const items = database.fresh();
  await items.insertOne({ bits: Decimal128.fromString('5.0') });
  expect(await items.countDocuments({ bits: { $bitsAllSet: 5 } })).toBe(1);
  expect(await items.countDocuments({ bits: { $bitsAnySet: 2 } })).toBe(0);
});
