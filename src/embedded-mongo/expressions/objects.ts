import { fail } from '../errors.js';
import { fieldEntries, fieldNames, fromFields, removeField, setField } from '../bson/fields.js';
import type { Doc } from '../bson/types.js';
import { isDoc, typeAlias } from '../bson/types.js';
import { evalExpr } from './mingo.js';
import type { Operator, OperatorTable } from './operator.js';
import { argumentsOf, isNullish, unary } from './operator.js';

/** The operator that stands for an object literal in a prepared expression. */
export const objectOperator = '$chatsetObject';

/** The expressions of a literal's fields, in their order. */
export type ObjectFields = readonly (readonly [string, unknown])[];

/** Makes the object of a literal: a field whose value is missing is left out. */
export const makeObject: Operator = (doc, fields, options) =>
  fromFields(
    (fields as ObjectFields)
      .map(([name, expression]) => [name, evalExpr(doc, expression, options)] as const)
      .filter(([, value]) => value !== undefined),
  );

const merge: Operator = (doc, expression, options) => {
  const merged: Doc = {};
  for (const value of argumentsOf(doc, expression, options)) {
    if (isNullish(value)) continue;
    if (!isDoc(value)) fail(40400, `$mergeObjects requires object inputs, but input is of type ${typeAlias(value)}`);
    for (const [name, item] of fieldEntries(value)) setField(merged, name, item);
  }
  return merged;
};

function toPairs(value: unknown): Doc[] {
  if (!isDoc(value)) fail(40390, `$objectToArray requires a document input, found: ${typeAlias(value)}`);
  return fieldEntries(value).map(([k, v]) => ({ k, v }));
}

function nameOf(key: unknown, code: number): string {
  if (typeof key !== 'string') {
    const found = key === undefined ? 'missing' : typeAlias(key);
    fail(code, `$arrayToObject requires keys of type string. Found key type: ${found}`);
  }
  return key.includes('\0') ? fail(4940400, 'Key field cannot contain an embedded null byte') : key;
}

function listedPair(pair: unknown): readonly [string, unknown] {
  if (!Array.isArray(pair))
    fail(40397, `$arrayToObject requires elements that are all arrays or all objects; found ${typeAlias(pair)}`);
  if (pair.length !== 2) fail(40396, `$arrayToObject requires arrays of size 2, found array of size: ${pair.length}`);
  return [nameOf(pair[0], 40395), pair[1]];
}

function namedPair(pair: unknown): readonly [string, unknown] {
  if (!isDoc(pair))
    fail(40391, `$arrayToObject requires elements that are all arrays or all objects; found ${typeAlias(pair)}`);
  const { length } = fieldNames(pair);
  if (length !== 2)
    fail(40392, `$arrayToObject requires an object keys of 'k' and 'v'. Found incorrect number of keys:${length}`);
  if (!('k' in pair && 'v' in pair)) fail(40393, "$arrayToObject requires an object with keys 'k' and 'v'.");
  return [nameOf(pair.k, 40394), pair.v];
}

function fromPairs(value: unknown): Doc {
  if (!Array.isArray(value)) fail(40386, `$arrayToObject requires an array input, found: ${typeAlias(value)}`);
  const [first] = value as unknown[];
  if (value.length > 0 && !Array.isArray(first) && !isDoc(first))
    fail(40398, `Unrecognised input type format for $arrayToObject: ${typeAlias(first)}`);
  return fromFields((value as unknown[]).map(Array.isArray(first) ? listedPair : namedPair));
}

/** The arguments of `$setField` and `$unsetField`, with the codes of those that are missing. */
function checkNames(name: string, given: unknown, codes: Readonly<Record<string, number>>): Doc {
  if (!isDoc(given)) fail(4161100, `${name} only supports an object as its argument`);
  const unknownName = Object.keys(given).find((argument) => !(argument in codes));
  if (unknownName !== undefined) fail(4161101, `${name} found an unknown argument: ${unknownName}`);
  for (const [argument, code] of Object.entries(codes))
    if (!(argument in given)) fail(code, `${name} requires '${argument}' to be specified`);
  return given;
}

function fieldSetter(name: string, codes: Readonly<Record<string, number>>): Operator {
  return (doc, expression, options) => {
    const asked = checkNames(name, expression, codes);
    const field = evalExpr(doc, asked.field, options);
    if (typeof field !== 'string') fail(4161107, `${name} requires 'field' to evaluate to type String`);
    const input = evalExpr(doc, asked.input, options);
    if (isNullish(input)) return null;
    if (!isDoc(input)) fail(4161105, `${name} requires 'input' to evaluate to type Object`);
    const changed = fromFields(fieldEntries(input));
    const value = 'value' in asked ? evalExpr(doc, asked.value, options) : undefined;
    if (value === undefined) removeField(changed, field);
    else setField(changed, field, value);
    return changed;
  };
}

const getField: Operator = (doc, expression, options) => {
  const isNamed = isDoc(expression) && 'field' in expression;
  const field = evalExpr(doc, isNamed ? expression.field : expression, options);
  if (typeof field !== 'string') fail(5654602, "$getField requires 'field' to evaluate to type String");
  const input = isNamed && 'input' in expression ? evalExpr(doc, expression.input, options) : doc;
  if (isDoc(input)) return Object.hasOwn(input, field) ? input[field] : undefined;
  return input === null ? null : undefined;
};

const named = { field: 4161102, input: 4161109 };

/** The operators that take objects apart and put them together. */
export const objectOperators: OperatorTable = {
  $mergeObjects: merge,
  $objectToArray: unary('$objectToArray', toPairs),
  $arrayToObject: unary('$arrayToObject', fromPairs),
  $getField: getField,
  $setField: fieldSetter('$setField', { ...named, value: 4161103 }),
  $unsetField: fieldSetter('$unsetField', named),
};
