import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../../../src/embedded-mongo/index.js';
import { temporaryFolder } from './database.js';
import { Random } from './random.js';

const program = fileURLToPath(new URL('./crashing-writer.js', import.meta.url));
const longestLife = 400;

/** What the database has acknowledged over all rounds. */
class Acknowledged {
  readonly inserted = new Set<string>();
  readonly updated = new Set<string>();
  readonly deleted = new Set<string>();

  note(line: string): void {
    const [verb, ...ids] = line.split(' ');
    const set = { inserted: this.inserted, updated: this.updated, deleted: this.deleted }[verb as 'inserted'];
    for (const id of ids) set.add(id);
  }
}

/** Runs a writer until it is killed at a random moment. */
async function writeAndKill(
  dataDir: string,
  round: number,
  { random, seen }: { random: Random; seen: Acknowledged },
): Promise<void> {
  const child: ChildProcess = spawn(process.execPath, [program, dataDir, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout! });
  const ready = once(lines, 'line');
  await Promise.race([ready, exited.then(() => Promise.reject(new Error('the writer ended by itself')))]);
  lines.on('line', (line) => seen.note(line));
  await setTimeout(random.below(longestLife));
  child.kill('SIGKILL');
  await exited;
  lines.close();
}

export interface CrashReport {
  readonly acknowledged: number;
  /** Acknowledged inserts that are not there, and deletes that did not happen. */
  readonly lost: readonly string[];
  readonly halfWritten: readonly string[];
  readonly validation: unknown;
}

async function inspect(dataDir: string, seen: Acknowledged): Promise<CrashReport> {
  const mongo = await startEmbeddedMongo({ dataDir });
  const client = await new MongoClient(mongo.uri).connect();
  const items = client.db().collection<{ _id: string; n: number; tags: string[] }>('items');
  const stored = new Map((await items.find().toArray()).map((doc) => [doc._id, doc]));
  const lost = [...seen.inserted].filter((id) => !stored.has(id) && !mayBeDeleted(id));
  const revived = [...seen.deleted].filter((id) => stored.has(id));
  const forgotten = [...seen.updated].filter((id) => stored.has(id) && stored.get(id)?.n !== 1000);
  const halfWritten = [...stored.values()]
    .filter(({ n, tags }) => (n === 1000) !== tags.includes('updated'))
    .map(({ _id }) => _id);
  const validation: unknown = await client.db().command({ validate: 'items' });
  await client.close();
  await mongo.stop();
  return { acknowledged: seen.inserted.size, lost: [...lost, ...revived, ...forgotten], halfWritten, validation };
}

/** The writer deletes the last of every seventh batch; it may be killed before the answer comes. */
function mayBeDeleted(id: string): boolean {
  const [, , batch, position] = id.split('.').map(Number);
  return batch! % 7 === 0 && position === batch! % 5;
}

/** Kills a writing process again and again on the same folder, and inspects what it leaves after each time. */
export async function crashRounds(rounds: number, seed: number, report: (found: CrashReport) => void): Promise<void> {
  const dataDir = temporaryFolder();
  const context = { random: new Random(seed), seen: new Acknowledged() };
  try {
    for (let round = 0; round < rounds; round += 1) {
      await writeAndKill(dataDir, round, context);
      report(await inspect(dataDir, context.seen));
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
