import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Collection } from 'mongodb';
import { MongoClient, ObjectId } from 'mongodb';
import { startEmbeddedMongo } from '../src/embedded-mongo/index.js';
import { startNullServer, syncsASecond } from './support/null-server.js';

/*
 * The embedded database under the load of a chat: `npm run bench -- embedded [--quick]`. With MONGODB_URI set, the same
 * is measured there, side by side.
 */

interface Message {
  readonly _id: ObjectId;
  readonly conversationId: string;
  readonly seq: number;
  readonly type: string;
  readonly actorId: string;
  readonly clientMessageId: string;
  text: string;
}

type Row = Record<string, string | number>;
type Results = Map<string, number>;

const conversations = Array.from({ length: 50 }, (_, i) => `conversation-${i}`);
const text = 'Shall we meet at the usual place at seven? I will bring the tickets and something to drink.';

class Load {
  seq = 0;

  constructor(readonly messages: Collection<Message>) {}

  message(): Message {
    const seq = (this.seq += 1);
    const conversationId = conversations[seq % conversations.length]!;
    return {
      _id: new ObjectId(),
      conversationId,
      seq,
      type: 'message',
      actorId: `user-${seq % 97}`,
      clientMessageId: `c-${seq}`,
      text,
    };
  }

  async prepare(): Promise<void> {
    await this.messages.drop();
    await this.messages.createIndexes([
      { key: { conversationId: 1, seq: 1 }, unique: true },
      {
        key: { actorId: 1, clientMessageId: 1 },
        unique: true,
        partialFilterExpression: { clientMessageId: { $type: 'string' } },
      },
      { key: { conversationId: 1, type: 1, seq: 1 } },
      { key: { pending: 1 }, partialFilterExpression: { pending: true } },
    ]);
  }

  async fill(count: number): Promise<void> {
    while (this.seq < count) {
      const size = Math.min(1000, count - this.seq);
      await this.messages.insertMany(
        Array.from({ length: size }, () => this.message()),
        { ordered: true },
      );
    }
  }

  async page(): Promise<void> {
    const conversationId = conversations[this.seq % conversations.length]!;
    const before = Math.floor(this.seq * 0.9);
    const page = await this.messages
      .find({ conversationId, seq: { $lt: before } })
      .sort({ seq: -1 })
      .limit(50)
      .toArray();
    if (page.length === 0) throw new Error('the page is empty');
  }
}

/** How many times a second an operation runs, with so many of them under way. */
async function rate(inFlight: number, milliseconds: number, operation: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  let done = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() - started < milliseconds) {
      await operation();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return (done / (performance.now() - started)) * 1000;
}

/** The median time of an operation in microseconds. */
async function median(times: number, operation: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const started = performance.now();
    await operation();
    taken.push(performance.now() - started);
  }
  return taken.sort((a, b) => a - b)[times >> 1]! * 1000;
}

async function measure(client: MongoClient, sizes: readonly number[], time: number): Promise<Results> {
  const load = new Load(client.db('chatset_bench').collection<Message>('messages'));
  await load.prepare();
  const inserts = await measureInserts(load, time);
  await load.prepare();
  load.seq = 0;
  const pages = await measurePages(load, sizes);
  return new Map([...inserts, ...pages, ...(await measureSingles(load.messages, time))]);
}

async function measureInserts(load: Load, time: number): Promise<Results> {
  const insert = async (): Promise<unknown> => load.messages.insertOne(load.message());
  const insertMany = async (): Promise<unknown> =>
    load.messages.insertMany(Array.from({ length: 100 }, () => load.message()));
  await rate(64, time / 4, insert);
  return new Map([
    ['inserts a second, one by one', await rate(1, time, insert)],
    ['inserts a second, 64 in flight', await rate(64, time, insert)],
    ['inserts a second, 100 in a command, 8 in flight', 100 * (await rate(8, time, insertMany))],
  ]);
}

