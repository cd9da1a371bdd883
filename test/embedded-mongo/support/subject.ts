import type { AggregateOptions, Collection, Document } from 'mongodb';
import { startTestDatabase, type TestDatabase } from './database.js';

/** A document of which expressions are asked. */
export interface Subject {
  /** A collection that no other test has. */
  readonly fresh: () => Collection;
  /** What a pipeline makes of it. */
  readonly aggregate: (pipeline: Document[]) => Promise<Document[]>;
  /** The value of an expression; undefined where it is missing. */
  readonly evaluate: (expression: unknown) => Promise<unknown>;
}

/** To be called once in a file: its tests share a database. */
export function testSubject(subject: Document, options: AggregateOptions = {}): Subject {
  let database: TestDatabase;
  beforeAll(async () => (database = await startTestDatabase()));
  afterAll(() => database.stop());
  const aggregate = async (pipeline: Document[]): Promise<Document[]> => {
    const items = database.fresh();
    await items.insertOne({ ...subject });
    return items.aggregate(pipeline, options).toArray();
  };
  return {
    fresh: () => database.fresh(),
    aggregate,
    evaluate: async (expression) => {
      const [found] = await aggregate([{ $project: { _id: 0, result: expression } }]);
      return found?.result as unknown;
    },
  };
}
