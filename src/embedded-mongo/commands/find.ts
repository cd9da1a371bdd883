import { Long } from 'bson';
import { fail } from '../errors.js';
import { parseCollation } from '../bson/collation.js';
import type { Doc } from '../bson/types.js';
import { isDoc } from '../bson/types.js';
import { Cursor } from '../cursors.js';
import type { Results } from '../cursors.js';
import { evaluateLet } from '../expressions/evaluate.js';
import { planFind, projected } from '../query/find.js';
import { compileFilter } from '../query/filter.js';
import { compileProjection } from '../query/projection.js';
import { parseSort } from '../query/sort.js';
import { CursorReply } from '../wire/reply.js';
import {
  booleanArgument,
  collectionArgument,
  countArgument,
  docArgument,
  longArgument,
  namespaceArgument,
  numberArgument,
} from './arguments.js';
import type { CommandContext, CommandTable } from './command.js';

const defaultBatch = 101;
const noCursor = Long.ZERO;

/** What a find asks for, from the fields of `find`, `count` or `explain`. */
export function findRequest(context: CommandContext): Parameters<typeof planFind>[2] {
  const limit = numberArgument(context, 'limit');
  if (limit !== undefined && limit < 0) fail(51024, `BSON field 'limit' value must be >= 0, actual value '${limit}'`);
  return {
    filter: docArgument(context, 'filter'),
    sort: parseSort(context.body.sort),
    skip: countArgument(context, 'skip'),
    limit: limit === 0 ? undefined : limit,
    batch: countArgument(context, 'batchSize'),
    hint: context.body.hint,
    variables: evaluateLet(context.body.let),
    collation: parseCollation(context.body.collation),
  };
}

/** Sends the first batch of results and keeps what is left for `getMore`. */
export async function openCursor(
  context: CommandContext,
  source: { namespace: string; results: Results; isSingle?: boolean; noTimeout?: boolean },
  batchSize: number | undefined,
): Promise<CursorReply> {
  const cursor = new Cursor(source.namespace, source.results, source.noTimeout ?? false);
  const batch = await cursor.next({ size: batchSize ?? defaultBatch, deadline: context.deadline });
  const isDone = batch.isDone || source.isSingle === true;
  if (isDone) cursor.close();
  else context.engine.cursors.add(cursor);
  return new CursorReply({ id: isDone ? noCursor : cursor.id, namespace: source.namespace }, batch.documents);
}

function* nothing(): Generator<Buffer | undefined> {
  yield* [];
}

/** Options that would change the results and are not known here. */
function refuseOptions({ body }: CommandContext): void {
  const option = ['min', 'max', 'returnKey', 'showRecordId'].find((name) => {
    const value = body[name];
    return (
      value !== undefined && value !== null && value !== false && !(isDoc(value) && Object.keys(value).length === 0)
    );
  });
  if (option !== undefined)
    fail('CommandNotSupported', `The embedded database does not know the option '${option}' of find`);
}

async function find(context: CommandContext): Promise<CursorReply> {
  refuseOptions(context);
  const namespace = namespaceArgument(context);
  const collection = collectionArgument(context);
  const request = findRequest(context);
  const project = compileProjection(context.body.projection, { query: request.filter, variables: request.variables });
  if (booleanArgument(context, 'tailable'))
    fail('BadValue', `error processing query: tailable cursor requested on non capped collection`);
  if (!collection) compileFilter(request.filter);
  const results = collection ? projected(planFind(context.engine, collection, request).rows, project) : nothing();
  const source = {
    namespace,
    results,
    isSingle: booleanArgument(context, 'singleBatch'),
    noTimeout: booleanArgument(context, 'noCursorTimeout'),
  };
  return openCursor(context, source, countArgument(context, 'batchSize'));
}

async function getMore(context: CommandContext): Promise<CursorReply> {
  const { engine } = context;
  const id = longArgument(context, 'getMore');
  const namespace = namespaceArgument(context, 'collection');
  const cursor = engine.cursors.get(id, namespace);
  if (cursor.isBusy) fail('BadValue', 'cursor is already in use');
  cursor.isBusy = true;
  try {
    const size = countArgument(context, 'batchSize');
    const batch = await cursor.next({ size: size === 0 ? undefined : size, deadline: context.deadline });
    if (batch.isDone) engine.cursors.kill(id);
    return new CursorReply({ id: batch.isDone ? noCursor : id, namespace }, batch.documents, 'nextBatch');
  } catch (error) {
    engine.cursors.kill(id);
    throw error;
  } finally {
    cursor.isBusy = false;
    cursor.lastUsed = Date.now();
  }
}

function killCursors(context: CommandContext): Doc {
  const { cursors } = context.engine;
  const ids = context.body.cursors;
  if (!Array.isArray(ids))
    fail('TypeMismatch', "BSON field 'killCursors.cursors' is the wrong type, expected type 'array'");
  const killed: unknown[] = [];
  const notFound: unknown[] = [];
  if (!ids.every((id) => id instanceof Long))
    fail('TypeMismatch', "BSON field 'killCursors.cursors' must hold values of type 'long'");
  for (const id of ids) (cursors.kill(id) ? killed : notFound).push(id);
  return { cursorsKilled: killed, cursorsNotFound: notFound, cursorsAlive: [], cursorsUnknown: [] };
}

/** Commands that read documents and page through them. */
export const findCommands: CommandTable = { find, getMore, killCursors };
