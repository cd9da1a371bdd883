import { fail } from '../errors.js';
import { isDoc } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { parseCollation } from '../bson/collation.js';
import { encode } from '../bson/encode.js';
import { drain } from '../cursors.js';
import { isGroupField } from '../aggregate/group.js';
import type { Docs } from '../aggregate/pipeline.js';
import { compileStages, stageName } from '../aggregate/pipeline.js';
import type { PipelineSource } from '../aggregate/source.js';
import { pipelineSource, pushDown } from '../aggregate/source.js';
import { stages } from '../aggregate/stages.js';
import { evaluateLet } from '../expressions/evaluate.js';
import { identityOf } from '../keys/encode.js';
import { choosePlan, hasHint } from '../planner/choose.js';
import { compileFilter } from '../query/filter.js';
import type { FindRequest } from '../query/find.js';
import { planFind, projected } from '../query/find.js';
import type { CollectionInfo } from '../storage/collection-info.js';
import { countRange } from '../storage/store.js';
import type { CursorReply } from '../wire/reply.js';
import {
  arrayArgument,
  collectionArgument,
  countArgument,
  docArgument,
  namespaceArgument,
  numberArgument,
} from './arguments.js';
import type { CommandContext, CommandTable } from './command.js';
import { madeBy } from './first-stages.js';
import { openCursor } from './find.js';

function* encoded(docs: Docs): Generator<Buffer | undefined> {
  for (const doc of docs) yield doc && encode(doc);
}

function batchSizeOf({ body }: CommandContext): number | undefined {
  const { cursor } = body;
  if (cursor === undefined)
    fail('FailedToParse', "The 'cursor' option is required, except for aggregate with the explain argument");
  if (!isDoc(cursor)) fail('TypeMismatch', "BSON field 'aggregate.cursor' is the wrong type, expected type 'object'");
  const { batchSize } = cursor;
  if (batchSize === undefined) return undefined;
  if (!isNumeric(batchSize) || toDouble(batchSize) < 0) fail('BadValue', "BSON field 'batchSize' value must be >= 0");
  return toDouble(batchSize);
}

/** How a pipeline is carried out. */
function aggregateSource(context: CommandContext): PipelineSource {
  const { engine, database, body } = context;
  const pipeline = arrayArgument(context, 'pipeline');
  const scope = {
    engine,
    database,
    stages,
    variables: evaluateLet(body.let),
    collation: parseCollation(body.collation),
  };
  const made = madeBy(context, pipeline[0]);
  if (made) return { docs: compileStages(pipeline.slice(1), scope)(made), rows: undefined, find: undefined };
  if (!isNumeric(body.aggregate))
    return pipelineSource(namespaceArgument(context), pipeline, { ...scope, hint: body.hint });
  const name = pipeline[0] === undefined ? '' : stageName(pipeline[0]);
  if (name !== '$documents')
    fail('InvalidNamespace', `{aggregate: 1} is not valid for '${name}'; a collection is required.`);
  return { docs: compileStages(pipeline, scope)([]), rows: undefined, find: undefined };
}

/** `[{ $match }, { $group: { _id: 1, n: { $sum: 1 } } }]`: what drivers send for countDocuments. */
function countingOnly(pipeline: readonly unknown[]): { filter: Doc; field: string; id: unknown } | undefined {
  const { filter, sort, skip, limit, rest } = pushDown(pipeline);
  const [stage] = rest;
  if (sort || skip || limit || rest.length !== 1 || !isDoc(stage) || !isDoc(stage.$group)) return undefined;
  const { _id: id, ...fields } = stage.$group;
  const field = id === null || isNumeric(id) ? countField(fields) : undefined;
  return field === undefined ? undefined : { filter, field, id };
}

/** The name of the field, when there is one, it is one that `$group` takes, and it counts by ones. */
function countField(fields: Doc): string | undefined {
  const [first, ...others] = Object.entries(fields);
  if (!first || others.length > 0) return undefined;
  const [name, sum] = first;
  if (!isGroupField(name)) return undefined;
  return isDoc(sum) && isNumeric(sum.$sum) && toDouble(sum.$sum) === 1 ? name : undefined;
}

