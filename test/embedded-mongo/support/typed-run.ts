import type { Collection, Db, Document } from 'mongodb';
import { BSON, Int32 } from 'mongodb';
import { Random } from './random.js';
import { scalar, typedDocument, typedFilter, typedSort, typedUpdate } from './random-values.js';
import { changed, compare, TypedModel } from './typed-model.js';

const mostDocuments = 80;

const text = (value: unknown): string => BSON.EJSON.stringify(value, { relaxed: false });

/** Counts come as the driver's own numbers when it does not promote values. */
const numberOf = (value: unknown): number => Number(value);

/** What an operation gives, or the code it is refused with. */
async function outcome(run: () => unknown): Promise<string> {
  try {
    return text((await run()) ?? null);
  } catch (error) {
    const { code } = error as { code?: number | Int32 };
    if (code === undefined) throw error;
    return `code ${Number(code)}`;
  }
}

/** Drives a collection and a model of it with the same random operations. */
class TypedRun {
  readonly random: Random;
  readonly model = new TypedModel([
    { field: 'u', holds: (doc) => 'u' in doc },
    { field: 'p', holds: (doc) => doc.kind === 'x' },
  ]);
  #nextId = 0;

  constructor(
    readonly items: Collection,
    seed: number,
  ) {
    this.random = new Random(seed);
  }

  async step(): Promise<void> {
    const { random } = this;
    if (this.model.docs.length > mostDocuments) return this.remove();
    if (this.model.docs.length < 20) return this.insert();
    return random.pick([
      () => this.insert(),
      () => this.find(),
      () => this.find(),
      () => this.count(),
      () => this.distinct(),
      () => this.update(),
      () => this.upsert(),
      () => this.findAndUpdate(),
      () => this.arrayFilters(),
      () => this.remove(),
    ])();
  }

  /** Both sides must give the same, or refuse with the same code. */
  async both(what: unknown, model: () => unknown, real: () => Promise<unknown>): Promise<void> {
    const expected = await outcome(model);
    const found = await outcome(real);
    expect(`${text(what)} ${found}`).toBe(`${text(what)} ${expected}`);
  }

