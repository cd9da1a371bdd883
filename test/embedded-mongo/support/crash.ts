import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Binary, Db } from 'mongodb';
import { MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../../../src/embedded-mongo/index.js';
import { fileSize, pagesSize, scratchSize } from './crash-sizes.js';
import { temporaryFolder } from './database.js';
import { Random } from './random.js';

const program = fileURLToPath(new URL('./crashing-writer.js', import.meta.url));
const longestLife = 400;

/** What the database has acknowledged over all rounds. */
class Acknowledged {
  readonly inserted = new Set<string>();
  readonly updated = new Set<string>();
  readonly deleted = new Set<string>();
  readonly uploaded = new Set<string>();
  readonly counted = new Set<string>();

  note(line: string): void {
    const [verb, ...ids] = line.split(' ');
    for (const id of ids) this[verb as 'inserted'].add(id);
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
  /** The collections whose indexes and documents do not agree. */
  readonly damaged: readonly string[];
}

async function damagedCollections(db: Db): Promise<string[]> {
  const collections = await db.listCollections().toArray();
  const checked = await Promise.all(
    collections.map(async ({ name }) => [name, (await db.command({ validate: name })).valid as unknown] as const),
  );
  return checked.filter(([, isValid]) => isValid !== true).map(([name]) => name);
}

/** What the writers left that build indexes, drop collections, count, and upload files. */
async function inspectBeside(db: Db, seen: Acknowledged): Promise<Omit<CrashReport, 'acknowledged'>> {
  const highest = Math.max(0, ...[...seen.counted].map(Number));
  const counter = await db.collection('counters').findOne();
  const lost = Number(counter?.n ?? 0) < highest ? [`counter ${highest}`] : [];
  const files = new Map(
    (await db.collection('fs.files').find().toArray()).map((file) => [file.filename as string, file]),
  );
  for (const name of seen.uploaded) {
    const chunks = await db
      .collection('fs.chunks')
      .find({ files_id: files.get(name)?._id })
      .toArray();
    const size = chunks.reduce((sum, { data }) => sum + (data as Binary).length(), 0);
    if (size !== fileSize) lost.push(`file ${name}`);
  }
  const [pages, scratch] = [
    await db.collection('pages').countDocuments(),
    await db.collection('scratch').countDocuments(),
  ];
  const halfWritten = [
    ...(pages === pagesSize ? [] : [`pages ${pages}`]),
    ...(scratch === 0 || scratch === scratchSize ? [] : [`scratch ${scratch}`]),
  ];
  return { lost, halfWritten, damaged: await damagedCollections(db) };
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
  const beside = await inspectBeside(client.db(), seen);
  await client.close();
  await mongo.stop();
  return {
    acknowledged: seen.inserted.size,
    lost: [...lost, ...revived, ...forgotten, ...beside.lost],
    halfWritten: [...halfWritten, ...beside.halfWritten],
    damaged: beside.damaged,
  };
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
