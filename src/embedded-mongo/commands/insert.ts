import { BSONRegExp } from 'bson';
import { fail } from '../errors.js';
import { decode } from '../bson/decode.js';
import { encode } from '../bson/encode.js';
import { checkDeadline } from '../deadline.js';
import { withTimes } from '../bson/timestamps.js';
import type { Doc } from '../bson/types.js';
import { isDoc } from '../bson/types.js';
import { checkValidator, collectionToWrite, writerOf } from '../storage/writing.js';
import { withId } from '../update/apply.js';
import { booleanArgument, namespaceArgument } from './arguments.js';
import type { CommandContext, CommandTable } from './command.js';
import { insertDocuments } from './statements.js';
import { WriteErrors } from './write-errors.js';

interface Prepared {
  readonly doc: Doc;
  readonly bytes: Buffer;
}

/** @throws CommandError 53 for an `_id` that MongoDB does not take. */
export function checkId(doc: Doc): void {
  const id = doc._id;
  const type = Array.isArray(id)
    ? 'array'
    : id instanceof BSONRegExp
      ? 'regex'
      : id === undefined
        ? 'undefined'
        : undefined;
  if (type !== undefined) fail('InvalidIdField', `The '_id' value cannot be of type ${type}`);
  if (isDoc(id)) {
    const dollar = Object.keys(id).find((name) => name.startsWith('$') && !['$ref', '$id', '$db'].includes(name));
    if (dollar !== undefined)
      fail(
        'DollarPrefixedFieldName',
        `_id fields may not contain '$'-prefixed fields: ${dollar} is not valid for storage.`,
      );
  }
}

function prepare(item: Buffer): Prepared {
  const doc = decode(item);
  const whole = withTimes(withId(doc));
  checkId(whole);
  return { doc: whole, bytes: whole === doc ? item : encode(whole) };
}

function prepareAll(items: readonly Buffer[], errors: WriteErrors): (Prepared | undefined)[] {
  const prepared: (Prepared | undefined)[] = [];
  for (const [i, item] of items.entries()) {
    let one: Prepared | undefined;
    const goesOn = errors.attempt(i, () => {
      one = prepare(item);
    });
    prepared.push(one);
    if (!goesOn) break;
  }
  return prepared;
}

async function insert(context: CommandContext): Promise<Doc> {
  const { engine, deadline } = context;
  const namespace = namespaceArgument(context);
  const items = insertDocuments(context);
  const isOrdered = booleanArgument(context, 'ordered', true);
  const isValidated = !booleanArgument(context, 'bypassDocumentValidation');
  const parseErrors = new WriteErrors(isOrdered);
  const prepared = prepareAll(items, parseErrors);
  return engine.store.write(() => {
    const errors = parseErrors.copy();
    const collection = collectionToWrite(engine, namespace);
    const writer = writerOf(engine, collection);
    let n = 0;
    for (const [i, one] of prepared.entries()) {
      if (!one) continue;
      const goesOn = errors.attempt(i, () => {
        checkDeadline(deadline);
        if (isValidated) checkValidator(collection, one.doc);
        writer.insert(one.doc, one.bytes);
        n += 1;
      });
      if (!goesOn) break;
    }
    return { n, ...errors.toReply() };
  });
}

export const insertCommands: CommandTable = { insert };
