import { ObjectId } from 'bson';
import { fail } from '../errors.js';
import { equalValues } from '../bson/compare.js';
import { decode } from '../bson/decode.js';
import { encode } from '../bson/encode.js';
import { fieldEntries, fieldNames, setField, withFirst } from '../bson/fields.js';
import { withTimes } from '../bson/timestamps.js';
import type { Doc } from '../bson/types.js';
import { isDoc } from '../bson/types.js';
import { isOperatorDoc } from '../query/filter.js';
import { isRegex } from '../query/regex.js';
import type { Modification, ParsedUpdate } from './parse.js';
import { onlyExisting } from './parse.js';
import { findPlace, makePlace, readPlace, removePlace, writePlace } from './paths.js';
import type { PositionScope } from './positions.js';
import { concretePaths } from './positions.js';

/** What an update needs beside the document. */
export interface UpdateScope extends PositionScope {
  /** What a pipeline update makes of a document. */
  readonly runPipeline: (doc: Doc) => Doc;
  /** True while a document is made by an upsert. */
  readonly isInsert: boolean;
}

function rename(doc: Doc, { parts, target }: Modification): void {
  const source = findPlace(doc, parts);
  const value = source && readPlace(source);
  if (!source || value === undefined) return;
  if (Array.isArray(source.parent))
    fail('BadValue', `The source field cannot be an array element, '${parts.join('.')}'`);
  removePlace(source);
  const place = makePlace(doc, target ?? []);
  if (Array.isArray(place.parent))
    fail('BadValue', `The destination field cannot be an array element, '${(target ?? []).join('.')}'`);
  removePlace(place);
  writePlace(place, value);
}

function changeAt(doc: Doc, parts: readonly string[], { operator, change }: Modification): void {
  const existing = findPlace(doc, parts);
  if (!change) {
    if (existing) removePlace(existing);
    return;
  }
  const before = existing && readPlace(existing);
  if (before === undefined && onlyExisting.has(operator)) return;
  const after = change(before);
  if (after !== before) writePlace(existing ?? makePlace(doc, parts), after);
}

function applyOperators(doc: Doc, modifications: readonly Modification[], scope: UpdateScope): Doc {
  const paths = concretePaths(
    doc,
    modifications.map(({ parts }) => parts),
    scope,
  );
  for (const [i, modification] of modifications.entries()) {
    if (modification.operator === '$setOnInsert' && !scope.isInsert) continue;
    if (modification.operator === '$rename') rename(doc, modification);
    else for (const parts of paths[i] ?? []) changeAt(doc, parts, modification);
  }
  return doc;
}

function replaced(before: Doc, replacement: Doc): Doc {
  const id = before._id;
  if (id === undefined) return { ...replacement };
  if (replacement._id !== undefined && !equalValues(replacement._id, id)) {
    fail(
      'ImmutableField',
      `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${JSON.stringify(replacement._id)}`,
    );
  }
  const { _id: _dropped, ...rest } = replacement;
  return withFirst('_id', id, rest);
}

function run(doc: Doc, update: ParsedUpdate, scope: UpdateScope): Doc {
  if (update.kind === 'replacement') return withTimes(replaced(doc, update.replacement));
  if (update.kind === 'pipeline') return scope.runPipeline(doc);
  return applyOperators(doc, update.modifications, scope);
}

/** A new version of a stored document. @throws CommandError 66 when `_id` would change, and what the operators throw. */
export function updated(bytes: Buffer, update: ParsedUpdate, scope: UpdateScope): Doc {
  const before = decode(bytes);
  const id = before._id;
  const after = run(before, update, scope);
  if (after._id === undefined && update.kind === 'pipeline') return withFirst('_id', id, after);
  if (!equalValues(after._id, id)) {
    fail('ImmutableField', "Performing an update on the path '_id' would modify the immutable field '_id'");
  }
  return after;
}

/** The fields a query says by equality: what an upsert starts with. */
function seed(doc: Doc, query: Doc): void {
  for (const [name, condition] of fieldEntries(query)) {
    if (name === '$and' && Array.isArray(condition)) condition.filter(isDoc).forEach((part) => seed(doc, part));
    else if (name === '$or' && Array.isArray(condition) && condition.length === 1) seed(doc, condition[0] as Doc);
    else if (!name.startsWith('$')) seedField(doc, name, condition);
  }
}

function seedField(doc: Doc, path: string, condition: unknown): void {
  const value = equalityOf(condition);
  if (value === undefined) return;
  const place = makePlace(doc, path.split('.'));
  if (readPlace(place) !== undefined) fail(54, `cannot infer query fields to set, path '${path}' is matched twice`);
  writePlace(place, value);
}

function equalityOf(condition: unknown): unknown {
  if (isRegex(condition)) return undefined;
  if (!isOperatorDoc(condition)) return condition;
  if ('$eq' in condition) return condition.$eq;
  for (const name of ['$in', '$all']) {
    const list = condition[name];
    if (Array.isArray(list) && list.length === 1 && !isOperatorDoc(list[0]) && !isRegex(list[0])) return list[0];
  }
  return undefined;
}

/** The document an upsert inserts when nothing was found. */
export function upserted(query: Doc, update: ParsedUpdate, scope: UpdateScope): Doc {
  const start: Doc = {};
  if (update.kind === 'replacement') {
    const id = equalityOf(query._id);
    if (id !== undefined) setField(start, '_id', id);
  } else seed(start, query);
  const id = start._id;
  const doc = run(decode(encode(start)), update, scope);
  if (id !== undefined && !equalValues(doc._id, id)) {
    fail('ImmutableField', "Performing an update on the path '_id' would modify the immutable field '_id'");
  }
  return withId(doc);
}

/** The document with `_id` as its first field, made when it is missing. */
export function withId(doc: Doc): Doc {
  const names = fieldNames(doc);
  if (names[0] === '_id' && doc._id !== undefined) return doc;
  const { _id: id, ...rest } = doc;
  return withFirst('_id', id ?? (names.includes('_id') && id === null ? null : new ObjectId()), rest);
}
