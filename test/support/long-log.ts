import type { App } from '../../src/app.js';
import { newId, objectId } from '../../src/database/ids.js';

/** Messages that are written at once. */
const batch = 1_000;

/** Makes a conversation long: as many messages as if they had been sent, after its newest entry. */
export async function lengthen({ collections }: App, conversationId: string, count: number): Promise<void> {
  const [newest] = await collections.log.find({ conversationId }, { sort: { seq: -1 }, limit: 1 });
  if (!newest) throw new Error('There must be one entry to continue.');
  const rows = Array.from({ length: count }, (_, at) => ({
    _id: objectId(newId()),
    conversationId: objectId(conversationId),
    seq: newest.seq + 1 + at,
    changedSeq: newest.seq + 1 + at,
    type: 'MESSAGE_ADDED',
    actorId: objectId(newest.actorId ?? ''),
    content: `n${at}`,
    createdAt: new Date(),
  }));
  for (let at = 0; at < count; at += batch) await collections.log.native.insertMany(rows.slice(at, at + batch));
}
