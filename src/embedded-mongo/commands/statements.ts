import { fail } from '../errors.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { isDoc, typeAlias } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { arrayArgument } from './arguments.js';
import type { CommandContext } from './command.js';
import { checkFields } from './fields.js';

const maxOperations = 100_000;

/** @throws CommandError 16 for none or too many operations. */
function checkBatchSize(size: number): void {
  if (size > 0 && size <= maxOperations) return;
  fail('InvalidLength', `Write batch sizes must be between 1 and ${maxOperations}. Got ${size} operations.`);
}

interface FieldType {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  readonly isRequired?: boolean;
  /** MongoDB's code for another type; 14 unless it says so. */
  readonly code?: number;
}

const isBoolean = (value: unknown): boolean => typeof value === 'boolean' || isNumeric(value);
const document: FieldType = { expected: 'object', accepts: isDoc };
const boolean: FieldType = { expected: 'bool', accepts: isBoolean };
const hint: FieldType = {
  expected: 'string or object',
  accepts: (value) => typeof value === 'string' || isDoc(value),
  code: 9,
};
const common = { q: { ...document, isRequired: true }, hint, collation: document };

const updateFields: Readonly<Record<string, FieldType>> = {
  ...common,
  u: {
    expected: 'object or array',
    accepts: (value) => isDoc(value) || Array.isArray(value),
    isRequired: true,
    code: 9,
  },
  c: document,
  multi: boolean,
  upsert: boolean,
  arrayFilters: { expected: 'array', accepts: (value) => Array.isArray(value) && value.every(isDoc) },
};

const deleteFields: Readonly<Record<string, FieldType>> = {
  ...common,
  limit: { expected: 'int', accepts: isBoolean, isRequired: true },
};

function checkTypes(path: string, statement: Doc, fields: Readonly<Record<string, FieldType>>): void {
  for (const [name, { expected, accepts, isRequired, code }] of Object.entries(fields)) {
    const value = statement[name];
    const isAbsent = value === undefined || (value === null && isRequired !== true);
    if (isAbsent && isRequired === true) fail(40414, `BSON field '${path}.${name}' is missing but a required field`);
    if (isAbsent || accepts(value)) continue;
    const message = `BSON field '${path}.${name}' is the wrong type '${typeAlias(value)}', expected type '${expected}'`;
    fail(code === 9 ? 'FailedToParse' : 'TypeMismatch', message);
  }
}

function readStatements(
  context: CommandContext,
  path: string,
  fields: Readonly<Record<string, FieldType>>,
): readonly Doc[] {
  const statements = arrayArgument(context, path.split('.')[1] ?? '');
  for (const [i, statement] of statements.entries()) {
    if (!isDoc(statement)) {
      fail(
        'TypeMismatch',
        `BSON field '${path}.${i}' is the wrong type '${typeAlias(statement)}', expected type 'object'`,
      );
    }
    checkFields(path, statement);
    checkTypes(path, statement, fields);
  }
  checkBatchSize(statements.length);
  return statements as readonly Doc[];
}

/** True for true and for numbers that are not zero. */
export function isTrue(value: unknown): boolean {
  return value === true || (isNumeric(value) && toDouble(value) !== 0);
}

/** The statements of `update`, each with fields of the right types. @throws CommandError 9, 14, 16, 40414 or 40415. */
export function updateStatements(context: CommandContext): readonly Doc[] {
  return readStatements(context, 'update.updates', updateFields);
}

/** The statements of `delete`, with a limit of 0 or 1. @throws CommandError 9, 14, 16, 40414 or 40415. */
export function deleteStatements(context: CommandContext): readonly Doc[] {
  const statements = readStatements(context, 'delete.deletes', deleteFields);
  for (const { limit } of statements) {
    const most = isNumeric(limit) ? toDouble(limit) : Number(limit);
    if (most !== 0 && most !== 1)
      fail('FailedToParse', `The limit field in delete objects must be 0 or 1. Got ${most}`);
  }
  return statements;
}

/** The documents of `insert`, as they were sent. @throws CommandError 14 or 16. */
export function insertDocuments(context: CommandContext): readonly Buffer[] {
  const items = arrayArgument(context, 'documents');
  const other = items.findIndex((item) => !Buffer.isBuffer(item));
  if (other >= 0) {
    const type = typeAlias(items[other]);
    fail('TypeMismatch', `BSON field 'insert.documents.${other}' is the wrong type '${type}', expected type 'object'`);
  }
  checkBatchSize(items.length);
  return items as readonly Buffer[];
}
