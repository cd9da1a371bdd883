import type { Document } from 'mongodb';
import { Int32, Long } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { eventually } from '../support/eventually.js';
import { refusal, stagesOf, startTestDatabase } from './support/database.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

test.each<[string, Document, number]>([
  ['a delete without a limit', { delete: 0, deletes: [{ q: {} }] }, 40414],
  ['a delete whose filter is a number', { delete: 0, deletes: [{ q: 5, limit: 1 }] }, 14],
  ['a delete with a limit of two', { delete: 0, deletes: [{ q: {}, limit: 2 }] }, 9],
  ['a delete with a hint that is a number', { delete: 0, deletes: [{ q: {}, limit: 1, hint: 5 }] }, 9],
  ['an update without a filter', { update: 0, updates: [{ u: { $set: { a: 1 } } }] }, 40414],
  ['an update with a number', { update: 0, updates: [{ q: {}, u: 5 }] }, 9],
  ['an update whose multi is a text', { update: 0, updates: [{ q: {}, u: {}, multi: 'yes' }] }, 14],
  ['an update with a filter of an array', { update: 0, updates: [{ q: {}, u: {}, arrayFilters: [1] }] }, 14],
  ['a statement that is a number', { update: 0, updates: [5] }, 14],
  ['a field that is not known', { update: 0, updates: [{ q: {}, u: {}, sort: {} }] }, 40415],
  ['a document that is a number', { insert: 0, documents: [5] }, 14],
])('%s is refused before a statement in front of it runs', async (_name, command, code) => {
  const items = database.fresh();
  await items.insertOne({ _id: 1 as never });
  const [name = '', statements = ''] = Object.keys(command);
  const first: Record<string, Document> = {
    delete: { q: {}, limit: 1 },
    update: { q: {}, u: { $set: { seen: true } } },
    insert: { _id: 2 },
  };
  const list = [first[name], ...(command[statements] as Document[])];
  const running = database.db.command({ [name]: items.collectionName, [statements]: list });
  expect(await refusal(running)).toMatchObject({ code });
  expect(await items.find().toArray()).toEqual([{ _id: 1 }]);
});

test('what depends on the data stays an error of its statement', async () => {
  const items = database.fresh();
  const updates = [
    { q: { _id: 1 }, u: { $set: { a: 1 } }, upsert: 1 },
    { q: { _id: 1 }, u: { $unheard: 1 } },
  ];
  const reply = await database.db.command({ update: items.collectionName, updates }).catch((error: unknown) => error);
  expect(reply).toMatchObject({ n: 1, writeErrors: [{ index: 1, code: 9 }] });
});

test('a count follows its hint', async () => {
  const items = database.fresh();
  await items.insertMany([{ a: 1 }, {}, {}]);
  await items.createIndex({ a: 1 }, { sparse: true });
  const count = async (hint: string): Promise<Document> =>
    database.db.command({ count: items.collectionName, query: {}, hint });
  expect(await count('a_1')).toMatchObject({ n: 1 });
  expect(await items.find({}, { hint: 'a_1' }).toArray()).toHaveLength(1);
  expect(await count('_id_')).toMatchObject({ n: 3 });
  expect(await refusal(count('none'))).toMatchObject({ code: 2 });
});

test.each<[string, Document, number]>([
  ['writeConcern', { w: -1 }, 9],
  ['writeConcern', { w: 51 }, 9],
  ['writeConcern', { w: [1] }, 9],
  ['writeConcern', { w: 1, j: 'yes' }, 14],
  ['writeConcern', { wtimeout: 'soon' }, 14],
  ['writeConcern', { j: true, fsync: true }, 9],
  ['writeConcern', { other: 1 }, 40415],
  ['writeConcern', 1 as unknown as Document, 14],
  ['readConcern', 'local' as unknown as Document, 14],
  ['readConcern', { level: 1 }, 14],
  ['readConcern', { level: 'other' }, 2],
  ['readConcern', { other: 1 }, 40415],
])('the %s %j is refused', async (name, concern, code) => {
  const command = { insert: database.fresh().collectionName, documents: [{}], [name]: concern };
  expect(await refusal(database.db.command(command))).toMatchObject({ code });
});

test('collMod hides an index and shows it again', async () => {
  const items = database.fresh();
  await items.createIndex({ a: 1 });
  const collMod = items.collectionName;
  const plan = async (): Promise<string[]> => {
    const { queryPlanner } = (await items.find({ a: 1 }).explain()) as { queryPlanner: { winningPlan: unknown } };
    return stagesOf(queryPlanner.winningPlan);
  };
  const hidden = await database.db.command({ collMod, index: { name: 'a_1', hidden: true } });
  expect(hidden).toMatchObject({ hidden_old: false, hidden_new: true });
  expect(await plan()).toEqual(['COLLSCAN']);
  expect((await items.indexes())[1]).toMatchObject({ hidden: true });
  await database.db.command({ collMod, index: { keyPattern: { a: 1 }, hidden: false } });
  expect(await plan()).toContain('IXSCAN');
});

