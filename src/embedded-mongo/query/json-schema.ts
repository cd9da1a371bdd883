import { fail } from '../errors.js';
import { compareValues, equalValues } from '../bson/compare.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { isDoc } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { identityOf } from '../keys/encode.js';
import { compileRegex } from './regex.js';
import { typeTest } from './types.js';
import type { ValueTest } from './walk.js';

type CompileKeyword = (operand: unknown, schema: Doc) => ValueTest;

function limit(
  holds: (value: number, bound: number) => boolean,
  measure: (value: unknown) => number | undefined,
): CompileKeyword {
  return (operand) => {
    const bound = isNumeric(operand) ? toDouble(operand) : fail('TypeMismatch', '$jsonSchema keyword must be a number');
    return (value) => {
      const size = measure(value);
      return size === undefined || holds(size, bound);
    };
  };
}

const textLength = (value: unknown): number | undefined =>
  typeof value === 'string' ? Array.from(value).length : undefined;
const arrayLength = (value: unknown): number | undefined => (Array.isArray(value) ? value.length : undefined);
const fieldCount = (value: unknown): number | undefined => (isDoc(value) ? Object.keys(value).length : undefined);
const atLeast = (size: number, bound: number): boolean => size >= bound;
const atMost = (size: number, bound: number): boolean => size <= bound;

function bound(isLower: boolean): CompileKeyword {
  return (operand, schema) => {
    const isExclusive = schema[isLower ? 'exclusiveMinimum' : 'exclusiveMaximum'] === true;
    return (value) => {
      if (!isNumeric(value)) return true;
      const order = compareValues(value, operand) * (isLower ? 1 : -1);
      return isExclusive ? order > 0 : order >= 0;
    };
  };
}

function many(operand: unknown): ValueTest[] {
  if (!Array.isArray(operand)) fail('TypeMismatch', '$jsonSchema keyword must be an array');
  return operand.map(compileValueSchema);
}

const jsonTypes: Readonly<Record<string, string>> = { boolean: 'bool' };

function typeKeyword(operand: unknown): ValueTest {
  const names: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  const test = typeTest(names.map((name) => (typeof name === 'string' ? (jsonTypes[name] ?? name) : name)));
  return test;
}

function properties(operand: unknown): ValueTest {
  if (!isDoc(operand)) fail('TypeMismatch', "$jsonSchema keyword 'properties' must be an object");
  const tests = Object.entries(operand).map(([name, schema]): [string, ValueTest] => [
    name,
    compileValueSchema(schema),
  ]);
  return (value) => !isDoc(value) || tests.every(([name, test]) => !Object.hasOwn(value, name) || test(value[name]));
}

function patterns(operand: unknown): [RegExp, ValueTest][] {
  return Object.entries((operand ?? {}) as Doc).map(([pattern, schema]) => [
    compileRegex(pattern, ''),
    compileValueSchema(schema),
  ]);
}

function patternProperties(operand: unknown): ValueTest {
  const tests = patterns(operand);
  return (value) =>
    !isDoc(value) ||
    Object.entries(value).every(([name, item]) => tests.every(([pattern, test]) => !pattern.test(name) || test(item)));
}

function additionalProperties(operand: unknown, schema: Doc): ValueTest {
  const named = new Set(Object.keys(schema.properties ?? {}));
  const matched = patterns(schema.patternProperties).map(([pattern]) => pattern);
  const test = isDoc(operand) ? compileValueSchema(operand) : () => operand !== false;
  return (value) =>
    !isDoc(value) ||
    Object.entries(value).every(
      ([name, item]) => named.has(name) || matched.some((pattern) => pattern.test(name)) || test(item),
    );
}

function required(operand: unknown): ValueTest {
  if (!Array.isArray(operand)) fail('TypeMismatch', "$jsonSchema keyword 'required' must be an array");
  return (value) => !isDoc(value) || operand.every((name) => Object.hasOwn(value, String(name)));
}

function items(operand: unknown): ValueTest {
  if (Array.isArray(operand)) {
    const tests = operand.map(compileValueSchema);
    return (value) => !Array.isArray(value) || tests.every((test, i) => i >= value.length || test(value[i]));
  }
  const test = compileValueSchema(operand);
  return (value) => !Array.isArray(value) || value.every((item) => test(item));
}

const ignored: CompileKeyword = () => () => true;

const keywords: ReadonlyMap<string, CompileKeyword> = new Map<string, CompileKeyword>([
  ['bsonType', (operand) => typeTest(operand)],
  ['type', typeKeyword],
  ['properties', properties],
  ['patternProperties', patternProperties],
  ['additionalProperties', additionalProperties],
  ['required', required],
  ['items', items],
  ['enum', (operand) => (value) => Array.isArray(operand) && operand.some((item) => equalValues(item, value))],
  ['minimum', bound(true)],
  ['maximum', bound(false)],
  ['minLength', limit(atLeast, textLength)],
  ['maxLength', limit(atMost, textLength)],
  ['minItems', limit(atLeast, arrayLength)],
  ['maxItems', limit(atMost, arrayLength)],
  ['minProperties', limit(atLeast, fieldCount)],
  ['maxProperties', limit(atMost, fieldCount)],
  ['multipleOf', (operand) => (value) => !isNumeric(value) || toDouble(value) % Number(operand) === 0],
  [
    'uniqueItems',
    (operand) => (value) =>
      operand !== true || !Array.isArray(value) || new Set(value.map((item) => identityOf(item))).size === value.length,
  ],
  [
    'pattern',
    (operand) => {
      const regex = compileRegex(String(operand), '');
      return (value) => typeof value !== 'string' || regex.test(value);
    },
  ],
  [
    'allOf',
    (operand) => {
      const tests = many(operand);
      return (value) => tests.every((test) => test(value));
    },
  ],
  [
    'anyOf',
    (operand) => {
      const tests = many(operand);
      return (value) => tests.some((test) => test(value));
    },
  ],
  [
    'oneOf',
    (operand) => {
      const tests = many(operand);
      return (value) => tests.filter((test) => test(value)).length === 1;
    },
  ],
  [
    'not',
    (operand) => {
      const test = compileValueSchema(operand);
      return (value) => !test(value);
    },
  ],
  ...['title', 'description', 'exclusiveMinimum', 'exclusiveMaximum'].map((name): [string, CompileKeyword] => [
    name,
    ignored,
  ]),
]);

function compileValueSchema(schema: unknown): ValueTest {
  if (!isDoc(schema)) fail('TypeMismatch', '$jsonSchema must be an object');
  const tests = Object.entries(schema).map(([name, operand]) => {
    const compile = keywords.get(name);
    return compile ? compile(operand, schema) : fail('FailedToParse', `Unknown $jsonSchema keyword: ${name}`);
  });
  return (value) => tests.every((test) => test(value));
}

/** The filter of `$jsonSchema`. @throws CommandError 9 or 14 for a schema that is none. */
export function compileSchema(schema: unknown): (doc: Doc) => boolean {
  return compileValueSchema(schema);
}
