import { fail } from '../errors.js';
import type { Doc } from '../bson/types.js';

/** The fields that every command may have (source: MongoDB's generic_argument.idl); those with a `$` are the driver's. */
const generic = [
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'autocommit',
  'clientOperationKey',
  'comment',
  'coordinator',
  'databaseVersion',
  'help',
  'lsid',
  'maxTimeMS',
  'maxTimeMSOpOnly',
  'mayBypassWriteBlocking',
  'operationKey',
  'readConcern',
  'requestGossipRoutingCache',
  'shardVersion',
  'startTransaction',
  'stmtId',
  'stmtIds',
  'tracking_info',
  'txnNumber',
  'txnRetryCounter',
  'writeConcern',
];

const query = ['hint', 'collation', 'let', 'legacyRuntimeConstants', 'encryptionInformation'];

/** What `collMod` sets of a collection. */
export const collModOptions: readonly string[] = ['validator', 'validationLevel', 'validationAction'];
/** What MongoDB's `collMod` also takes, and this one refuses. */
export const collModRefused: readonly string[] = [
  'viewOn',
  'pipeline',
  'expireAfterSeconds',
  'timeseries',
  'changeStreamPreAndPostImages',
  'cappedSize',
  'cappedMax',
  'dryRun',
];

/** The fields of the commands that MongoDB 7 reads strictly; other commands take any. */
const known: Readonly<Record<string, readonly string[]>> = {
  find: [
    ...query,
    'filter',
    'projection',
    'sort',
    'skip',
    'limit',
    'batchSize',
    'singleBatch',
    'allowDiskUse',
    'min',
    'max',
    'returnKey',
    'showRecordId',
    'tailable',
    'oplogReplay',
    'noCursorTimeout',
    'awaitData',
    'allowPartialResults',
    'readOnce',
    'allowSpeculativeMajorityRead',
    'term',
  ],
  insert: ['documents', 'ordered', 'bypassDocumentValidation', 'encryptionInformation'],
  update: [...query, 'updates', 'ordered', 'bypassDocumentValidation'],
  'update.updates': [
    'q',
    'u',
    'c',
    'multi',
    'upsert',
    'arrayFilters',
    'hint',
    'collation',
    'upsertSupplied',
    'sampleId',
  ],
  delete: [...query, 'deletes', 'ordered'],
  'delete.deletes': ['q', 'limit', 'hint', 'collation', 'sampleId'],
  findAndModify: [
    ...query,
    'query',
    'fields',
    'sort',
    'remove',
    'update',
    'upsert',
    'new',
    'arrayFilters',
    'bypassDocumentValidation',
    'runtimeConstants',
  ],
  count: [...query, 'query', 'limit', 'skip', 'fields', 'queryOptions'],
  distinct: [...query, 'key', 'query', 'queryOptions'],
  aggregate: [
    ...query,
    'pipeline',
    'explain',
    'allowDiskUse',
    'cursor',
    'bypassDocumentValidation',
    'exchange',
    'needsMerge',
    'fromMongos',
    'isMapReduceCommand',
    'collectionUUID',
  ],
  collMod: ['index', ...collModOptions, ...collModRefused],
  getMore: ['collection', 'batchSize', 'term', 'lastKnownCommittedOpTime'],
  killCursors: ['cursors'],
  createIndexes: ['indexes', 'ignoreUnknownIndexOptions', 'commitQuorum', 'v'],
  dropIndexes: ['index'],
  listIndexes: ['cursor', 'collectionUUID', 'includeIndexBuildInfo', 'includeBuildUUIDs'],
  listCollections: ['filter', 'cursor', 'nameOnly', 'authorizedCollections'],
  listDatabases: ['filter', 'nameOnly', 'authorizedDatabases'],
};

const knownSets: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(known).map(([name, fields]) => [name, new Set(fields)]),
);
const genericSet = new Set(generic);

/** @throws CommandError 40415 for a field of a command, or of one of its statements, that MongoDB does not know. */
export function checkFields(name: string, body: Doc): void {
  const fields = knownSets.get(name);
  if (!fields) return;
  for (const field of Object.keys(body)) {
    if (field !== name && !fields.has(field) && !field.startsWith('$') && !genericSet.has(field)) {
      fail(40415, `BSON field '${name}.${field}' is an unknown field.`);
    }
  }
}