async function countedReply(context: CommandContext, collection: CollectionInfo): Promise<CursorReply | undefined> {
  const wanted = countingOnly(arrayArgument(context, 'pipeline'));
  if (!wanted) return undefined;
  const { filter, field, id } = wanted;
  const n = await countMatching(context, collection, {
    filter,
    hint: context.body.hint,
    variables: evaluateLet(context.body.let),
    collation: parseCollation(context.body.collation),
  });
  const results = encoded(n > 0 ? [{ _id: id, [field]: n }] : []);
  return openCursor(context, { namespace: collection.namespace, results }, batchSizeOf(context));
}

async function aggregate(context: CommandContext): Promise<CursorReply> {
  const isOnCollection = !isNumeric(context.body.aggregate);
  const collection = isOnCollection ? collectionArgument(context) : undefined;
  const counted = collection && (await countedReply(context, collection));
  if (counted) return counted;
  const batchSize = batchSizeOf(context);
  const { docs, rows } = aggregateSource(context);
  const namespace = isOnCollection ? namespaceArgument(context) : `${context.database}.$cmd.aggregate`;
  return openCursor(context, { namespace, results: rows ? projected(rows, undefined) : encoded(docs) }, batchSize);
}

/** How many documents a filter takes, without reading them when an index says it. */
async function countMatching(
  context: CommandContext,
  collection: CollectionInfo,
  request: FindRequest,
): Promise<number> {
  const { engine, deadline } = context;
  const isWhole = (request.skip ?? 0) === 0 && request.limit === undefined;
  const isUnfiltered = Object.keys(request.filter).length === 0 && !hasHint(request.hint);
  if (isWhole && isUnfiltered) return collection.count;
  compileFilter(request.filter, { variables: request.variables });
  const plan = choosePlan(collection, request);
  if (isWhole && plan.kind === 'index' && plan.isCountable) {
    return plan.ranges.reduce((sum, range) => sum + countRange(engine.store.entries, range), 0);
  }
  let n = 0;
  await drain(planFind(engine, collection, request).rows, () => (n += 1), deadline);
  return n;
}

async function count(context: CommandContext): Promise<Doc> {
  const collection = collectionArgument(context);
  const filter = docArgument(context, 'query');
  compileFilter(filter);
  if (!collection) return { n: 0 };
  const limit = Math.abs(numberArgument(context, 'limit') ?? 0);
  const request = {
    filter,
    skip: countArgument(context, 'skip'),
    limit: limit === 0 ? undefined : limit,
    hint: context.body.hint,
    collation: parseCollation(context.body.collation),
  };
  return { n: await countMatching(context, collection, request) };
}

async function distinct(context: CommandContext): Promise<Doc> {
  const collection = collectionArgument(context);
  const { key } = context.body;
  if (typeof key !== 'string')
    fail('TypeMismatch', "BSON field 'distinct.key' is the wrong type, expected type 'string'");
  const filter = docArgument(context, 'query');
  compileFilter(filter);
  const collation = parseCollation(context.body.collation);
  const values = new Map<string, unknown>();
  if (!collection) return { values: [] };
  const found = planFind(context.engine, collection, { filter, collation, hint: context.body.hint }).rows;
  await drain(
    found,
    (row) => {
      for (const value of valuesAt(row.doc, key.split('.'))) {
        const identity = identityOf(value, collation?.canonical);
        if (!values.has(identity)) values.set(identity, value);
      }
    },
    context.deadline,
  );
  return { values: [...values.values()] };
}

/** The values at a path; of an array each element, one level deep. */
function valuesAt(value: unknown, parts: readonly string[]): unknown[] {
  if (parts.length === 0) return Array.isArray(value) ? (value as unknown[]) : value === undefined ? [] : [value];
  const [name = '', ...rest] = parts;
  if (Array.isArray(value)) {
    const numbered = /^\d+$/.test(name) ? valuesAt(value[Number(name)], rest) : [];
    return [...numbered, ...value.filter(isDoc).flatMap((item) => valuesAt(item, parts))];
  }
  return isDoc(value) && Object.hasOwn(value, name) ? valuesAt(value[name], rest) : [];
}

/** Commands that calculate from many documents. */
export const aggregateCommands: CommandTable = { aggregate, count, distinct };