test('collMod changes when documents expire', async () => {
  const items = database.fresh();
  await items.createIndex({ at: 1 }, { expireAfterSeconds: 3600 });
  await items.insertOne({ at: new Date(Date.now() - 60_000) });
  const change = { collMod: items.collectionName, index: { name: 'at_1', expireAfterSeconds: 30 } };
  expect(await database.db.command(change)).toMatchObject({ expireAfterSeconds_old: 3600, expireAfterSeconds_new: 30 });
  const admin = database.client.db('admin');
  await admin.command({ setParameter: 1, ttlMonitorSleepSecs: 1 });
  await eventually(async () => expect(await items.countDocuments()).toBe(0), 15_000);
});

test.each<[Document, number]>([
  [{ unheard: 1 }, 40415],
  [{ index: { name: 'a_1', unheard: 1 } }, 40415],
  [{ index: { name: 'a_1' } }, 72],
  [{ index: { hidden: true } }, 72],
  [{ index: { name: 'none', hidden: true } }, 27],
  [{ index: { name: '_id_', hidden: true } }, 2],
  [{ index: { name: 'a_1_b_1', expireAfterSeconds: 1 } }, 72],
  [{ index: { name: 'a_1', expireAfterSeconds: '1' } }, 14],
  [{ index: { name: 'a_1', unique: true } }, 115],
  [{ validationLevel: 'high' }, 2],
  [{ viewOn: 'a' }, 115],
])('collMod refuses %j', async (change, code) => {
  const items = database.fresh();
  await items.createIndexes([{ key: { a: 1 } }, { key: { a: 1, b: 1 } }]);
  expect(await refusal(database.db.command({ collMod: items.collectionName, ...change }))).toMatchObject({ code });
});

test.each([
  [{ 'a.$.x': 1 }, 31394],
  [{ 'a.$': 1, 'b.$': 1 }, 31276],
  [{ 'a.$': 0 }, 31395],
])('the projection %j is refused', async (projection, code) => {
  const items = database.fresh();
  await items.insertOne({ a: [{ x: 1 }], b: [1] });
  expect(await refusal(items.findOne({ a: { $exists: true } }, { projection }))).toMatchObject({ code });
});

test('an index that differs in its options alone conflicts by them', async () => {
  const items = database.fresh();
  await items.createIndex({ at: 1 }, { expireAfterSeconds: 5 });
  expect(await refusal(items.createIndex({ at: 1 }, { expireAfterSeconds: 6 }))).toMatchObject({ code: 85 });
  expect(await refusal(items.createIndex({ other: 1 }, { name: 'at_1' }))).toMatchObject({ code: 86 });
});

test('a descending index may say so with a number of any type', async () => {
  const items = database.fresh();
  await items.createIndex({ a: Long.fromNumber(-1), b: 1 } as never);
  const { queryPlanner } = (await items.find().sort({ a: -1, b: 1 }).explain()) as {
    queryPlanner: { winningPlan: unknown };
  };
  expect(stagesOf(queryPlanner.winningPlan)).not.toContain('SORT');
});

test('_id_ takes no options', async () => {
  const key = { _id: 1 as const };
  const partial = { partialFilterExpression: { a: 1 }, name: '_id_' };
  expect(await refusal(database.fresh().createIndex(key, partial))).toMatchObject({ code: 197 });
});

test('the number of a cursor is a long', async () => {
  const collection = database.fresh().collectionName;
  expect(await refusal(database.db.command({ getMore: new Int32(1), collection }))).toMatchObject({ code: 14 });
  expect(await refusal(database.db.command({ getMore: Long.fromNumber(1), collection }))).toMatchObject({ code: 43 });
  const killCursors = { killCursors: collection, cursors: [1] };
  expect(await refusal(database.db.command(killCursors))).toMatchObject({ code: 14 });
});

test.each([
  ['a.b', 40235],
  ['$n', 40236],
])('a field of $group is not named %s, also where it only counts', async (name, code) => {
  const items = database.fresh();
  await items.insertOne({ n: 1 });
  const counts = items.aggregate([{ $group: { _id: null, [name]: { $sum: 1 } } }]).toArray();
  expect(await refusal(counts)).toMatchObject({ code });
  const sums = items.aggregate([{ $group: { _id: '$n', [name]: { $sum: '$n' } } }]).toArray();
  expect(await refusal(sums)).toMatchObject({ code });
});

test.each<[Document[], number]>([
  [[{ $set: 1 }], 40272],
  [[{ $unset: 1 }], 31002],
  [[{ $project: { a: { $nope: 1 } } }], 31325],
  [[{ $set: { a: '$$nope' } }], 17276],
  [[{ $match: {} }], 72],
])('the pipeline of an update %j is refused with %d when nothing is found too', async (pipeline, code) => {
  expect(await refusal(database.fresh().updateOne({ missing: 1 }, pipeline))).toMatchObject({ code });
});

test('what looks like a script is a value within $literal', async () => {
  const items = database.fresh();
  await items.insertOne({ _id: 1 as never });
  const first = { $first: { $literal: { $function: 1 } } };
  const [found] = await items.aggregate([{ $setWindowFields: { output: { first } } }]).toArray();
  expect(found).toEqual({ _id: 1, first: { $function: 1 } });
});
