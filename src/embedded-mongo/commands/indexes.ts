import { fail } from '../errors.js';
import { equalValues } from '../bson/compare.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { fieldEntries } from '../bson/fields.js';
import { isDoc, typeAlias } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import type { Engine } from '../engine.js';
import type { Catalog } from '../storage/catalog.js';
import type { CollectionInfo } from '../storage/collection-info.js';
import { addIndex, removeIndex } from '../storage/create.js';
import type { IndexInfo } from '../storage/index-info.js';
import { collectionToWrite } from '../storage/writing.js';
import type { CursorReply } from '../wire/reply.js';
import { arrayArgument, namespaceArgument } from './arguments.js';
import { sendList } from './collections.js';
import type { CommandContext, CommandTable } from './command.js';
import { parseIndexSpec } from './index-spec.js';

function keyOf(index: IndexInfo): Doc {
  return index.spec.key as Doc;
}

/** Two specifications that index the same way; names and hiding do not count. */
function sameIndex(a: Doc, b: Doc): boolean {
  const essence = ({ name: _name, hidden: _hidden, background: _background, ...rest }: Doc): Doc => ({
    ...rest,
    key: fieldEntries(rest.key as Doc).map(([path, direction]) => [
      path,
      isNumeric(direction) ? toDouble(direction) : direction,
    ]),
    expireAfterSeconds: isNumeric(rest.expireAfterSeconds) ? toDouble(rest.expireAfterSeconds) : null,
  });
  const sorted = (spec: Doc): Doc =>
    Object.fromEntries(Object.entries(essence(spec)).sort(([left], [right]) => (left < right ? -1 : 1)));
  return equalValues(sorted(a), sorted(b));
}

function sameKey(index: IndexInfo, spec: Doc): boolean {
  const shape = (key: Doc): unknown[] =>
    fieldEntries(key).map(([path, direction]) => [path, isNumeric(direction) ? toDouble(direction) : direction]);
  return equalValues(shape(keyOf(index)), shape(spec.key as Doc));
}

function isEquivalent(index: IndexInfo, spec: Doc): boolean {
  return (
    sameKey(index, spec) &&
    equalValues(index.spec.partialFilterExpression ?? null, spec.partialFilterExpression ?? null) &&
    index.sparse === (spec.sparse === true) &&
    index.unique === (spec.unique === true)
  );
}

function conflict(index: IndexInfo, spec: Doc): string {
  return `Requested index: ${JSON.stringify(spec)}, existing index: ${JSON.stringify(index.spec)}`;
}

/** @throws CommandError 85 or 86 when an index of the same name or key is another one. */
function isSameAs(index: IndexInfo, spec: Doc): boolean {
  if (index.name === '_id_' && sameKey(index, spec)) return true;
  const isSame = sameIndex(index.spec, spec);
  if (index.name === spec.name) {
    if (isSame) return true;
    fail(
      isEquivalent(index, spec) ? 'IndexOptionsConflict' : 'IndexKeySpecsConflict',
      `An existing index has the same name as the requested index. ${conflict(index, spec)}`,
    );
  }
  if (isSame) fail('IndexOptionsConflict', `Index already exists with a different name: ${index.name}`);
  if (isEquivalent(index, spec)) {
    fail(
      'IndexOptionsConflict',
      `An equivalent index already exists with a different name and options. ${conflict(index, spec)}`,
    );
  }
  return false;
}

/** True when the index is there already. @throws CommandError 85 or 86. */
function exists(collection: CollectionInfo, spec: Doc): boolean {
  return collection.indexes.some((index) => isSameAs(index, spec));
}

/** @throws CommandError 68 when one request names an index twice. */
function checkTwins(specs: readonly Doc[]): void {
  specs.forEach((spec, i) => {
    if (specs.slice(0, i).some((other) => other.name === spec.name && sameIndex(other, spec)))
      fail('IndexAlreadyExists', `Identical index already exists: ${String(spec.name)}`);
  });
}

