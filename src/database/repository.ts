import type { Collection, Model, PipelineStage, UpdateQuery } from 'mongoose';
import { revive, type Stored } from './entity.js';
import { isId } from './ids.js';

/** A filter in MongoDB's language, written by the program itself and never by a caller. */
export type Filter = Record<string, unknown>;
export type Change = UpdateQuery<Stored> | PipelineStage[];

export interface FindOptions {
  readonly sort?: Record<string, 1 | -1>;
  readonly limit?: number;
}

/** One of several finds that go out as one command. */
export interface Find {
  readonly filter: Filter;
  readonly options: FindOptions;
}

/** Which answer of several a row belongs to; a name that no model has. */
const answerField = 'answerOfFind';

/** Lean reads and writes of one collection; everything that comes out is a plain entity of class T. */
export class Repository<T extends object> {
  constructor(
    private readonly Entity: new () => T,
    readonly model: Model<Stored>,
  ) {}

  /** The driver's own collection, for ordered bulk writes that must not be touched by Mongoose. */
  get native(): Collection {
    return this.model.collection;
  }

  async find(filter: Filter, options: FindOptions = {}): Promise<T[]> {
    const rows = await this.model.find(filter, null, { ...options, lean: true });
    return rows.map((row) => this.revive(row));
  }

  /** What each of the finds answers, in their order, with one command. */
  async findEach(finds: readonly Find[]): Promise<T[][]> {
    const [first, ...others] = finds;
    if (!first) return [];
    if (others.length === 0) return [await this.find(first.filter, first.options)];
    const pipelines = others.map((find, at) => this.stagesOf(find, at + 1));
    const unions = pipelines.map((pipeline) => ({ $unionWith: { coll: this.native.collectionName, pipeline } }));
    const rows = await this.aggregate<Stored>([...this.stagesOf(first, 0), ...unions] as PipelineStage[]);
    const answers = finds.map((): T[] => []);
    for (const { [answerField]: at, ...row } of rows) answers[at as number]?.push(this.revive(row));
    return answers;
  }

  private stagesOf({ filter, options: { sort, limit } }: Find, at: number): object[] {
    return [
      { $match: this.model.find(filter).cast(this.model) as Filter },
      ...(sort ? [{ $sort: sort }] : []),
      ...(limit === undefined ? [] : [{ $limit: limit }]),
      { $set: { [answerField]: at } },
    ];
  }

  async findOne(filter: Filter, options: FindOptions = {}): Promise<T | undefined> {
    const row = await this.model.findOne(filter, null, { ...options, lean: true });
    return row ? this.revive(row) : undefined;
  }

  /** Undefined also for a text that cannot be an id. */
  async findById(id: string): Promise<T | undefined> {
    return isId(id) ? this.findOne({ _id: id }) : undefined;
  }

  /** In the order of the ids asked for; undefined where there is none. */
  async findByIds(ids: readonly string[]): Promise<(T | undefined)[]> {
    const found = await this.find({ _id: { $in: ids.filter(isId) } });
    const byId = new Map(found.map((entity) => [(entity as { id: string }).id, entity]));
    return ids.map((id) => byId.get(id));
  }

  /** @throws MongoServerError 11000 when a unique index refuses it. */
  async insert(row: Stored): Promise<T> {
    const document = await this.model.create(row);
    return this.revive(document.toObject({ getters: false, virtuals: false }));
  }

  /** The document after the change, or undefined when none matched. */
  async findOneAndUpdate(filter: Filter, change: Change, options: { upsert?: boolean } = {}): Promise<T | undefined> {
    const row = await this.model.findOneAndUpdate(filter, change, { ...options, returnDocument: 'after', lean: true });
    return row ? this.revive(row) : undefined;
  }

  /** How many documents matched. */
  async updateMany(filter: Filter, change: Change): Promise<number> {
    return (await this.model.updateMany(filter, change)).matchedCount;
  }

  /** How many documents were removed. */
  async deleteMany(filter: Filter): Promise<number> {
    return (await this.model.deleteMany(filter)).deletedCount;
  }

  async aggregate<Row>(pipeline: PipelineStage[]): Promise<Row[]> {
    return this.model.aggregate<Row>(pipeline);
  }

  revive(row: Stored): T {
    return revive(this.Entity, row);
  }
}

/** Whether an error is MongoDB's refusal of a duplicate in a unique index. */
export function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && (error as { code?: unknown }).code === 11_000;
}
