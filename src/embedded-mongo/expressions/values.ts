import { Binary, Long, Timestamp } from 'bson';
import { accumulators } from '../aggregate/accumulators.js';
import { fail } from '../errors.js';
import { encode } from '../bson/encode.js';
import { isIntegral, isNumeric, toDouble } from '../bson/numbers.js';
import { isDoc, typeAlias } from '../bson/types.js';
import { evalExpr } from './mingo.js';
import { isTruthy } from './truth.js';
import type { Operator, OperatorTable } from './operator.js';
import { argumentsOf, isNullish, operator, unary } from './operator.js';

/** An accumulator on a list: of one argument that is an array its elements, otherwise the arguments. */
function onList(name: string): [string, Operator] {
  const make = accumulators.get(name) ?? fail('InternalError', `${name} is no accumulator`);
  const run: Operator = (doc, expression, options) => {
    const values = argumentsOf(doc, expression, options);
    const [only] = values;
    const collector = make((wrapped) => wrapped.value);
    for (const value of values.length === 1 && Array.isArray(only) ? (only as unknown[]) : values)
      collector.add({ value });
    return collector.result();
  };
  return [name, run];
}

function arrayOf(value: unknown, code: number, message: string): readonly unknown[] {
  return Array.isArray(value)
    ? (value as unknown[])
    : fail(code, `${message}, but was of type: ${value === undefined ? 'missing' : typeAlias(value)}`);
}

function elementAt([list, index]: readonly unknown[]): unknown {
  if (isNullish(list) || isNullish(index)) return null;
  const items = arrayOf(list, 28689, "$arrayElemAt's first argument must be an array");
  if (!isNumeric(index))
    fail(28690, `$arrayElemAt's second argument must be a numeric value, but is ${typeAlias(index)}`);
  if (!isIntegral(index))
    fail(28691, `$arrayElemAt's second argument must be representable as a 32-bit integer: ${toDouble(index)}`);
  return items.at(toDouble(index));
}

function end(name: string, at: 0 | -1): Operator {
  return unary(name, (list) => arrayOf(list, 28689, `${name}'s argument must be an array`).at(at));
}

const choose: Operator = (doc, expression, options) => {
  if (!isDoc(expression)) fail(40060, '$switch requires an object as an argument');
  const { branches } = expression;
  if (!Array.isArray(branches)) fail(40061, "$switch expected an array for 'branches'");
  if (branches.length === 0) fail(40068, '$switch requires at least one branch.');
  for (const branch of branches as unknown[]) {
    if (!isDoc(branch)) fail(40062, '$switch expected each branch to be an object');
    if (isTruthy(evalExpr(doc, branch.case, options))) return evalExpr(doc, branch.then, options);
  }
  return 'default' in expression
    ? evalExpr(doc, expression.default, options)
    : fail(40066, '$switch could not find a matching branch for an input, and no default was specified.');
};

const ifNull: Operator = (doc, expression, options) => {
  const list: readonly unknown[] = Array.isArray(expression) ? expression : [expression];
  if (list.length < 2) fail(1257300, `$ifNull needs at least two arguments, had: ${list.length}`);
  let value: unknown;
  for (const item of list) {
    value = evalExpr(doc, item, options);
    if (!isNullish(value)) return value;
  }
  return value;
};

function binarySize(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  return value instanceof Binary
    ? value.position
    : fail(51276, `$binarySize requires a string or BinData argument, found: ${typeAlias(value)}`);
}

function bsonSize(value: unknown): number {
  return isDoc(value)
    ? encode(value).length
    : fail(31393, `$bsonSize requires a document input, found: ${typeAlias(value)}`);
}

function timestampPart(name: string, part: (value: Timestamp) => number): Operator {
  return unary(name, (value) =>
    value instanceof Timestamp
      ? Long.fromNumber(part(value))
      : fail(5687301, `Argument to ${name} must be a timestamp, but is ${typeAlias(value)}`),
  );
}

const two = { least: 2, most: 2 };

/** The operators on lists and on values of any type. */
export const valueOperators: OperatorTable = {
  ...Object.fromEntries(['$sum', '$avg', '$min', '$max', '$stdDevPop', '$stdDevSamp'].map(onList)),
  $size: operator(
    '$size',
    { least: 1, most: 1 },
    ([list]) => arrayOf(list, 17124, 'The argument to $size must be an array').length,
  ),
  $arrayElemAt: operator('$arrayElemAt', two, elementAt),
  $first: end('$first', 0),
  $last: end('$last', -1),
  $switch: choose,
  $ifNull: ifNull,
  $binarySize: unary('$binarySize', binarySize),
  $bsonSize: unary('$bsonSize', bsonSize),
  $tsSecond: timestampPart('$tsSecond', (value) => value.t),
  $tsIncrement: timestampPart('$tsIncrement', (value) => value.i),
};
