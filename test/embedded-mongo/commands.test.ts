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

test('bits of a whole decimal are those of its value', async () => {
  const items = database.fresh();
  await items.insertOne({ bits: Decimal128.fromString('5.0') });
  expect(await items.countDocuments({ bits: { $bitsAllSet: 5 } })).toBe(1);
  expect(await items.countDocuments({ bits: { $bitsAnySet: 2 } })).toBe(0);
});
