import { fail } from '../errors.js';
import { fieldEntries } from '../bson/fields.js';
import type { Doc } from '../bson/types.js';
import { isDoc } from '../bson/types.js';
import type { ObjectFields } from './objects.js';
import { objectOperator } from './objects.js';
import { pathReference } from './paths.js';

type Prepare = (part: unknown) => unknown;

/** The operators whose operand, when it is an object, holds arguments by name; of every other operator it is a literal. */
const withNamedArguments: ReadonlySet<string> = new Set([
  ...['$cond', '$switch', '$let', '$map', '$filter', '$reduce', '$zip', '$sortArray', '$convert'],
  ...['$getField', '$setField', '$unsetField', '$firstN', '$lastN', '$maxN', '$minN', '$median', '$percentile'],
  ...['$trim', '$ltrim', '$rtrim', '$replaceOne', '$replaceAll', '$regexFind', '$regexFindAll', '$regexMatch'],
  ...['$dateAdd', '$dateDiff', '$dateFromParts', '$dateFromString', '$dateSubtract', '$dateToParts', '$dateToString'],
  ...['$dateTrunc', '$year', '$month', '$week', '$dayOfMonth', '$dayOfWeek', '$dayOfYear', '$hour', '$minute'],
  ...['$second', '$millisecond', '$isoWeek', '$isoWeekYear', '$isoDayOfWeek'],
  ...['$top', '$topN', '$bottom', '$bottomN', '$shift', '$derivative', '$integral', '$expMovingAvg'],
]);

function mapFields(doc: Doc, change: (part: unknown, name: string) => unknown): Doc {
  return Object.fromEntries(Object.entries(doc).map(([name, part]) => [name, change(part, name)]));
}

/** The arguments that are not expressions themselves. */
const structured: ReadonlyMap<string, Prepare> = new Map<string, Prepare>([
  ['vars', (vars) => (isDoc(vars) ? mapFields(vars, prepare) : vars)],
  ['branches', (branches) => (Array.isArray(branches) ? branches.map(prepareNamed) : branches)],
  ['sortBy', (order) => order],
]);

function prepareNamed(named: unknown): unknown {
  if (!isDoc(named)) return prepare(named);
  return mapFields(named, (part, name) => (structured.get(name) ?? prepare)(part));
}

function prepareOperand(name: string, operand: unknown): unknown {
  if (name === '$literal') return operand;
  return isDoc(operand) && withNamedArguments.has(name) && !isCall(operand) ? prepareNamed(operand) : prepare(operand);
}

function isCall(doc: Doc): boolean {
  return Object.keys(doc)[0]?.startsWith('$') === true;
}

/** The object with the operands of its operators prepared; what else stands beside them stays as it is. */
export function prepareCalls(doc: Doc): Doc {
  return mapFields(doc, (part, name) => (name.startsWith('$') ? prepareOperand(name, part) : part));
}

function checkedName(name: string): string {
  if (name.includes('.'))
    fail(16412, "FieldPath field names may not contain '.'. Consider using $getField or $setField.");
  return name;
}

/**
 * The expression in the form that is handed to mingo: paths and object literals are read as MongoDB reads them. mingo takes
 * numbers in paths as positions, and keeps the fields of a literal whose values are missing.
 */
export function prepare(expression: unknown): unknown {
  if (typeof expression === 'string') return expression.startsWith('$') ? pathReference(expression) : expression;
  if (Array.isArray(expression)) return expression.map(prepare);
  if (!isDoc(expression)) return expression;
  if (isCall(expression)) return prepareCalls(expression);
  const fields: ObjectFields = fieldEntries(expression).map(([name, part]) => [checkedName(name), prepare(part)]);
  return fields.length > 0 ? { [objectOperator]: fields } : expression;
}
