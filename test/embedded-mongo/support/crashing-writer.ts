import { once } from 'node:events';
import { GridFSBucket, MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../../../src/embedded-mongo/index.js';
import { fileSize, pagesSize, scratchSize } from './crash-sizes.js';

/*
 * A process that writes until it is killed: `node crashing-writer.js <data folder> <round>`. It prints what the database
 * has acknowledged, one operation a line.
 */
const [dataDir = '', round = '0'] = process.argv.slice(2);
const mongo = await startEmbeddedMongo({ dataDir });
const client = await new MongoClient(mongo.uri).connect();
const items = client.db().collection<{ _id: string; n: number; group: number; tags: string[] }>('items');
await items.createIndexes([{ key: { group: 1, n: 1 } }, { key: { tags: 1 } }, { key: { n: 1, _id: 1 }, unique: true }]);

const pages = client.db().collection('pages');
const scratch = client.db().collection('scratch');
const counters = client.db().collection<{ _id: string; n: number }>('counters');
const bucket = new GridFSBucket(client.db());
if ((await pages.estimatedDocumentCount()) === 0) {
  await pages.insertMany(Array.from({ length: pagesSize }, (_, n) => ({ n, text: 'x'.repeat(400) })));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function write(writer: number): Promise<never> {
  for (let i = 0; ; i += 1) {
    const ids = Array.from({ length: 1 + (i % 5) }, (_, k) => `${round}.${writer}.${i}.${k}`);
    await items.insertMany(ids.map((_id, n) => ({ _id, n, group: writer, tags: [`t${n}`, `w${writer}`] })));
    say(`inserted ${ids.join(' ')}`);
    if (i % 3 === 0) {
      await items.updateOne({ _id: ids[0]! }, { $set: { n: 1000 }, $push: { tags: 'updated' } });
      say(`updated ${ids[0]!}`);
    }
    if (i % 7 === 0) {
      await items.deleteOne({ _id: ids.at(-1)! });
      say(`deleted ${ids.at(-1)!}`);
    }
  }
}

/** A collection of many pages whose indexes come and go. */
async function buildIndexes(): Promise<never> {
  for (;;) {
    const name = await pages.createIndex({ n: -1, text: 1 });
    await pages.dropIndex(name);
  }
}

/** A collection that is dropped by one command, also what a killed process left, and made by the next. */
async function makeAndDrop(): Promise<never> {
  for (;;) {
    await scratch.drop();
    await scratch.insertMany(Array.from({ length: scratchSize }, (_, n) => ({ n })));
  }
}

async function countUp(): Promise<never> {
  for (;;) {
    const counter = await counters.findOneAndUpdate(
      { _id: 'all' },
      { $inc: { n: 1 } },
      { upsert: true, returnDocument: 'after' },
    );
    say(`counted ${counter!.n}`);
  }
}

async function upload(): Promise<never> {
  for (let i = 0; ; i += 1) {
    const name = `${round}.${i}`;
    const file = bucket.openUploadStream(name);
    file.end(Buffer.alloc(fileSize, i));
    await once(file, 'finish');
    say(`uploaded ${name}`);
  }
}

say('ready');
await Promise.all([
  ...Array.from({ length: 8 }, async (_, writer) => write(writer)),
  buildIndexes(),
  makeAndDrop(),
  countUp(),
  upload(),
]);
