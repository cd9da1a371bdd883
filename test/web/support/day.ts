import { join } from 'node:path';
import { type Collections, openDatabase } from '../../../src/database/database.js';
import { objectId } from '../../../src/database/ids.js';
import { startEmbeddedMongo } from '../../../src/embedded-mongo/index.js';

const minute = 60_000;
const hour = 60 * minute;
/** When each conversation began, in hours from midnight (UTC) of today: the oldest first. */
const beginnings = [-6, -4.4, 7.95, 8.6];
/** Minutes between one entry and the next. */
const gaps = [3, 1, 4, 2, 19, 6];

/**
 * Makes of what was said in a moment the talk of an evening and a morning, as pictures want it.
 * @param folder the working folder of a server that has stopped
 */
export async function spreadOverDay(folder: string): Promise<void> {
  const mongo = await startEmbeddedMongo({ dataDir: join(folder, 'data') });
  const database = await openDatabase(mongo.uri);
  try {
    await spread(database.collections);
  } finally {
    await database.close();
    await mongo.stop();
  }
}

async function spread({ conversations, log, reports }: Collections): Promise<void> {
  const midnight = new Date().setUTCHours(0, 0, 0, 0);
  const all = await conversations.find({}, { sort: { _id: 1 } });
  for (const [at, { id }] of all.entries()) {
    let time = midnight + (beginnings[at % beginnings.length] ?? 0) * hour;
    const entries = await log.find({ conversationId: id }, { sort: { seq: 1 } });
    for (const [place, { seq }] of entries.entries()) {
      time += (gaps[place % gaps.length] ?? 1) * minute;
      const createdAt = new Date(time);
      await log.native.updateOne({ conversationId: objectId(id), seq }, { $set: { createdAt } });
    }
    const updatedAt = new Date(time);
    await conversations.native.updateOne({ _id: objectId(id) }, { $set: { updatedAt } });
    const told = { createdAt: updatedAt, 'messages.0.createdAt': updatedAt };
    await reports.native.updateMany({ conversationId: objectId(id) }, { $set: told });
  }
}
