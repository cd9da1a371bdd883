import type { Collection, Document } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { stagesOf, startTestDatabase } from './support/database.js';

interface Explained {
  queryPlanner: { winningPlan: unknown };
  executionStats: { totalKeysExamined: number; totalDocsExamined: number; nReturned: number };
}

let database: TestDatabase;
let messages: Collection;
const conversations = 20;
const perConversation = 30;

beforeAll(async () => {
  database = await startTestDatabase();
  messages = database.fresh();
  await messages.createIndexes([
    { key: { conversationId: 1, seq: 1 }, unique: true },
    { key: { conversationId: 1, type: 1, seq: 1 } },
    { key: { pending: 1 }, partialFilterExpression: { pending: true } },
    { key: { memberIds: 1, updatedAt: -1 } },
    { key: { name: 1 } },
  ]);
  const docs = [];
  for (let seq = 0; seq < perConversation; seq += 1) {
    for (let c = 0; c < conversations; c += 1) {
      const extras = seq === 3 ? { pending: true, name: `name ${c}` } : {};
      docs.push({
        conversationId: `c${c}`,
        seq,
        type: seq % 3 ? 'text' : 'event',
        memberIds: [`u${c % 4}`, 'all'],
        updatedAt: seq * 100 + c,
        ...extras,
      });
    }
  }
  await messages.insertMany(docs);
});
afterAll(async () => database.stop());

async function explained(filter: Document, sort?: Document, limit = 0): Promise<Explained> {
  const cursor = messages.find(filter).limit(limit);
  return (await (sort ? cursor.sort(sort) : cursor).explain()) as unknown as Explained;
}

