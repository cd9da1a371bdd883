import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** Starts a database; its folder is removed with it unless it is to be kept. */
export async function startTestDatabase(dataDir = temporaryFolder(), { isKept = false } = {}): Promise<TestDatabase> {
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
      if (!isKept) rmSync(dataDir, { recursive: true, force: true });
    },
  };
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
