import { fail } from '../errors.js';
import { isDoc, typeAlias } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { isIndexName } from '../query/path.js';
import type { Change } from './array-operators.js';
import { addToSet, pop, pull, pullAll, push } from './array-operators.js';
import { Claims, isDynamic } from '../query/claims.js';
import { bit, currentDate, extreme, inc, mul } from './value-operators.js';

/** One change of an update: what happens to the value at a path. */
export interface Modification {
  readonly operator: string;
  readonly parts: readonly string[];
  readonly path: string;
  /** Undefined for `$unset` and `$rename`, which move or remove the field itself. */
  readonly change: Change | undefined;
  /** The new path of a `$rename`. */
  readonly target?: readonly string[];
}

/** An update, taken apart. */
export type ParsedUpdate =
  | { readonly kind: 'replacement'; readonly replacement: Doc }
  | { readonly kind: 'pipeline'; readonly stages: readonly Doc[] }
  | { readonly kind: 'operators'; readonly modifications: readonly Modification[] };

type MakeChange = (operand: unknown, path: string) => Change;

const set: MakeChange = (operand) => () => operand;

const makers: ReadonlyMap<string, MakeChange | undefined> = new Map<string, MakeChange | undefined>([
  ['$set', set],
  ['$setOnInsert', set],
  ['$inc', inc],
  ['$mul', mul],
  ['$min', extreme(-1)],
  ['$max', extreme(1)],
  ['$currentDate', currentDate],
  ['$bit', bit],
  ['$push', push],
  ['$addToSet', addToSet],
  ['$pop', pop],
  ['$pull', pull],
  ['$pullAll', pullAll],
  ['$unset', undefined],
  ['$rename', undefined],
]);

/** The operators that do nothing where the field is missing. */
export const onlyExisting: ReadonlySet<string> = new Set(['$pop', '$pull', '$pullAll']);

function checkParts(path: string): string[] {
  const parts = path.split('.');
  if (parts.some((part) => part === ''))
    fail(
      'EmptyFieldName',
      path === ''
        ? 'An empty update path is not valid.'
        : `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  parts.forEach((part, i) => {
    const isPositional = isDynamic(part);
    if (isPositional && i === 0)
      fail('BadValue', `Cannot have positional (i.e. '$') element in the first position in path '${path}'`);
    if (part.startsWith('$') && !isPositional && !['$ref', '$id', '$db'].includes(part)) {
      fail('DollarPrefixedFieldName', `The dollar ($) prefixed field '${part}' in '${path}' is not valid for storage.`);
    }
  });
  if (parts.filter((part) => part === '$').length > 1)
    fail('BadValue', `Too many positional (i.e. '$') elements found in path '${path}'`);
  return parts;
}

function renameOf(path: string, operand: unknown): Modification {
  if (typeof operand !== 'string')
    fail('BadValue', `The 'to' field for $rename must be a string: ${path}: ${JSON.stringify(operand)}`);
  const [parts, target] = [checkParts(path), checkParts(operand)];
  if (path === operand) fail('BadValue', `The source and target field for $rename must differ: ${path}: "${operand}"`);
  if (`${operand}.`.startsWith(`${path}.`) || `${path}.`.startsWith(`${operand}.`)) {
    fail('BadValue', `The source and target field for $rename must not be on the same path: ${path}: "${operand}"`);
  }
  if ([...parts, ...target].some((part) => part.startsWith('$')))
    fail('BadValue', `The source and target field for $rename may not be dynamic: ${path}`);
  return { operator: '$rename', path, parts, change: undefined, target };
}

function modificationsOf(operator: string, operands: unknown): Modification[] {
  if (!makers.has(operator)) {
    fail(
      'FailedToParse',
      `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  }
  if (!isDoc(operands)) {
    fail(
      'FailedToParse',
      `Modifiers operate on fields but we found type ${typeAlias(operands)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${JSON.stringify(operands)}}`,
    );
  }
  const make = makers.get(operator);
  return Object.entries(operands).map(([path, operand]) => {
    if (operator === '$rename') return renameOf(path, operand);
    return { operator, path, parts: checkParts(path), change: make?.(operand, path) };
  });
}

function compareParts(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const [left = '', right = ''] = [a[i], b[i]];
    if (left === right) continue;
    if (isIndexName(left) && isIndexName(right)) return Number(left) - Number(right);
    return left < right ? -1 : 1;
  }
  return a.length - b.length;
}

function checkConflicts(modifications: readonly Modification[]): void {
  const claims = new Claims();
  for (const { parts, target } of modifications) {
    for (const claimed of target ? [parts, target] : [parts]) {
      const conflict = claims.claim(claimed);
      if (conflict === undefined) continue;
      const path = claimed.join('.');
      fail('ConflictingUpdateOperators', `Updating the path '${path}' would create a conflict at '${conflict}'`);
    }
  }
}

/** Reads the operators of an update; new fields come in the order of their names, as MongoDB adds them. */
function parseOperators(update: Doc): ParsedUpdate {
  const modifications = Object.entries(update).flatMap(([operator, operands]) => modificationsOf(operator, operands));
  checkConflicts(modifications);
  return { kind: 'operators', modifications: modifications.sort((a, b) => compareParts(a.parts, b.parts)) };
}

function parseReplacement(update: Doc): ParsedUpdate {
  const dollar = Object.keys(update).find((name) => name.startsWith('$'));
  if (dollar !== undefined)
    fail(
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${dollar}' in '${dollar}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    );
  return { kind: 'replacement', replacement: update };
}

/** Reads an update: a replacement, operators, or a pipeline. @throws CommandError 9, 40, 52, 56. */
export function parseUpdate(update: unknown): ParsedUpdate {
  if (Array.isArray(update)) return { kind: 'pipeline', stages: update.map(asStage) };
  if (!isDoc(update)) fail('FailedToParse', 'Update argument must be either an object or an array');
  return Object.keys(update)[0]?.startsWith('$') === true ? parseOperators(update) : parseReplacement(update);
}

const updateStages = new Set(['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith']);

function asStage(stage: unknown): Doc {
  if (!isDoc(stage)) fail('TypeMismatch', "Each element of the 'pipeline' array must be an object");
  const names = Object.keys(stage);
  if (names.length !== 1) fail(40323, 'A pipeline stage specification object must contain exactly one field.');
  if (!updateStages.has(names[0] ?? ''))
    fail('InvalidOptions', `${names[0] ?? ''} is not allowed to be used within an update`);
  return stage;
}
