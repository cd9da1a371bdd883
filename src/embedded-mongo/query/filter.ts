import { fail } from '../errors.js';
import { isDoc } from '../bson/types.js';
import type { Collation } from '../bson/collation.js';
import type { Doc } from '../bson/types.js';
import { compareValues } from '../bson/compare.js';
import { compileRegex, isRegex, regexTest } from './regex.js';
import type { FieldTest } from './operators.js';
import { equalTest, fieldOperators } from './operators.js';
import { compileExpression } from '../expressions/evaluate.js';
import { compileSchema } from './json-schema.js';
import { anyAtPath } from './walk.js';
import type { ValueTest } from './walk.js';

/** A filter, ready to be asked about documents. */
export type CompiledFilter = (doc: Doc) => boolean;

/** What a filter may refer to. */
export interface FilterScope {
  /** The variables `$expr` sees as `$$name`. */
  readonly variables?: Doc | undefined;
  readonly collation?: Collation | undefined;
}

/** True for an object that holds operators (`{ $gt: 1 }`), not a value. */
export function isOperatorDoc(value: unknown): value is Doc {
  if (!isDoc(value)) return false;
  const first = Object.keys(value)[0];
  return first?.startsWith('$') === true && first !== '$ref' && first !== '$id' && first !== '$db';
}

function branches(operator: string, operand: unknown, scope: FilterScope): CompiledFilter[] {
  if (!Array.isArray(operand)) fail('BadValue', `${operator} must be an array`);
  if (operand.length === 0) fail('BadValue', '$and/$or/$nor must be a nonempty array');
  return operand.map((branch: unknown) => {
    if (!isDoc(branch)) fail('BadValue', '$or/$and/$nor entries need to be full objects');
    return compileFilter(branch, scope);
  });
}

type CompileTop = (operand: unknown, scope: FilterScope) => CompiledFilter;

function refuse(message: string): CompileTop {
  return () => fail('BadValue', message);
}

const topOperators: ReadonlyMap<string, CompileTop> = new Map<string, CompileTop>([
  ['$and', (operand, scope) => all(branches('$and', operand, scope))],
  ['$or', (operand, scope) => any(branches('$or', operand, scope))],
  ['$nor', (operand, scope) => not(any(branches('$nor', operand, scope)))],
  ['$expr', (operand, { variables }) => compileExpression(operand, variables)],
  ['$jsonSchema', (operand) => compileSchema(operand)],
  ['$comment', () => () => true],
  ['$alwaysTrue', () => () => true],
  ['$alwaysFalse', () => () => false],
  ['$sampleRate', (operand) => () => Math.random() < Number(operand)],
  ['$where', refuse('$where is not allowed: this database runs no JavaScript')],
  ['$text', () => fail('IndexNotFound', 'text index required for $text query')],
]);

function all(tests: readonly CompiledFilter[]): CompiledFilter {
  const [only] = tests;
  if (tests.length === 1 && only) return only;
  return (doc) => tests.every((test) => test(doc));
}

function any(tests: readonly CompiledFilter[]): CompiledFilter {
  return (doc) => tests.some((test) => test(doc));
}

function not(test: CompiledFilter): CompiledFilter {
  return (doc) => !test(doc);
}

/** The path of an array's element, which is looked into no further. No field has a NUL in its name. */
const elementPath = '\u0000';

function atPath(path: string, field: FieldTest): CompiledFilter {
  const pathTest = { parts: path.split('.'), ...field, ...(path === elementPath && { expandsArrays: false }) };
  return field.negated ? (doc) => !anyAtPath(doc, pathTest) : (doc) => anyAtPath(doc, pathTest);
}

/** The test of one array element: a document for `{ a: 1 }`, a value for `{ $gt: 1 }`. */
function elementTest(operand: Doc, scope: FilterScope): ValueTest {
  const names = Object.keys(operand);
  const isValueForm = names[0]?.startsWith('$') === true && !names.some((name) => topOperators.has(name));
  if (!isValueForm) {
    const filter = compileFilter(operand, scope);
    return (item) => {
      if (isDoc(item)) return filter(item);
      return Array.isArray(item) && filter({ ...(item as unknown as Doc) });
    };
  }
  const filter = compileField(elementPath, operand, scope);
  return (item) => filter({ [elementPath]: item });
}

function compileElemMatch(path: string, operand: unknown, scope: FilterScope): CompiledFilter {
  if (!isDoc(operand)) fail('BadValue', '$elemMatch needs an Object');
  const test = elementTest(operand, scope);
  return atPath(path, {
    test: (value) => Array.isArray(value) && value.some((item) => test(item)),
    expandsArrays: false,
  });
}

