import type { Collection, Document } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { startTestDatabase } from './support/database.js';
import { ModelCollection } from './support/model.js';
import { randomDocument, randomFilter, randomUpdate } from './support/random-documents.js';
import { Random, seedOfRun } from './support/random.js';

const operations = Number(process.env.OPERATIONS ?? 5000);
const mostDocuments = 150;
const seed = seedOfRun();
const sorts = [
  [['_id', 1]],
  [
    ['b', -1],
    ['_id', 1],
  ],
  [
    ['a', 1],
    ['b', -1],
    ['_id', 1],
  ],
  [
    ['a', -1],
    ['b', 1],
    ['_id', -1],
  ],
  [
    ['tags', 1],
    ['_id', 1],
  ],
  [
    ['tags', 1],
    ['b', 1],
    ['_id', 1],
  ],
  [
    ['b', 1],
    ['_id', 1],
  ],
  [
    ['n.x', 1],
    ['a', 1],
    ['_id', 1],
  ],
  [
    ['n.x', -1],
    ['b', 1],
    ['_id', -1],
  ],
  [
    ['tags', -1],
    ['_id', 1],
  ],
] as const;

let database: TestDatabase;
let items: Collection;
beforeAll(async () => {
  database = await startTestDatabase();
  items = database.fresh();
  await items.createIndexes([
    { key: { a: 1, b: -1 } },
    { key: { b: 1, _id: 1 } },
    { key: { tags: 1, b: 1 } },
    { key: { 'n.x': 1, a: 1 }, sparse: true },
    { key: { 'items.k': 1, 'items.v': 1 } },
    { key: { 'n.x': -1, b: 1 }, name: 'partial', partialFilterExpression: { b: { $gte: 5 } } },
    { key: { tags: -1, _id: 1 }, name: 'partial multikey', partialFilterExpression: { b: { $gte: 5 } } },
  ]);
});
afterAll(async () => database.stop());

class Run {
  readonly model = new ModelCollection();
  readonly random = new Random(seed);
  /** The indexes that plans were seen to read. */
  readonly usedIndexes = new Set<string>();
  #nextId = 0;

  async step(): Promise<void> {
    const choice = this.random.next();
    if (this.model.docs.length > mostDocuments) await this.remove();
    else if (choice < 0.25 || this.model.docs.length < 20) await this.insert();
    else if (choice < 0.7) await this.find();
    else if (choice < 0.92) await this.update();
    else if (choice < 0.96) await this.count();
    else await this.remove();
  }

  async insert(): Promise<void> {
    const id = this.random.chance(0.1) ? this.random.below(this.#nextId + 1) : (this.#nextId += 1);
    const doc = randomDocument(this.random, id);
    const isNew = this.model.insert(doc);
    const inserted = await items.insertOne(doc as never).then(
      () => true,
      (error: unknown) => {
        expect(error).toMatchObject({ code: 11000 });
        return false;
      },
    );
    expect(inserted).toBe(isNew);
  }

  async find(): Promise<void> {
    const filter = randomFilter(this.random);
    const sort = this.random.pick(sorts);
    const [skip, limit] = [this.random.below(3), this.random.below(12)];
    const sorted = this.model.sorted(filter, sort).slice(skip);
    const expected = limit === 0 ? sorted : sorted.slice(0, limit);
    const found = await items.find(filter, { batchSize: 5 }).sort(sort).skip(skip).limit(limit).toArray();
    expect({ filter, sort, found }).toEqual({ filter, sort, found: expected });
    if (this.usedIndexes.size < 8 || this.random.chance(0.05)) await this.explain(filter, sort);
  }

  async explain(filter: Document, sort: (typeof sorts)[number]): Promise<void> {
    const plan = JSON.stringify(await items.find(filter).sort(sort).explain('queryPlanner'));
    for (const [, name] of plan.matchAll(/"indexName":"([^"]+)"/g)) this.usedIndexes.add(name!);
  }

  async update(): Promise<void> {
    const isMulti = this.random.chance(0.4);
    const filter: Document = isMulti ? randomFilter(this.random) : { _id: this.random.below(this.#nextId) };
    const modifier = randomUpdate(this.random);
    const ids = this.model.matching(filter).map(({ _id }) => _id as never);
    const matched = this.model.update(filter, modifier, isMulti);
    const result = isMulti ? await items.updateMany(filter, modifier) : await items.updateOne(filter, modifier);
    expect({ filter, matched: result.matchedCount }).toEqual({ filter, matched });
    const which = { _id: { $in: ids } };
    const stored = await items.find(which).sort({ _id: 1 }).toArray();
    expect({ filter, modifier, stored }).toEqual({ filter, modifier, stored: this.model.sorted(which, [['_id', 1]]) });
  }

  async count(): Promise<void> {
    const filter = randomFilter(this.random);
    expect({ filter, n: await items.countDocuments(filter) }).toEqual({
      filter,
      n: this.model.matching(filter).length,
    });
  }

  async remove(): Promise<void> {
    const filter = { ...randomFilter(this.random), _id: { $lt: this.random.below(this.#nextId) } };
    const removed = this.model.remove(filter);
    expect({ filter, n: (await items.deleteMany(filter as never)).deletedCount }).toEqual({ filter, n: removed });
  }
}

test(`answers as a plain array does through ${operations} random operations (SEED=${seed})`, async () => {
  const run = new Run();
  for (let i = 0; i < operations; i += 1) await run.step();
  expect(await items.find().sort({ _id: 1 }).toArray()).toEqual(run.model.sorted({}, [['_id', 1]]));
  const names = (await items.indexes()).map(({ name }) => name);
  expect([...run.usedIndexes].sort()).toEqual(names.sort());
  expect(await database.db.command({ validate: items.collectionName })).toMatchObject({ valid: true, errors: [] });
}, 120_000);
