import { fail } from '../errors.js';
import type { Collation } from '../bson/collation.js';
import { parseCollation } from '../bson/collation.js';
import { encodeStored } from '../bson/encode.js';
import type { Doc } from '../bson/types.js';
import type { Deadline } from '../deadline.js';
import { checkDeadline } from '../deadline.js';
import type { Engine } from '../engine.js';
import { evaluateLet } from '../expressions/evaluate.js';
import { compileUpdatePipeline } from '../aggregate/on-document.js';
import type { Row } from '../planner/rows.js';
import { compileFilter } from '../query/filter.js';
import { collectRows, planFind } from '../query/find.js';
import type { SortSpec } from '../query/sort.js';
import { parseSort } from '../query/sort.js';
import type { CollectionInfo } from '../storage/collection-info.js';
import { checkValidator, collectionToWrite, writerOf } from '../storage/writing.js';
import { updated, upserted } from '../update/apply.js';
import type { UpdateScope } from '../update/apply.js';
import type { ParsedUpdate } from '../update/parse.js';
import { parseUpdate } from '../update/parse.js';
import { parseArrayFilters, usedIdentifiers } from '../update/positions.js';
import { checkId } from './insert.js';
import { isTrue } from './statements.js';

/** One update, ready to be carried out. */
export interface UpdateRequest {
  readonly query: Doc;
  readonly update: ParsedUpdate;
  /** What a pipeline update makes of a document. */
  readonly runPipeline: UpdateScope['runPipeline'];
  readonly arrayFilters: UpdateScope['arrayFilters'];
  readonly isMulti: boolean;
  readonly isUpsert: boolean;
  readonly isValidated: boolean;
  readonly sort: SortSpec | undefined;
  readonly hint: unknown;
  readonly collation: Collation | undefined;
  readonly variables: Doc;
  readonly deadline: Deadline;
}

/** What an update has done; documents as they were and as they are. */
export interface UpdateOutcome {
  readonly matched: number;
  readonly modified: number;
  readonly upsertedId?: unknown;
  readonly before?: Doc | undefined;
  readonly after?: Doc | undefined;
}

function checkFilters(update: ParsedUpdate, filters: UpdateScope['arrayFilters']): void {
  if (update.kind !== 'operators') {
    if (filters.size > 0) fail('FailedToParse', 'Cannot specify arrayFilters and a non-operator update');
    return;
  }
  const used = new Set(update.modifications.flatMap(({ parts }) => usedIdentifiers(parts)));
  for (const name of filters.keys()) {
    if (!used.has(name)) fail('FailedToParse', `The array filter for identifier '${name}' was not used in the update`);
  }
}

/** What a command says of all its statements. */
export interface UpdateOptions {
  readonly isValidated: boolean;
  readonly let: unknown;
  readonly deadline: Deadline;
}

/**
 * Reads an update statement: the fields of `update` (q, u, …) or of `findAndModify` under the same names.
 * @throws CommandError 9, 14, 40 and others, before anything is read.
 */
export function parseUpdateRequest(statement: Doc, options: UpdateOptions): UpdateRequest {
  const query = statement.q as Doc;
  const update = parseUpdate(statement.u);
  const isMulti = isTrue(statement.multi);
  if (isMulti && update.kind === 'replacement')
    fail('FailedToParse', 'multi update is not supported for replacement-style update');
  const collation = parseCollation(statement.collation);
  const arrayFilters = parseArrayFilters(statement.arrayFilters, collation);
  checkFilters(update, arrayFilters);
  const isPipeline = update.kind === 'pipeline';
  const variables = { ...evaluateLet(options.let), ...(isPipeline ? evaluateLet(statement.c) : {}) };
  return {
    query,
    update,
    runPipeline: isPipeline ? compileUpdatePipeline(update.stages, variables) : (doc) => doc,
    arrayFilters,
    isMulti,
    isUpsert: isTrue(statement.upsert),
    isValidated: options.isValidated,
    deadline: options.deadline,
    sort: parseSort(statement.sort),
    hint: statement.hint,
    collation,
    variables,
  };
}

function scopeOf(request: UpdateRequest, isInsert: boolean): UpdateScope {
  const { query, arrayFilters, runPipeline } = request;
  return { query, arrayFilters, isInsert, runPipeline };
}

function findRows(engine: Engine, collection: CollectionInfo, request: UpdateRequest): Row[] {
  const { query, sort, hint, collation, variables, isMulti } = request;
  const limit = isMulti ? undefined : 1;
  const found = planFind(engine, collection, { filter: query, sort, hint, collation, variables, limit });
  return collectRows(found.rows, request.deadline);
}

/** True when the document has changed. */
function updateRow(
  engine: Engine,
  collection: CollectionInfo,
  { row, request }: { row: Row; request: UpdateRequest },
): Doc | undefined {
  const after = updated(row.bytes, request.update, scopeOf(request, false));
  const bytes = encodeStored(after);
  if (bytes.equals(row.bytes)) return undefined;
  if (request.isValidated) checkValidator(collection, after, row.doc);
  writerOf(engine, collection).replace(row, { before: row.doc, after }, bytes);
  return after;
}

function upsert(engine: Engine, namespace: string, request: UpdateRequest): UpdateOutcome {
  const doc = upserted(request.query, request.update, scopeOf(request, true));
  checkId(doc);
  const collection = collectionToWrite(engine, namespace);
  if (request.isValidated) checkValidator(collection, doc);
  writerOf(engine, collection).insert(doc, encodeStored(doc));
  return { matched: 0, modified: 0, upsertedId: doc._id, after: doc };
}

/** Carries one update out. Runs inside `store.write`. @throws CommandError for the first document it cannot change, or 50. */
export function runUpdate(engine: Engine, namespace: string, request: UpdateRequest): UpdateOutcome {
  const collection = engine.catalog.get(namespace);
  if (!collection) compileFilter(request.query);
  const found = collection ? findRows(engine, collection, request) : [];
  if (!collection || found.length === 0) {
    return request.isUpsert ? upsert(engine, namespace, request) : { matched: 0, modified: 0 };
  }
  let modified = 0;
  let after: Doc | undefined;
  for (const row of found) {
    checkDeadline(request.deadline);
    after = updateRow(engine, collection, { row, request });
    if (after) modified += 1;
  }
  const [first] = found;
  return { matched: found.length, modified, before: first?.doc, after: after ?? first?.doc };
}
