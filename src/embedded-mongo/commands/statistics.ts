import { statSync } from 'node:fs';
import { fail } from '../errors.js';
import type { Doc } from '../bson/types.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import type { CollectionInfo } from '../storage/collection-info.js';
import { indexPrefix } from '../storage/layout.js';
import { prefixRange } from '../keys/range.js';
import { countRange } from '../storage/store.js';
import { validateCollection } from '../storage/validate.js';
import { collectionArgument, namespaceArgument, numberArgument } from './arguments.js';
import type { CommandContext, CommandTable } from './command.js';

/** What `collStats` and `$collStats` tell of a collection; sizes are in units of `scale` bytes. */
export function collectionStats({ namespace, count, size, indexes }: CollectionInfo, scale: number): Doc {
  const scaleFactor = Math.trunc(scale);
  if (!(scaleFactor >= 1)) fail('BadValue', `BSON field 'scale' value must be >= 1, actual value '${scale}'`);
  const scaled = Math.floor(size / scaleFactor);
  return {
    ns: namespace,
    size: scaled,
    count,
    avgObjSize: count > 0 ? Math.floor(size / count) : 0,
    storageSize: scaled,
    freeStorageSize: 0,
    capped: false,
    nindexes: indexes.length,
    indexDetails: {},
    indexBuilds: [],
    totalIndexSize: 0,
    totalSize: scaled,
    indexSizes: Object.fromEntries(indexes.map(({ name }) => [name, 0])),
    scaleFactor,
  };
}

function collStats(context: CommandContext): Doc {
  const collection = collectionArgument(context);
  return collection
    ? collectionStats(collection, numberArgument(context, 'scale') ?? 1)
    : {
        ns: namespaceArgument(context),
        size: 0,
        count: 0,
        storageSize: 0,
        nindexes: 0,
        totalIndexSize: 0,
        indexSizes: {},
        scaleFactor: 1,
      };
}

function fileSize(path: string): number {
  return statSync(path).size;
}

function dbStats({ engine, database }: CommandContext): Doc {
  const collections = engine.catalog.of(database);
  const total = (pick: (collection: CollectionInfo) => number): number =>
    collections.reduce((sum, one) => sum + pick(one), 0);
  const [objects, dataSize] = [total(({ count }) => count), total(({ size }) => size)];
  return {
    db: database,
    collections: collections.length,
    views: 0,
    objects,
    avgObjSize: objects > 0 ? dataSize / objects : 0,
    dataSize,
    storageSize: fileSize(engine.path),
    indexes: total(({ indexes }) => indexes.length),
    indexSize: 0,
    totalSize: fileSize(engine.path),
    scaleFactor: 1,
  };
}

async function validate(context: CommandContext): Promise<Doc> {
  const namespace = namespaceArgument(context);
  const collection =
    context.engine.catalog.get(namespace) ??
    fail('NamespaceNotFound', `Collection '${namespace}' does not exist to validate.`);
  const found = await validateCollection(context.engine.store, collection);
  const keysPerIndex = Object.fromEntries(
    collection.indexes.map(({ name, id }) => [
      name,
      countRange(context.engine.store.entries, prefixRange(indexPrefix(id))),
    ]),
  );
  const { documents, errors } = found;
  return {
    ns: namespace,
    nInvalidDocuments: 0,
    nrecords: documents,
    nIndexes: collection.indexes.length,
    keysPerIndex,
    valid: errors.length === 0,
    errors,
    warnings: [],
  };
}

function setParameter({ engine, body }: CommandContext): Doc {
  const { ttlMonitorSleepSecs: seconds, cursorTimeoutMillis: timeout } = body;
  if (isNumeric(timeout)) {
    const was = engine.cursorTimeout;
    engine.cursorTimeout = Math.max(1, toDouble(timeout));
    return { was };
  }
  if (!isNumeric(seconds)) fail('InvalidOptions', 'no option found to set, use help:true to see options');
  const was = engine.ttlInterval / 1000;
  engine.ttlInterval = Math.max(1, toDouble(seconds)) * 1000;
  return { was };
}

/** Commands that measure and check. */
export const statisticsCommands: CommandTable = {
  collStats,
  collstats: collStats,
  dbStats,
  dbstats: dbStats,
  validate,
  setParameter,
};