describe('the planner', () => {
  test.each([1, -1] as const)('pages by equality, range and sort from one index (direction %p)', async (direction) => {
    const filter = { conversationId: 'c3', seq: { $gt: 4, $lte: 20 } };
    const page = await messages.find(filter).sort({ seq: direction }).limit(5).toArray();
    expect(page.map(({ seq }) => seq as number)).toEqual(direction === 1 ? [5, 6, 7, 8, 9] : [20, 19, 18, 17, 16]);
    const plan = await explained(filter, { seq: direction }, 5);
    expect(stagesOf(plan.queryPlanner.winningPlan)).toEqual(['LIMIT', 'FETCH', 'IXSCAN']);
    expect(plan.executionStats).toMatchObject({ totalKeysExamined: 5, totalDocsExamined: 5, nReturned: 5 });
  });

  test('merges the ranges of an $in by the field behind it', async () => {
    const filter = { conversationId: { $in: ['c1', 'c5', 'c2'] } };
    const newest = await messages.find(filter).sort({ seq: -1 }).limit(6).toArray();
    expect(newest.map(({ seq }) => seq as number)).toEqual([29, 29, 29, 28, 28, 28]);
    const plan = await explained(filter, { seq: -1 }, 6);
    expect(stagesOf(plan.queryPlanner.winningPlan)).toEqual(['LIMIT', 'FETCH', 'IXSCAN']);
    expect(plan.executionStats.totalKeysExamined).toBe(6);
  });

  test('reads only the ranges of an $or', async () => {
    const branches = [0, 1, 2, 3].map((c) => ({ conversationId: `c${c}`, seq: { $gt: 26 } }));
    const plan = await explained({ $or: branches });
    expect(stagesOf(plan.queryPlanner.winningPlan)).toEqual(['FETCH', 'OR', 'IXSCAN', 'IXSCAN', 'IXSCAN', 'IXSCAN']);
    expect(plan.executionStats.totalKeysExamined).toBe(12);
    const unread = await messages
      .aggregate([
        { $match: { $or: branches } },
        { $group: { _id: '$conversationId', n: { $sum: 1 } } },
        { $sort: { _id: 1 } },
      ])
      .toArray();
    expect(unread).toEqual([0, 1, 2, 3].map((c) => ({ _id: `c${c}`, n: 3 })));
  });

  test('joins the newest message of each conversation with one seek each', async () => {
    const lists = database.fresh();
    await lists.insertMany(Array.from({ length: conversations }, (_, c) => ({ _id: `c${c}` as never })));
    const pipeline = [
      { $match: { type: 'text' } },
      { $sort: { seq: -1 } },
      { $limit: 1 },
      { $project: { _id: 0, seq: 1 } },
    ];
    const lookup = {
      from: messages.collectionName,
      localField: '_id',
      foreignField: 'conversationId',
      pipeline,
      as: 'last',
    };
    const joined = await lists.aggregate([{ $lookup: lookup }]).toArray();
    expect(joined).toEqual(Array.from({ length: conversations }, (_, c) => ({ _id: `c${c}`, last: [{ seq: 29 }] })));
  });

  test('joins with let and $expr', async () => {
    const lists = database.fresh();
    await lists.insertMany([
      { conv: 'c1', after: 27 },
      { conv: 'c2', after: 40 },
    ]);
    const match = { $expr: { $and: [{ $eq: ['$conversationId', '$$conv'] }, { $gt: ['$seq', '$$after'] }] } };
    const joined = await lists
      .aggregate([
        {
          $lookup: {
            from: messages.collectionName,
            let: { conv: '$conv', after: '$after' },
            pipeline: [{ $match: match }, { $count: 'n' }],
            as: 'unread',
          },
        },
        { $project: { _id: 0, conv: 1, unread: 1 } },
      ])
      .toArray();
    expect(joined).toEqual([
      { conv: 'c1', unread: [{ n: 2 }] },
      { conv: 'c2', unread: [] },
    ]);
  });

  test('sorts by the field behind a multikey one', async () => {
    const plan = await explained({ memberIds: 'u2' }, { updatedAt: -1 }, 3);
    expect(stagesOf(plan.queryPlanner.winningPlan)).toEqual(['LIMIT', 'FETCH', 'IXSCAN']);
    expect(plan.executionStats.totalKeysExamined).toBe(3);
    const newest = await messages.find({ memberIds: 'u2' }).sort({ updatedAt: -1 }).limit(3).toArray();
    expect(newest.map(({ updatedAt }) => updatedAt as number)).toEqual([2918, 2914, 2910]);
  });

  test('sorts by a list itself where its elements are what is asked for', async () => {
    const lists = database.fresh();
    await lists.createIndex({ tags: -1, _id: 1 });
    await lists.insertMany([
      { _id: 1, tags: ['cat'] },
      { _id: 2, tags: ['dog', 'cat'] },
      { _id: 3, tags: ['cat', 'ant'] },
    ] as never[]);
    const found = await lists.find({ tags: 'cat' }).sort({ tags: -1, _id: 1 }).toArray();
    expect(found.map(({ _id }) => _id as unknown)).toEqual([2, 1, 3]);
  });

  test('uses a partial index when the filter says what the index holds, and only then', async () => {
    const plan = await explained({ pending: true });
    expect(plan.executionStats).toMatchObject({ totalKeysExamined: conversations, nReturned: conversations });
    expect(stagesOf((await explained({ pending: { $ne: false } })).queryPlanner.winningPlan)).toEqual(['COLLSCAN']);
  });

  test('finds a prefix in a range', async () => {
    const plan = await explained({ name: /^name 1/ });
    expect(plan.executionStats).toMatchObject({ nReturned: 11, totalKeysExamined: 11 });
  });

  test('counts from the index alone', async () => {
    expect(await messages.countDocuments({ conversationId: 'c4', seq: { $gte: 10 } })).toBe(20);
    expect(await messages.countDocuments({ memberIds: 'all' })).toBe(conversations * perConversation);
    expect(await messages.countDocuments({ memberIds: { $in: ['all', 'u1'] } })).toBe(conversations * perConversation);
  });

  test('follows a hint, and refuses one that names no index', async () => {
    const plan = await messages.find({ conversationId: 'c1' }).hint('conversationId_1_type_1_seq_1').explain();
    expect(JSON.stringify(plan)).toContain('conversationId_1_type_1_seq_1');
    await expect(messages.find({}).hint('nonsense').toArray()).rejects.toMatchObject({ code: 2 });
  });
});
