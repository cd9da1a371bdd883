import type { Collection, Document } from 'mongodb';
import { BSON } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { startTestDatabase } from './support/database.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

/** Names of a document as they are on the wire: a JavaScript object would give the numbers first. */
function namesIn(bytes: Uint8Array): string[] {
  return [...BSON.onDemand.parseToElements(bytes)].map(([, at, length]) =>
    Buffer.from(bytes.subarray(at, at + length)).toString(),
  );
}

const fields = [
  ['_id', 1],
  ['10', 'ten'],
  [
    'b',
    new Map<string, unknown>([
      ['z', 1],
      ['7', 2],
      ['3', 3],
    ]),
  ],
  ['2', 'two'],
  ['a', 'last'],
] as const;

async function filled(): Promise<Collection> {
  const items = database.fresh();
  await database.db.command({ insert: items.collectionName, documents: [new Map<string, unknown>(fields)] });
  return items;
}

async function storedNames(items: Collection, options: Document = {}): Promise<string[]> {
  const [bytes] = (await items.find({}, { raw: true, ...options }).toArray()) as unknown as Uint8Array[];
  return namesIn(bytes!);
}

async function innerNames(items: Collection): Promise<string[]> {
  const pipeline = [{ $replaceRoot: { newRoot: '$b' } }];
  const [bytes] = (await items.aggregate(pipeline, { raw: true }).toArray()) as unknown as Uint8Array[];
  return namesIn(bytes!);
}

const inOrder = ['_id', '10', 'b', '2', 'a'];

describe('fields whose names are numbers keep their order', () => {
  test('when they are inserted without an _id', async () => {
    const items = database.fresh();
    await database.db.command({ insert: items.collectionName, documents: [new Map(fields.slice(1) as never)] });
    expect(await storedNames(items)).toEqual(inOrder);
  });

  test.each<[string, Document, string[]]>([
    ['$set of another field', { $set: { a: 2 } }, inOrder],
    ['$set of new ones', { $set: { c: 1, 4: 1 } }, [...inOrder, '4', 'c']],
    ['$unset', { $unset: { 10: '' } }, ['_id', 'b', '2', 'a']],
    ['$rename', { $rename: { 10: '1' } }, ['_id', 'b', '2', 'a', '1']],
    ['$inc below them', { $inc: { 'b.3': 1 } }, inOrder],
  ])('through %s', async (_name, update, expected) => {
    const items = await filled();
    expect((await items.updateOne({}, update)).modifiedCount).toBe(1);
    expect(await storedNames(items)).toEqual(expected);
    expect(await innerNames(items)).toEqual(['z', '7', '3']);
  });

  test('through a replacement and a pipeline', async () => {
    const items = await filled();
    await database.db.command({
      update: items.collectionName,
      updates: [
        {
          q: {},
          u: new Map([
            ['9', 1],
            ['x', 1],
            ['8', 1],
          ]),
        },
      ],
    });
    expect(await storedNames(items)).toEqual(['_id', '9', 'x', '8']);
    await items.updateOne({}, [{ $set: { x: { $add: ['$x', 1] }, y: 1 } }]);
    expect(await storedNames(items)).toEqual(['_id', '9', 'x', '8', 'y']);
  });

  test('through projections', async () => {
    const items = await filled();
    expect(await storedNames(items, { projection: { 2: 1, 10: 1 } })).toEqual(['_id', '10', '2']);
    expect(await storedNames(items, { projection: { a: 0 } })).toEqual(['_id', '10', 'b', '2']);
  });

  test('through findAndModify', async () => {
    const items = await filled();
    const { value } = (await items.findOneAndUpdate(
      {},
      { $set: { a: 1 } },
      { raw: true, includeResultMetadata: true },
    )) as {
      value: unknown;
    };
    expect(namesIn(value as Uint8Array)).toEqual(inOrder);
    expect(await storedNames(items)).toEqual(inOrder);
  });

  test('through the stages of an aggregation', async () => {
    const items = await filled();
    const pipeline = [{ $addFields: { list: [1, 2] } }, { $unwind: '$list' }, { $limit: 1 }, { $project: { list: 0 } }];
    const [bytes] = (await items.aggregate(pipeline, { raw: true }).toArray()) as unknown as Uint8Array[];
    expect(namesIn(bytes!)).toEqual(inOrder);
    const grouped = [{ $group: { _id: null, doc: { $first: '$$ROOT' } } }, { $replaceWith: '$doc' }];
    const [first] = (await items.aggregate(grouped, { raw: true }).toArray()) as unknown as Uint8Array[];
    expect(namesIn(first!)).toEqual(inOrder);
  });

  test('when they are compared', async () => {
    const items = await filled();
    const equal = new Map([
      ['z', 1],
      ['7', 2],
      ['3', 3],
    ]);
    const other = new Map([
      ['z', 1],
      ['3', 3],
      ['7', 2],
    ]);
    const count = async (b: Map<string, number>): Promise<number> => {
      const { n } = (await database.db.command({ count: items.collectionName, query: { b } })) as { n: number };
      return n;
    };
    for (const index of [undefined, { b: 1 } as const]) {
      if (index) await items.createIndex(index);
      expect([await count(equal), await count(other)]).toEqual([1, 0]);
    }
  });

  test('in the key of an index', async () => {
    const items = await filled();
    await database.db.command({
      createIndexes: items.collectionName,
      indexes: [
        {
          key: new Map([
            ['10', 1],
            ['2', -1],
          ]),
          name: 'numbers',
        },
      ],
    });
    const plan = await items.find({ 10: 'ten' }).sort({ 2: 1 }).explain();
    expect(JSON.stringify(plan)).toContain('IXSCAN');
    expect(JSON.stringify(plan)).not.toContain('"SORT"');
  });

  const literal = new Map<string, unknown>([
    ['z', '$_id'],
    ['10', '$10'],
    ['2', '$2'],
  ]);
  test.each<[string, Document[]]>([
    ['a literal', [{ $replaceWith: literal }]],
    ['the key of a group', [{ $group: { _id: literal } }, { $replaceWith: '$_id' }]],
    ['$map', [{ $replaceWith: { $first: [{ $map: { input: ['$_id'], in: literal } }] } }]],
    ['$mergeObjects', [{ $replaceWith: { $mergeObjects: [literal, { z: 5 }] } }]],
    ['$setField', [{ $replaceWith: { $setField: { field: 'z', input: literal, value: 5 } } }]],
    ['$cond', [{ $replaceWith: { $cond: { if: true, then: literal, else: {} } } }]],
    ['$redact', [{ $replaceWith: literal }, { $redact: '$$DESCEND' }]],
  ])('in what is built by %s', async (_name, pipeline) => {
    const items = await filled();
    const [bytes] = (await items.aggregate(pipeline, { raw: true }).toArray()) as unknown as Uint8Array[];
    expect(namesIn(bytes!)).toEqual(['z', '10', '2']);
  });
});
