import { Binary } from 'bson';
import { fail } from '../errors.js';
import { encode } from '../bson/encode.js';
import { equalValues } from '../bson/compare.js';
import type { Doc } from '../bson/types.js';
import { isDoc } from '../bson/types.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { collectionOptions } from './collection-options.js';
import { compileFilter } from '../query/filter.js';
import type { CollectionInfo } from '../storage/collection-info.js';
import { createCollection } from '../storage/create.js';
import type { CursorReply } from '../wire/reply.js';
import { booleanArgument, checkNamespace, docArgument, namespaceArgument } from './arguments.js';
import { collMod } from './coll-mod.js';
import type { CommandContext, CommandTable } from './command.js';
import { openCursor } from './find.js';

async function create(context: CommandContext): Promise<Doc> {
  const { engine } = context;
  const namespace = namespaceArgument(context);
  const options = collectionOptions(context.body);
  return engine.store.write(() => {
    const known = engine.catalog.get(namespace);
    if (known && equalValues(known.options, options)) return {};
    if (known) fail('NamespaceExists', `Collection ${namespace} already exists.`);
    createCollection(engine.catalog, namespace, options);
    return {};
  });
}

function dropCollection({ engine }: CommandContext, collection: CollectionInfo): void {
  engine.catalog.drop(collection);
  engine.cursors.killWhere((namespace) => namespace === collection.namespace);
}

async function drop(context: CommandContext): Promise<Doc> {
  const namespace = namespaceArgument(context);
  return context.engine.store.write(() => {
    const collection = context.engine.catalog.get(namespace);
    if (!collection) return {};
    dropCollection(context, collection);
    return { nIndexesWas: collection.indexes.length, ns: namespace };
  });
}

async function dropDatabase(context: CommandContext): Promise<Doc> {
  const { engine, database } = context;
  return engine.store.write(() => {
    const collections = engine.catalog.of(database);
    for (const collection of collections) dropCollection(context, collection);
    return collections.length > 0 ? { dropped: database } : {};
  });
}

function describe(collection: CollectionInfo, isNameOnly: boolean): Doc {
  const name = collection.namespace.slice(collection.namespace.indexOf('.') + 1);
  if (isNameOnly) return { name, type: 'collection' };
  const uuid = new Binary(Buffer.from(collection.uuid.replaceAll('-', ''), 'hex'), Binary.SUBTYPE_UUID);
  return {
    name,
    type: 'collection',
    options: collection.options,
    info: { readOnly: false, uuid },
    idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
  };
}

function* encoded(docs: readonly Doc[]): Generator<Buffer> {
  for (const doc of docs) yield encode(doc);
}

/** Sends documents as the results of a cursor. */
export async function sendList(context: CommandContext, namespace: string, docs: readonly Doc[]): Promise<CursorReply> {
  const { cursor } = context.body;
  const batchSize = isDoc(cursor) && isNumeric(cursor.batchSize) ? toDouble(cursor.batchSize) : Infinity;
  return openCursor(context, { namespace, results: encoded(docs) }, batchSize);
}

async function listCollections(context: CommandContext): Promise<CursorReply> {
  const test = compileFilter(docArgument(context, 'filter'));
  const isNameOnly = booleanArgument(context, 'nameOnly');
  const found = context.engine.catalog
    .of(context.database)
    .filter((collection) => test(describe(collection, false)))
    .map((collection) => describe(collection, isNameOnly));
  return sendList(context, `${context.database}.$cmd.listCollections`, found);
}

function listDatabases(context: CommandContext): Doc {
  const test = compileFilter(docArgument(context, 'filter'));
  const sizes = new Map<string, number>();
  for (const { namespace, size } of context.engine.catalog.all()) {
    const database = namespace.slice(0, namespace.indexOf('.'));
    sizes.set(database, (sizes.get(database) ?? 0) + size);
  }
  const databases = [...sizes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, sizeOnDisk]) => ({ name, sizeOnDisk, empty: false }))
    .filter((database) => test(database));
  if (booleanArgument(context, 'nameOnly')) return { databases: databases.map(({ name }) => ({ name })) };
  const totalSize = databases.reduce((sum, { sizeOnDisk }) => sum + sizeOnDisk, 0);
  return { databases, totalSize, totalSizeMb: Math.floor(totalSize / 2 ** 20) };
}

function splitNamespace(context: CommandContext, name: string): string {
  const full = context.body[name];
  if (typeof full !== 'string')
    fail('TypeMismatch', `BSON field 'renameCollection.${name}' is the wrong type, expected type 'string'`);
  const dot = full.indexOf('.');
  if (dot < 0) fail('InvalidNamespace', `Invalid namespace specified '${full}'`);
  checkNamespace(full.slice(0, dot), full.slice(dot + 1));
  return full;
}

async function renameCollection(context: CommandContext): Promise<Doc> {
  const { catalog, store } = context.engine;
  const [from, to] = [splitNamespace(context, 'renameCollection'), splitNamespace(context, 'to')];
  const dropsTarget = booleanArgument(context, 'dropTarget');
  return store.write(() => {
    const source = catalog.get(from) ?? fail('NamespaceNotFound', `Source collection ${from} does not exist`);
    if (from === to) fail('IllegalOperation', "Can't rename a collection to itself");
    const target = catalog.get(to);
    if (target && !dropsTarget) fail('NamespaceExists', 'target namespace exists');
    if (target) dropCollection(context, target);
    catalog.rename(source, to);
    return {};
  });
}

/** Commands on whole collections and databases. */
export const collectionCommands: CommandTable = {
  create,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
  renameCollection,
  collMod,
};
