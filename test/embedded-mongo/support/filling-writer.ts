import { MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../../../src/embedded-mongo/index.js';

/* Writes until the disk is full, and prints what it found as JSON: `node filling-writer.js <data folder>`. */
const mongo = await startEmbeddedMongo({ dataDir: process.argv[2] ?? '' });
const client = await new MongoClient(mongo.uri).connect();
const items = client.db().collection<{ _id: number; text: string }>('items');
const text = 'x'.repeat(100_000);
let acknowledged = 0;
let code: unknown;
for (; code === undefined && acknowledged < 1000; acknowledged += code === undefined ? 1 : 0) {
  code = await items.insertOne({ _id: acknowledged, text }).then(
    () => undefined,
    (error: unknown) => (error as { code: unknown }).code,
  );
}
const stored = await items.countDocuments();
const { deletedCount } = await items.deleteMany({ _id: { $lt: 5 } });
const validation = await client.db().command({ validate: 'items' });
process.stdout.write(JSON.stringify({ code, acknowledged, stored, deletedCount, valid: validation.valid as boolean }));
await client.close();
await mongo.stop();