function compileAll(path: string, operand: unknown, scope: FilterScope): CompiledFilter {
  if (!Array.isArray(operand)) fail('BadValue', '$all needs an array');
  if (operand.length === 0) return () => false;
  const usesElemMatch = isDoc(operand[0]) && '$elemMatch' in operand[0];
  return all(
    operand.map((item: unknown) => {
      if (usesElemMatch) {
        if (!isDoc(item) || !('$elemMatch' in item)) fail('BadValue', '$all/$elemMatch has to be consistent');
        return compileElemMatch(path, item.$elemMatch, scope);
      }
      if (isOperatorDoc(item)) fail('BadValue', 'no $ expressions in $all');
      return compileValue(path, item, scope);
    }),
  );
}

function compileNot(path: string, operand: unknown, scope: FilterScope): CompiledFilter {
  if (isRegex(operand)) return not(compileValue(path, operand, scope));
  if (!isDoc(operand)) fail('BadValue', '$not needs a regex or a document');
  if (!isOperatorDoc(operand)) {
    fail(
      'BadValue',
      Object.keys(operand).length === 0 ? '$not cannot be empty' : `unknown operator: ${Object.keys(operand)[0] ?? ''}`,
    );
  }
  return not(compileField(path, operand, scope));
}

function compilePattern(path: string, pattern: unknown, options: unknown): CompiledFilter {
  if (isRegex(pattern)) {
    const parts = pattern instanceof RegExp ? [pattern.source, pattern.flags] : [pattern.pattern, pattern.options];
    if (typeof options === 'string' && parts[1]) fail(51075, 'options set in both $regex and $options');
    const regex = compileRegex(parts[0] ?? '', typeof options === 'string' ? options : (parts[1] ?? ''));
    return atPath(path, {
      test: (value) => (typeof value === 'string' && regex.test(value)) || sameRegex(value, pattern),
      expandsArrays: true,
    });
  }
  if (typeof pattern !== 'string') fail('BadValue', '$regex has to be a string');
  if (options !== undefined && typeof options !== 'string') fail('BadValue', '$options has to be a string');
  const regex = compileRegex(pattern, options ?? '');
  return atPath(path, { test: (value) => typeof value === 'string' && regex.test(value), expandsArrays: true });
}

function sameRegex(value: unknown, regex: unknown): boolean {
  return isRegex(value) && compareValues(value, regex) === 0;
}

/** A condition that is a value: equality, or a match when it is a regular expression. */
function compileValue(path: string, value: unknown, { collation }: FilterScope): CompiledFilter {
  if (!isRegex(value)) return atPath(path, { test: equalTest(value, collation), expandsArrays: true });
  const matches = regexTest(value);
  return atPath(path, { test: (candidate) => matches(candidate) || sameRegex(candidate, value), expandsArrays: true });
}

type CompileOperator = (path: string, operand: unknown, scope: FilterScope) => CompiledFilter;

const pathOperators: ReadonlyMap<string, CompileOperator> = new Map<string, CompileOperator>([
  ['$elemMatch', compileElemMatch],
  ['$all', compileAll],
  ['$not', compileNot],
  ['$comment', () => () => true],
]);

function compileOperator(path: string, operators: Doc, scope: FilterScope): CompiledFilter[] {
  return Object.entries(operators).map(([name, operand]) => {
    if (name === '$regex') return compilePattern(path, operand, operators.$options);
    if (name === '$options') {
      if (!('$regex' in operators)) fail('BadValue', '$options needs a $regex');
      return () => true;
    }
    const make = fieldOperators.get(name);
    if (make)
      return name === '$eq' && isRegex(operand)
        ? atPath(path, { test: (value) => sameRegex(value, operand), expandsArrays: true })
        : atPath(path, make(operand, scope.collation));
    const compile = pathOperators.get(name);
    return compile ? compile(path, operand, scope) : fail('BadValue', `unknown operator: ${name}`);
  });
}

/** One field's condition. */
function compileField(path: string, condition: unknown, scope: FilterScope): CompiledFilter {
  return isOperatorDoc(condition) ? all(compileOperator(path, condition, scope)) : compileValue(path, condition, scope);
}

/**
 * Compiles a query as MongoDB reads it.
 * @throws CommandError 2, 9 or 14 for what is not a query.
 */
export function compileFilter(filter: Doc, scope: FilterScope = {}): CompiledFilter {
  const tests = Object.entries(filter).map(([name, operand]) => {
    if (!name.startsWith('$')) return compileField(name, operand, scope);
    const compile = topOperators.get(name);
    if (!compile)
      fail(
        'BadValue',
        `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      );
    return compile(operand, scope);
  });
  return all(tests);
}
