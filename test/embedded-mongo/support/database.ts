import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Collection, Db } from 'mongodb';
import { MongoClient } from 'mongodb';
import type { EmbeddedMongo } from '../../../src/embedded-mongo/index.js';
import { startEmbeddedMongo } from '../../../src/embedded-mongo/index.js';

/** A database on a folder of its own, with a client. */
export interface TestDatabase {
  readonly dataDir: string;
  readonly mongo: EmbeddedMongo;
  readonly client: MongoClient;
  readonly db: Db;
  /** A collection that no other test has. */
  fresh(): Collection;
  /** Ends the client and the database and removes the folder. */
  stop(): Promise<void>;
}

let names = 0;

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'embedded-'));
}

export async function startTestDatabase(dataDir = temporaryFolder()): Promise<TestDatabase> {
  const mongo = await startEmbeddedMongo({ dataDir });
  const client = await new MongoClient(mongo.uri, { ignoreUndefined: true }).connect();
  const db = client.db();
  return {
    dataDir,
    mongo,
    client,
    db,
    fresh: () => db.collection(`c${(names += 1)}`),
    stop: async () => {
      await client.close();
      await mongo.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Resolves when it is so. @throws Error when it does not come to be within so many milliseconds. */
export async function eventually(isSo: () => Promise<boolean>, within = 15_000): Promise<void> {
  const end = Date.now() + within;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('it did not come to be');
    await setTimeout(50);
  }
}

/** What a driver's error says. */
export interface Refusal {
  readonly code?: number;
  readonly message?: string;
  readonly result?: { readonly insertedCount: number };
  readonly writeErrors?: readonly { readonly index: number }[];
}

/** What a command's refusal says, for `toMatchObject`. */
export async function refusal(promise: Promise<unknown>): Promise<Refusal> {
  const result = await promise.then(
    (value) => ({ notRefused: value }),
    (error: unknown) => error,
  );
  return result as Refusal;
}

interface Stage {
  stage: string;
  indexName?: string;
  inputStage?: Stage;
  inputStages?: Stage[];
}

/** The names of the stages of a plan, from the outside in. */
export function stagesOf(plan: unknown): string[] {
  const { stage, inputStage, inputStages = [] } = plan as Stage;
  return [stage, ...(inputStage ? stagesOf(inputStage) : []), ...inputStages.flatMap(stagesOf)];
}
