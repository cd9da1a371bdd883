import type { PipelineStage } from 'mongoose';
import type { Collections } from '../database/database.js';
import { objectId } from '../database/ids.js';
import type { Stored } from '../database/entity.js';
import type { ConversationEventType } from './entry-type.js';

/** Which entries count, and which of their fields are read; all where it is absent. */
export interface RowChoice {
  readonly type?: ConversationEventType;
  readonly fields?: readonly string[];
}

/** The newest row of each conversation that has one, by conversation id. One command, or none. */
export async function newestRows(
  { conversations, log }: Collections,
  conversationIds: readonly string[],
  { type, fields }: RowChoice,
): Promise<Map<string, Stored>> {
  if (conversationIds.length === 0) return new Map();
  const pipeline: PipelineStage.Lookup['$lookup']['pipeline'] = [
    ...(type ? [{ $match: { type } }] : []),
    { $sort: { seq: -1 } },
    { $limit: 1 },
    ...(fields ? [{ $project: Object.fromEntries(fields.map((field) => [field, 1 as const])) }] : []),
  ];
  const from = log.native.collectionName;
  const rows = await conversations.aggregate<{ _id: unknown; newest: Stored[] }>([
    { $match: { _id: { $in: conversationIds.map(objectId) } } },
    { $lookup: { from, localField: '_id', foreignField: 'conversationId', pipeline, as: 'newest' } },
    { $project: { newest: 1 } },
  ]);
  return new Map(rows.flatMap(({ _id, newest }) => newest.map((row) => [String(_id), row])));
}
