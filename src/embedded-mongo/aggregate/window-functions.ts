import { fail } from '../errors.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { isDoc } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { knowsWindowFunction } from '../expressions/context.js';
import { checkExpression } from '../expressions/check.js';
import { prepareCalls } from '../expressions/prepare.js';
import type { SortSpec } from '../query/sort.js';
import { readWindow } from './window-bounds.js';

/** One field of the output: `{ $sum: '$n', window: … }`. */
interface WindowField {
  readonly name: string;
  readonly field: Doc;
  readonly sort: SortSpec | undefined;
}

type Check = (field: WindowField) => void;

function argumentsOf({ name, field }: WindowField, allowed: readonly string[]): Doc {
  const given = field[name];
  if (!isDoc(given)) fail('FailedToParse', `${name} expects an object`);
  const other = Object.keys(given).find((argument) => !allowed.includes(argument));
  if (other !== undefined) fail('FailedToParse', `${name} got unexpected argument: ${other}`);
  return given;
}

function refuseWindow({ name, field }: WindowField): void {
  if ('window' in field) fail('FailedToParse', `'window' field is not allowed in ${name}`);
}

function requireSort({ name, sort }: WindowField): void {
  if (!sort) fail('FailedToParse', `${name} requires a sortBy`);
}

const rank: Check = ({ name, field, sort }) => {
  const given = field[name];
  if ('window' in field) fail(5371601, 'Rank style window functions take no other arguments');
  if (!isDoc(given) || Object.keys(given).length > 0) fail(5371603, `${name} must be specified with '{}' as the value`);
  if (sort?.length !== 1)
    fail(5371602, `${name} must be specified with a top level sortBy expression with exactly one element`);
};

const shift: Check = (asked) => {
  requireSort(asked);
  refuseWindow(asked);
  const { output, by } = argumentsOf(asked, ['output', 'by', 'default']);
  if (output === undefined) fail('FailedToParse', "$shift requires an 'output' expression");
  if (!isNumeric(by) || !Number.isInteger(toDouble(by))) fail('FailedToParse', "'$shift:by' field must be an integer");
};

const movingAverage: Check = (asked) => {
  const given = argumentsOf(asked, ['input', 'N', 'alpha']);
  if (Object.keys(given).length !== 2 || !('input' in given))
    fail('FailedToParse', "$expMovingAvg sub object must have an 'input' field, and either an 'N' or an 'alpha' field");
  requireSort(asked);
  refuseWindow(asked);
  const { N, alpha } = given;
  const count = isNumeric(N) ? toDouble(N) : NaN;
  if ('N' in given && !(Number.isInteger(count) && count > 0))
    fail('FailedToParse', "'N' field must be an integer greater than zero");
  const part = isNumeric(alpha) ? toDouble(alpha) : NaN;
  if ('alpha' in given && !(part > 0 && part < 1))
    fail('FailedToParse', "'alpha' must be a number between 0 and 1 (exclusive)");
};

const unitsOfSlope = ['week', 'day', 'hour', 'minute', 'second', 'millisecond'];

const slope: Check = (asked) => {
  const { name, field, sort } = asked;
  requireSort(asked);
  if (sort?.length !== 1) fail('FailedToParse', `${name} requires a non-compound sortBy`);
  const { input, unit } = argumentsOf(asked, ['input', 'unit']);
  if (input === undefined) fail('FailedToParse', `${name} requires an 'input' expression`);
  if (unit !== undefined && typeof unit !== 'string') fail('FailedToParse', "'unit' must be a string");
  if (unit !== undefined && !unitsOfSlope.includes(unit)) fail(5490710, "unit must be 'week' or smaller");
  if (name === '$derivative' && !('window' in field))
    fail('FailedToParse', '$derivative requires explicit window bounds');
};

const linearFill: Check = (asked) => {
  refuseWindow(asked);
  if (asked.sort?.length !== 1)
    fail(605001, '$linearFill must be specified with a top level sortBy expression with exactly one element');
};

const checks: Readonly<Record<string, Check>> = {
  $rank: rank,
  $denseRank: rank,
  $documentNumber: rank,
  $shift: shift,
  $expMovingAvg: movingAverage,
  $derivative: slope,
  $integral: slope,
  $linearFill: linearFill,
  $locf: refuseWindow,
};

function functionOf(field: Doc): string {
  const name = Object.keys(field).find((key) => key.startsWith('$'));
  if (name === undefined) fail('FailedToParse', 'Expected a $-prefixed window function');
  if (!knowsWindowFunction(name)) fail('FailedToParse', `Unrecognized window function, ${name}`);
  const other = Object.keys(field).find((key) => key !== name && key !== 'window');
  if (other !== undefined) fail('FailedToParse', `Window function found an unknown argument: ${other}`);
  return name;
}

/** Reads one field of the output of `$setWindowFields`. @throws CommandError 9 and what the function and its window refuse. */
export function readWindowField(field: unknown, sort: SortSpec | undefined, variables: Doc): Doc {
  if (!isDoc(field)) fail('FailedToParse', "The field in 'output' must be an object");
  const name = functionOf(field);
  checks[name]?.({ name, field, sort });
  const window = 'window' in field ? readWindow(field.window, sort) : undefined;
  const call = { [name]: field[name] };
  for (const operand of Object.values(call)) checkExpression(operand, new Set(Object.keys(variables)));
  return { ...prepareCalls(call), ...(window ? { window } : {}) };
}
