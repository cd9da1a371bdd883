import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GridFSBucket, MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../../src/embedded-mongo/index.js';
import type { TestDatabase } from './support/database.js';
import { eventually } from '../support/eventually.js';
import { refusal, startTestDatabase, temporaryFolder } from './support/database.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

test('documents, counts and indexes are there after a restart', async () => {
  const dataDir = temporaryFolder();
  const first = await startTestDatabase(dataDir);
  await first.db.collection('kept').createIndex({ n: 1 }, { unique: true });
  await first.db.collection('kept').insertMany(Array.from({ length: 100 }, (_, n) => ({ n, tags: [n] })));
  await first.client.close();
  await first.mongo.stop();
  const second = await startTestDatabase(dataDir);
  expect(await second.db.collection('kept').estimatedDocumentCount()).toBe(100);
  expect(await refusal(second.db.collection('kept').insertOne({ n: 5 }))).toMatchObject({ code: 11000 });
  expect(await second.db.command({ validate: 'kept' })).toMatchObject({ valid: true, nrecords: 100 });
  await second.stop();
});

test('stopping puts on disk what is under way', async () => {
  const dataDir = temporaryFolder();
  const mongo = await startEmbeddedMongo({ dataDir });
  const client = await new MongoClient(mongo.uri, { serverSelectionTimeoutMS: 1000 }).connect();
  const writes = Array.from({ length: 50 }, async (_, n) => client.db().collection('late').insertOne({ n }));
  const settled = Promise.allSettled(writes);
  await Promise.any(writes);
  await mongo.stop();
  const acknowledged = (await settled).filter(({ status }) => status === 'fulfilled').length;
  await client.close();
  const again = await startTestDatabase(dataDir);
  expect(await again.db.collection('late').countDocuments()).toBeGreaterThanOrEqual(acknowledged);
  await again.stop();
});

test('GridFS keeps 20 MB', async () => {
  const bucket = new GridFSBucket(database.db);
  const content = randomBytes(20 * 1024 * 1024);
  await pipeline(Readable.from([content]), bucket.openUploadStream('film'));
  const hash = createHash('sha256');
  for await (const chunk of bucket.openDownloadStreamByName('film')) hash.update(chunk as Buffer);
  expect(hash.digest('hex')).toBe(createHash('sha256').update(content).digest('hex'));
});

test('TTL indexes remove what is past its time', async () => {
  const items = database.fresh();
  await items.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
  await items.insertMany([{ at: new Date(Date.now() - 61_000) }, { at: new Date() }, { at: 'never' }, {}]);
  await database.client.db('admin').command({ setParameter: 1, ttlMonitorSleepSecs: 1 });
  await eventually(async () => expect(await items.countDocuments()).toBe(3), 15_000);
});

test('TTL indexes with a filter of their own leave what the filter does not take', async () => {
  const items = database.fresh();
  const partialFilterExpression = { isVerified: false };
  await items.createIndex({ at: 1 }, { expireAfterSeconds: 60, partialFilterExpression });
  const at = new Date(Date.now() - 3_600_000);
  await items.insertMany([{ at, isVerified: false }, { at, isVerified: true }, { at }]);
  await database.client.db('admin').command({ setParameter: 1, ttlMonitorSleepSecs: 1 });
  await eventually(async () => expect(await items.countDocuments({ isVerified: false })).toBe(0), 15_000);
  expect(await items.countDocuments()).toBe(2);
});

describe('a command', () => {
  test('that takes too long is ended with MaxTimeMSExpired', async () => {
    const items = database.fresh();
    await items.insertMany(Array.from({ length: 20_000 }, (_, n) => ({ n, text: `text ${n}` })));
    expect(await refusal(items.countDocuments({ text: /nothing$/ }, { maxTimeMS: 1 }))).toMatchObject({ code: 50 });
  });

  test('that scans lets others have their turn', async () => {
    const items = database.fresh();
    await items.insertMany(Array.from({ length: 60_000 }, (_, n) => ({ n, text: `text ${n}` })));
    const order: string[] = [];
    const scan = items.countDocuments({ text: /nothing$/ }).then(() => order.push('scan'));
    await Promise.all([
      scan,
      ...Array.from({ length: 3 }, async () => database.db.command({ ping: 1 }).then(() => order.push('ping'))),
    ]);
    expect(order.at(-1)).toBe('scan');
  });

  test.each<[string, object, number]>([
    ['an unknown one', { nonsense: 1 }, 59],
    ['a transaction', { insert: 'x', documents: [{}], startTransaction: true, autocommit: false, txnNumber: 1 }, 20],
    ['a change stream', { aggregate: 'x', pipeline: [{ $changeStream: {} }], cursor: {} }, 40573],
    ['JavaScript', { find: 'x', filter: { $where: 'true' } }, 2],
    [
      'JavaScript in an expression',
      { find: 'x', filter: { $expr: { $function: { body: '1', args: [], lang: 'js' } } } },
      2,
    ],
    ['an unknown stage', { aggregate: 'x', pipeline: [{ $nonsense: 1 }], cursor: {} }, 40324],
    ['an unknown operator', { find: 'x', filter: { a: { $nonsense: 1 } } }, 2],
    ['a wrong type', { find: 'x', filter: 1 }, 14],
    ['a name with a dollar', { create: 'a$b' }, 73],
    ['an option that is not known', { find: 'x', min: { a: 1 } }, 115],
    ['a text search', { find: 'x', filter: { $text: { $search: 'a' } } }, 27],
    ['a write that nothing does', { aggregate: 'x', pipeline: [{ $out: 'y' }], cursor: {} }, 115],
  ])('is refused: %s', async (_name, command, code) => {
    expect(await refusal(database.db.command(command))).toMatchObject({ code });
  });

  test('may carry read and write concerns and a session', async () => {
    const items = database.fresh();
    await database.client.withSession(async (session) => {
      await items.insertOne({ n: 1 }, { session, writeConcern: { w: 'majority', j: true } });
      expect(await items.findOne({}, { session, readConcern: { level: 'majority' }, projection: { _id: 0 } })).toEqual({
        n: 1,
      });
    });
  });

  test('without an answer (w: 0) is carried out', async () => {
    const items = database.fresh();
    await items.insertOne({ n: 1 }, { writeConcern: { w: 0 } });
    await eventually(async () => expect(await items.countDocuments()).toBe(1), 15_000);
  });
});

describe('collections', () => {
  test('are made, listed, renamed and dropped', async () => {
    const db = database.client.db('lists');
    await db.createCollection('one');
    expect(await refusal(db.createCollection('one', { validator: { a: 1 } }))).toMatchObject({ code: 48 });
    await db.collection('one').insertOne({ n: 1 });
    await db.collection('one').rename('two');
    expect((await db.listCollections().toArray()).map(({ name }) => name)).toEqual(['two']);
    expect(await db.collection('two').countDocuments()).toBe(1);
    expect((await database.client.db().admin().listDatabases()).databases.map(({ name }) => name)).toContain('lists');
    expect(await db.stats()).toMatchObject({ collections: 1, objects: 1 });
    expect(await db.collection('two').drop()).toBe(true);
    expect(await db.listCollections().toArray()).toEqual([]);
    expect(await db.dropDatabase()).toBe(true);
  });
});
