import { parseCollation } from '../bson/collation.js';
import type { Doc } from '../bson/types.js';
import type { Deadline } from '../deadline.js';
import { checkDeadline } from '../deadline.js';
import type { Engine } from '../engine.js';
import { evaluateLet } from '../expressions/evaluate.js';
import { compileFilter } from '../query/filter.js';
import { collectRows, planFind } from '../query/find.js';
import { writerOf } from '../storage/writing.js';
import { booleanArgument, namespaceArgument } from './arguments.js';
import type { CommandContext, CommandTable } from './command.js';
import { deleteStatements, isTrue, updateStatements } from './statements.js';
import { parseUpdateRequest, runUpdate } from './update.js';
import { WriteErrors } from './write-errors.js';

/** Inside a transaction: each statement in turn, until an ordered one fails. */
function runStatements(
  statements: readonly Doc[],
  isOrdered: boolean,
  run: (statement: Doc, index: number) => void,
): WriteErrors {
  const errors = new WriteErrors(isOrdered);
  for (const [index, statement] of statements.entries()) {
    if (!errors.attempt(index, () => run(statement, index))) break;
  }
  return errors;
}

async function update(context: CommandContext): Promise<Doc> {
  const { engine, body } = context;
  const namespace = namespaceArgument(context);
  const statements = updateStatements(context);
  const isOrdered = booleanArgument(context, 'ordered', true);
  const isValidated = !booleanArgument(context, 'bypassDocumentValidation');
  const options = { isValidated, let: body.let, deadline: context.deadline };
  return engine.store.write(() => {
    let [n, nModified] = [0, 0];
    const upserted: Doc[] = [];
    const errors = runStatements(statements, isOrdered, (statement, index) => {
      const outcome = runUpdate(engine, namespace, parseUpdateRequest(statement, options));
      n += outcome.matched;
      nModified += outcome.modified;
      if (!('upsertedId' in outcome)) return;
      n += 1;
      upserted.push({ index, _id: outcome.upsertedId });
    });
    return { n, nModified, ...(upserted.length > 0 ? { upserted } : {}), ...errors.toReply() };
  });
}

function runDelete(
  engine: Engine,
  namespace: string,
  { statement, variables, deadline }: { statement: Doc; variables: Doc; deadline: Deadline },
): number {
  const { hint } = statement;
  const filter = statement.q as Doc;
  const collection = engine.catalog.get(namespace);
  if (!collection) {
    compileFilter(filter);
    return 0;
  }
  const collation = parseCollation(statement.collation);
  const request = { filter, hint, variables, collation, limit: isTrue(statement.limit) ? 1 : undefined };
  const found = collectRows(planFind(engine, collection, request).rows, deadline);
  const writer = writerOf(engine, collection);
  for (const row of found) {
    checkDeadline(deadline);
    writer.remove(row, row.doc);
  }
  return found.length;
}

async function remove(context: CommandContext): Promise<Doc> {
  const { engine, body, deadline } = context;
  const namespace = namespaceArgument(context);
  const statements = deleteStatements(context);
  const isOrdered = booleanArgument(context, 'ordered', true);
  const variables = evaluateLet(body.let);
  return engine.store.write(() => {
    let n = 0;
    const errors = runStatements(statements, isOrdered, (statement) => {
      n += runDelete(engine, namespace, { statement, variables, deadline });
    });
    return { n, ...errors.toReply() };
  });
}

export const writeCommands: CommandTable = { update, delete: remove };
