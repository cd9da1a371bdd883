import { Long } from 'bson';
import { fail } from '../errors.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { isDoc, typeAlias } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import type { CollectionInfo } from '../storage/collection-info.js';
import type { CommandContext } from './command.js';

/** A command's name is its first field. */
function commandName({ body }: CommandContext): string {
  return Object.keys(body)[0] ?? '';
}

function wrongType(context: CommandContext, name: string, expected: string): never {
  const given = typeAlias(context.body[name]);
  return fail(
    'TypeMismatch',
    `BSON field '${commandName(context)}.${name}' is the wrong type '${given}', expected type '${expected}'`,
  );
}

function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** A field that is a document, or `{}` when it is missing. @throws CommandError 14. */
export function docArgument(context: CommandContext, name: string): Doc {
  const value = context.body[name];
  if (isAbsent(value)) return {};
  return isDoc(value) ? value : wrongType(context, name, 'object');
}

/** A field that is a number. @throws CommandError 14. */
export function numberArgument(context: CommandContext, name: string): number | undefined {
  const value = context.body[name];
  if (isAbsent(value)) return undefined;
  return isNumeric(value) ? Math.trunc(toDouble(value)) : wrongType(context, name, 'int');
}

/** A number that is not negative. @throws CommandError 2 or 14. */
export function countArgument(context: CommandContext, name: string): number | undefined {
  const value = numberArgument(context, name);
  if (value !== undefined && value < 0) {
    fail(51024, `BSON field '${name}' value must be >= 0, actual value '${value}'`);
  }
  return value;
}

/** A field that is true or false; numbers count as MongoDB counts them. */
export function booleanArgument(context: CommandContext, name: string, fallback = false): boolean {
  const value = context.body[name];
  if (isAbsent(value)) return fallback;
  if (typeof value === 'boolean') return value;
  return isNumeric(value) ? toDouble(value) !== 0 : wrongType(context, name, 'bool');
}

/** A field that is an array. @throws CommandError 14 or 40414. */
export function arrayArgument(context: CommandContext, name: string): readonly unknown[] {
  const value = context.body[name];
  if (value === undefined) fail(40414, `BSON field '${commandName(context)}.${name}' is missing but a required field`);
  return Array.isArray(value) ? (value as unknown[]) : wrongType(context, name, 'array');
}

/** A 64 bit number such as a cursor's. */
export function longArgument(context: CommandContext, name: string): Long {
  const value = context.body[name];
  return value instanceof Long ? value : wrongType(context, name, 'long');
}

/** @throws CommandError 73 for names MongoDB does not take. */
export function checkNamespace(database: string, name: string): void {
  const full = `${database}.${name}`;
  if (
    name === '' ||
    name.startsWith('.') ||
    name.includes('\0') ||
    name.includes('$') ||
    /[/\\. "$\0]/.test(database) ||
    database === ''
  ) {
    fail('InvalidNamespace', `Invalid namespace specified '${full}'`);
  }
  if (Buffer.byteLength(full) > 255)
    fail('InvalidNamespace', `Fully qualified namespace is too long. Namespace: ${full} Max: 255`);
}

/** `database.collection`, with the collection's name from the command's first field. @throws CommandError 2 or 73. */
export function namespaceArgument(context: CommandContext, name = commandName(context)): string {
  const value = context.body[name];
  if (typeof value !== 'string') fail('InvalidNamespace', `collection name has invalid type ${typeAlias(value)}`);
  checkNamespace(context.database, value);
  return `${context.database}.${value}`;
}

/** The collection a command names; undefined when there is none. */
export function collectionArgument(context: CommandContext): CollectionInfo | undefined {
  return context.engine.catalog.get(namespaceArgument(context));
}