/** Makes indexes that are missing: all of them, or none when one cannot be made. @throws CommandError 11000, 171 and others. */
function makeIndexes(catalog: Catalog, collection: CollectionInfo, specs: readonly Doc[]): readonly IndexInfo[] {
  const made: IndexInfo[] = [];
  try {
    for (const spec of specs) if (!exists(collection, spec)) made.push(addIndex(catalog, collection, spec));
  } catch (error) {
    for (const index of made) removeIndex(catalog, collection, index);
    throw error;
  }
  return made;
}

/** Makes indexes, and before them their collection when it is missing; it does not stay without them. */
function makeIndexesOf(engine: Engine, namespace: string, specs: readonly Doc[]): Doc {
  const { catalog } = engine;
  const isNew = catalog.get(namespace) === undefined;
  const collection = collectionToWrite(engine, namespace);
  const numIndexesBefore = collection.indexes.length;
  try {
    const made = makeIndexes(catalog, collection, specs);
    return {
      numIndexesBefore,
      numIndexesAfter: collection.indexes.length,
      createdCollectionAutomatically: isNew,
      ...(made.length === 0 ? { note: 'all indexes already exist' } : {}),
    };
  } catch (error) {
    if (isNew) catalog.drop(collection);
    throw error;
  }
}

async function createIndexes(context: CommandContext): Promise<Doc> {
  const { engine } = context;
  const namespace = namespaceArgument(context);
  const given = arrayArgument(context, 'indexes');
  if (given.length === 0) fail('BadValue', 'Must specify at least one index to create');
  const specs = given.map(parseIndexSpec);
  checkTwins(specs);
  return engine.store.write(() => makeIndexesOf(engine, namespace, specs));
}

async function listIndexes(context: CommandContext): Promise<CursorReply> {
  const namespace = namespaceArgument(context);
  const collection =
    context.engine.catalog.get(namespace) ?? fail('NamespaceNotFound', `ns does not exist: ${namespace}`);
  return sendList(
    context,
    namespace,
    collection.indexes.map(({ spec }) => spec),
  );
}

function selected(collection: CollectionInfo, selector: unknown): IndexInfo[] {
  if (selector === '*') return collection.indexes.filter(({ name }) => name !== '_id_');
  if (Array.isArray(selector)) return selector.flatMap((name) => selected(collection, name));
  if (typeof selector !== 'string' && !isDoc(selector))
    fail(
      'TypeMismatch',
      `BSON field 'dropIndexes.index' is the wrong type '${typeAlias(selector)}', expected types '[string, object]'`,
    );
  const found = collection.indexes.filter((index) =>
    typeof selector === 'string' ? index.name === selector : sameKey(index, { key: selector }),
  );
  if (found.length === 0) {
    fail(
      'IndexNotFound',
      typeof selector === 'string'
        ? `index not found with name [${selector}]`
        : `can't find index with key: ${JSON.stringify(selector)}`,
    );
  }
  if (found.some(({ name }) => name === '_id_')) fail('InvalidOptions', 'cannot drop _id index');
  return found;
}

async function dropIndexes(context: CommandContext): Promise<Doc> {
  const { catalog, store } = context.engine;
  const namespace = namespaceArgument(context);
  const selector = context.body.index;
  return store.write(() => {
    const collection = catalog.get(namespace) ?? fail('NamespaceNotFound', `ns not found ${namespace}`);
    const nIndexesWas = collection.indexes.length;
    for (const index of selected(collection, selector)) removeIndex(catalog, collection, index);
    return { nIndexesWas, ...(selector === '*' ? { msg: 'non-_id indexes dropped for collection' } : {}) };
  });
}

/** Commands on indexes. */
export const indexCommands: CommandTable = { createIndexes, listIndexes, dropIndexes, deleteIndexes: dropIndexes };