  someId(): Int32 {
    return new Int32(this.random.below(this.#nextId + 2));
  }

  async insert(): Promise<void> {
    const isKnown = this.random.chance(0.1);
    const doc = typedDocument(this.random, isKnown ? this.someId().value : (this.#nextId += 1));
    const real = async (): Promise<null> => {
      await this.items.insertOne({ ...doc });
      return null;
    };
    await this.both({ insert: doc }, () => this.model.insert(doc), real);
  }

  async find(): Promise<void> {
    const [filter, sort] = [typedFilter(this.random), typedSort(this.random)];
    const [projection, project] = this.random.pick<[Document, (doc: Document) => Document]>([
      [{}, (doc) => doc],
      [
        { v: 1 },
        ({ _id, v }: Document): Document => ({ _id: _id as unknown, ...(v === undefined ? {} : { v: v as unknown }) }),
      ],
      [{ _id: 0, list: 0, v: 0 }, ({ _id, list: _list, v: _v, ...rest }) => rest],
      [{ list: { $slice: 1 } }, (doc) => (doc.list ? { ...doc, list: (doc.list as unknown[]).slice(0, 1) } : doc)],
    ]);
    const limit = 1 + this.random.below(8);
    const model = (): Document[] => this.model.find(filter, sort).slice(0, limit).map(project);
    const real = async (): Promise<Document[]> =>
      this.items.find(filter, { projection }).sort(sort).limit(limit).toArray();
    await this.both({ filter, sort, projection, limit }, model, real);
  }

  async count(): Promise<void> {
    const filter = typedFilter(this.random);
    await this.both(
      { count: filter },
      () => this.model.find(filter, []).length,
      async () => numberOf(await this.items.countDocuments(filter)),
    );
  }

  async distinct(): Promise<void> {
    const [field, filter] = [this.random.pick(['v', 'w', 'kind']), typedFilter(this.random)];
    const found = (await this.items.distinct(field, filter)).sort(compare);
    const expected = this.model.distinct(field, filter);
    const same = found.length === expected.length && found.every((value, i) => compare(value, expected[i]) === 0);
    expect({ field, filter, found, same }).toEqual({ field, filter, found, same: true });
  }

  async update(): Promise<void> {
    const [_id, update] = [this.someId(), typedUpdate(this.random)];
    const model = (): number => {
      const [doc] = this.model.find({ _id: { $eq: _id } }, []);
      if (doc) this.model.replace(doc, changed(doc, update));
      return doc ? 1 : 0;
    };
    await this.both({ _id, update }, model, async () =>
      numberOf((await this.items.updateOne({ _id }, update)).matchedCount),
    );
  }

  async upsert(): Promise<void> {
    const [_id, w] = [this.someId(), scalar(this.random)];
    const update: Document = { $set: { kind: 'y' }, $push: { v: scalar(this.random) } };
    const model = (): number => {
      const [doc] = this.model.find({ _id: { $eq: _id }, w: { $eq: w } }, []);
      if (doc) this.model.replace(doc, changed(doc, update));
      else this.model.insert(changed({ _id, w, kind: 'y' }, update));
      return doc ? 0 : 1;
    };
    const real = async (): Promise<number> =>
      numberOf((await this.items.updateOne({ _id, w: { $eq: w } }, update, { upsert: true })).upsertedCount);
    await this.both({ upsert: update, _id, w }, model, real);
  }

  async findAndUpdate(): Promise<void> {
    const { random } = this;
    const [filter, sort, update] = [typedFilter(random), typedSort(random), typedUpdate(random)];
    const returnDocument = random.pick(['before', 'after'] as const);
    const model = (): Document | null => {
      const [before] = this.model.find(filter, sort);
      if (!before) return null;
      const after = changed(before, update);
      this.model.replace(before, after);
      return returnDocument === 'after' ? after : before;
    };
    const options = { sort: sort as never, returnDocument };
    await this.both({ filter, sort, update, returnDocument }, model, () =>
      this.items.findOneAndUpdate(filter, update, options),
    );
  }

  async arrayFilters(): Promise<void> {
    const [_id, k, n] = [this.someId(), new Int32(this.random.below(3)), new Int32(this.random.below(9))];
    const update = { $set: { 'list.$[e].n': n } };
    const model = (): number => {
      const [doc] = this.model.find({ _id: { $eq: _id } }, []);
      if (doc)
        this.model.replace(
          doc,
          changed(doc, update, (element) => compare(element.k, k) === 0),
        );
      return doc ? 1 : 0;
    };
    const real = async (): Promise<number> =>
      numberOf((await this.items.updateOne({ _id }, update, { arrayFilters: [{ 'e.k': k }] })).matchedCount);
    await this.both({ _id, arrayFilters: k }, model, real);
  }

  async remove(): Promise<void> {
    const filter: Document = { ...typedFilter(this.random), _id: { $lt: this.someId() } };
    await this.both(
      { remove: filter },
      () => this.model.remove(filter),
      async () => {
        return numberOf((await this.items.deleteMany(filter)).deletedCount);
      },
    );
  }
}

/** Runs random operations on a new collection with unique, sparse, partial and multikey indexes. */
export async function runTyped(db: Db, seed: number, operations: number): Promise<void> {
  const items = db.collection('typed', { promoteValues: false });
  await items.createIndexes([
    { key: { u: 1 }, unique: true, sparse: true },
    { key: { p: -1 }, unique: true, partialFilterExpression: { kind: 'x' } },
    { key: { v: -1, w: 1 } },
    { key: { w: 1, _id: -1 }, sparse: true },
    { key: { kind: 1, v: 1, w: -1 } },
  ]);
  const run = new TypedRun(items, seed);
  for (let i = 0; i < operations; i += 1) await run.step();
  expect(text(await items.find().sort({ _id: 1 }).toArray())).toBe(text(run.model.find({}, [['_id', 1]])));
  expect(await db.command({ validate: 'typed' })).toMatchObject({ valid: true, errors: [] });
}
