import { fail } from '../errors.js';
import { isIntegral, isNumeric, toDouble } from '../bson/numbers.js';
import { isDoc } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { isTimeUnit } from '../expressions/date-units.js';
import { compileEvaluator } from '../expressions/evaluate.js';
import type { SortSpec } from '../query/sort.js';

/** Where a window begins or ends: numbers are counted from the current document. */
type Bound = 'unbounded' | 'current' | number;
type Bounds = readonly [Bound, Bound];
type ReadNumber = (value: unknown) => number;

function readBound(bound: unknown, readNumber: ReadNumber): Bound {
  if (bound === 'unbounded' || bound === 'current') return bound;
  if (typeof bound === 'string') fail('FailedToParse', "Window bounds must be 'unbounded', 'current', or a number.");
  return readNumber(compileEvaluator(bound)({}));
}

function wholeBound(message: string): ReadNumber {
  return (value) => (isNumeric(value) && isIntegral(value) ? toDouble(value) : fail('FailedToParse', message));
}

const anyNumber: ReadNumber = (value) =>
  isNumeric(value) ? toDouble(value) : fail('FailedToParse', 'Range-based bounds expression must be a number');

function readBounds(pair: unknown, readNumber: ReadNumber): Bounds {
  if (!Array.isArray(pair) || pair.length !== 2) fail('FailedToParse', 'Window bounds must be a 2-element array');
  const bounds: Bounds = [readBound(pair[0], readNumber), readBound(pair[1], readNumber)];
  const [lower, upper] = bounds.map((bound) => (bound === 'current' ? 0 : bound));
  if (typeof lower === 'number' && typeof upper === 'number' && lower > upper)
    fail(5339900, `Lower bound must not exceed upper bound: [${lower}, ${upper}]`);
  return bounds;
}

function checkFields(window: Doc, allowed: readonly string[]): void {
  const other = Object.keys(window).find((name) => !allowed.includes(name));
  if (other !== undefined) fail('FailedToParse', `'window' field with '${allowed[0] ?? ''}' cannot have '${other}'`);
}

function documentWindow(window: Doc, sort: SortSpec | undefined): Doc {
  checkFields(window, ['documents']);
  const documents = readBounds(window.documents, wholeBound('Numeric document-based bounds must be an integer'));
  if (!sort && !documents.every((bound) => bound === 'unbounded'))
    fail(5339901, 'Document-based bounds require a sortBy');
  return { documents };
}

function rangeWindow(window: Doc, sort: SortSpec | undefined): Doc {
  checkFields(window, ['range', 'unit']);
  const { unit } = window;
  if (unit !== undefined && typeof unit !== 'string') fail('FailedToParse', "'unit' must be a string");
  if (unit !== undefined && !isTimeUnit(unit)) fail('FailedToParse', `unknown time unit value: ${unit}`);
  const readNumber = unit === undefined ? anyNumber : wholeBound("With 'unit', range-based bounds must be an integer");
  const range = readBounds(window.range, readNumber);
  if (sort?.length !== 1) fail(5339902, 'Range-based bounds require sortBy a single field');
  if (sort[0]?.descending === true) fail(8947401, 'Range-based bounds require an ascending sortBy');
  return unit === undefined ? { range } : { range, unit };
}

/**
 * Reads the `window` of a field of `$setWindowFields`; undefined for the whole partition.
 * @throws CommandError 9, 5339900 (reversed), 5339901 and 5339902 (no sort that fits), 8947401 (descending).
 */
export function readWindow(window: unknown, sort: SortSpec | undefined): Doc | undefined {
  if (!isDoc(window)) fail('FailedToParse', "'window' field must be an object");
  if ('documents' in window && 'range' in window)
    fail('FailedToParse', "Window bounds can specify either 'documents' or 'range', not both.");
  if ('documents' in window) return documentWindow(window, sort);
  if ('range' in window) return rangeWindow(window, sort);
  if ('unit' in window) fail('FailedToParse', "Window bounds can only specify 'unit' with range-based bounds.");
  checkFields(window, []);
  return undefined;
}