async function measurePages(load: Load, sizes: readonly number[]): Promise<Results> {
  const results: Results = new Map();
  const taken: number[] = [];
  for (const size of sizes) {
    await load.fill(size);
    await median(200, async () => load.page());
    taken.push(await median(500, async () => load.page()));
    results.set(`page of 50 at ${size} messages, median µs`, taken.at(-1)!);
  }
  return results.set('page, last size against first', taken.at(-1)! / taken[0]!);
}

async function measureSingles(messages: Collection<Message>, time: number): Promise<Results> {
  const some = await messages
    .find({}, { projection: { _id: 1 } })
    .limit(1000)
    .toArray();
  const any = (): Pick<Message, '_id'> => ({ _id: some[Math.floor(Math.random() * some.length)]!._id });
  const update = async (): Promise<unknown> => messages.updateOne(any(), { $set: { text: `${text}${Math.random()}` } });
  const count = async (): Promise<unknown> => messages.countDocuments({ conversationId: conversations[3]! });
  return new Map([
    ['find by _id, median µs', await median(2000, async () => messages.findOne(any()))],
    ['updates a second, one by one', await rate(1, time, update)],
    ['updates a second, 64 in flight', await rate(64, time, update)],
    ['count of one conversation by index, median µs', await median(20, count)],
  ]);
}

async function measureEmbedded(sizes: readonly number[], time: number): Promise<Results> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-embedded-'));
  try {
    const first = await startEmbeddedMongo({ dataDir });
    const client = await new MongoClient(first.uri, { maxPoolSize: 64 }).connect();
    const results = await measure(client, sizes, time);
    await client.close();
    await first.stop();
    const started = performance.now();
    const second = await startEmbeddedMongo({ dataDir });
    results.set(`opening a folder with ${sizes.at(-1)!} messages, ms`, performance.now() - started);
    await second.stop();
    return results;
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** What limits every database on this machine: the driver, against a server that does nothing, and the disk. */
async function measureLimits(time: number): Promise<Results> {
  const server = await startNullServer();
  const client = await new MongoClient(server.uri, { maxPoolSize: 64 }).connect();
  const load = new Load(client.db('chatset_bench').collection<Message>('messages'));
  const insert = async (): Promise<unknown> => load.messages.insertOne(load.message());
  await rate(64, time / 4, insert);
  const results: Results = new Map([
    ['limit of the driver: one by one, against a server that does nothing', await rate(1, time, insert)],
    ['limit of the driver: 64 in flight, against a server that does nothing', await rate(64, time, insert)],
    ['limit of the disk: blocks synced a second (a commit syncs twice)', syncsASecond(time / 2)],
  ]);
  await client.close();
  await server.stop();
  return results;
}

async function measureServer(uri: string, sizes: readonly number[], time: number): Promise<Results> {
  const client = await new MongoClient(uri, { maxPoolSize: 64 }).connect();
  try {
    return await measure(client, sizes, time);
  } finally {
    await client.db('chatset_bench').dropDatabase();
    await client.close();
  }
}

function shown(value: number | undefined): string | number {
  if (value === undefined) return '-';
  return value < 100 ? Number(value.toFixed(2)) : Math.round(value);
}

/** Measures and prints a table. `--quick` stops at 100 thousand messages. */
export async function run(args: string[]): Promise<void> {
  const isQuick = args.includes('--quick');
  const sizes = isQuick ? [1_000, 100_000] : [1_000, 100_000, 1_000_000];
  const time = isQuick ? 1_000 : 4_000;
  const limits = await measureLimits(time);
  const embedded = new Map([...(await measureEmbedded(sizes, time)), ...limits]);
  const uri = process.env.MONGODB_URI;
  const server = uri ? await measureServer(uri, sizes, time) : undefined;
  const table: Record<string, Row> = {};
  for (const [name, value] of embedded) {
    table[name] = server
      ? { embedded: shown(value), MONGODB_URI: shown(server.get(name)) }
      : { embedded: shown(value) };
  }
  console.table(table);
}
