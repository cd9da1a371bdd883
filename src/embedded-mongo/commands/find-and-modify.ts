import { fail } from '../errors.js';
import { parseCollation } from '../bson/collation.js';
import type { Doc } from '../bson/types.js';
import type { Engine } from '../engine.js';
import { evaluateLet } from '../expressions/evaluate.js';
import { collectRows, planFind } from '../query/find.js';
import { compileProjection } from '../query/projection.js';
import { parseSort } from '../query/sort.js';
import { writerOf } from '../storage/writing.js';
import { booleanArgument, docArgument, namespaceArgument } from './arguments.js';
import type { CommandContext, CommandTable } from './command.js';
import type { UpdateRequest } from './update.js';
import { parseUpdateRequest, runUpdate } from './update.js';

type Project = (doc: Doc | undefined) => Doc | null;

function checkOptions(context: CommandContext): { isRemove: boolean; isNew: boolean } {
  const isRemove = booleanArgument(context, 'remove');
  const isNew = booleanArgument(context, 'new');
  const hasUpdate = context.body.update !== undefined;
  if (isRemove && hasUpdate) fail('FailedToParse', "Cannot specify both an 'update' and 'remove'=true");
  if (!isRemove && !hasUpdate) fail('FailedToParse', 'Either an update or remove=true must be specified');
  if (isRemove && booleanArgument(context, 'upsert'))
    fail('FailedToParse', "Cannot specify both 'upsert'=true and 'remove'=true");
  if (isRemove && isNew)
    fail(
      'FailedToParse',
      "Cannot specify both 'new'=true and 'remove'=true; 'remove' always returns the deleted document",
    );
  return { isRemove, isNew };
}

function removeOne(
  engine: Engine,
  namespace: string,
  { context, project }: { context: CommandContext; project: Project },
): Doc {
  const collection = engine.catalog.get(namespace);
  const request = {
    filter: docArgument(context, 'query'),
    sort: parseSort(context.body.sort),
    hint: context.body.hint,
    collation: parseCollation(context.body.collation),
    variables: evaluateLet(context.body.let),
    limit: 1,
  };
  const [row] = collection ? collectRows(planFind(engine, collection, request).rows, context.deadline) : [];
  if (collection && row) writerOf(engine, collection).remove(row, row.doc);
  return { lastErrorObject: { n: row ? 1 : 0 }, value: project(row?.doc) };
}

function updateOne(
  engine: Engine,
  namespace: string,
  { request, isNew, project }: { request: UpdateRequest; isNew: boolean; project: Project },
): Doc {
  const outcome = runUpdate(engine, namespace, request);
  if ('upsertedId' in outcome) {
    return {
      lastErrorObject: { n: 1, updatedExisting: false, upserted: outcome.upsertedId },
      value: isNew ? project(outcome.after) : null,
    };
  }
  return {
    lastErrorObject: { n: outcome.matched, updatedExisting: outcome.matched > 0 },
    value: project(isNew ? outcome.after : outcome.before),
  };
}

async function findAndModify(context: CommandContext): Promise<Doc> {
  const { engine, body } = context;
  const namespace = namespaceArgument(context);
  const { isRemove, isNew } = checkOptions(context);
  const query = docArgument(context, 'query');
  const cut = compileProjection(body.fields, { query, variables: evaluateLet(body.let) });
  const project: Project = (doc) => (doc ? (cut ? cut(doc) : doc) : null);
  if (isRemove) return engine.store.write(() => removeOne(engine, namespace, { context, project }));
  const { update: u, upsert, arrayFilters, sort, hint, collation } = body;
  const statement: Doc = { q: query, u, upsert, arrayFilters, sort, hint, collation };
  const isValidated = !booleanArgument(context, 'bypassDocumentValidation');
  const request = parseUpdateRequest(statement, { isValidated, let: body.let, deadline: context.deadline });
  return engine.store.write(() => updateOne(engine, namespace, { request, isNew, project }));
}

export const findAndModifyCommands: CommandTable = { findAndModify, findandmodify: findAndModify };
