import { fail } from '../errors.js';
import { isDoc } from '../bson/types.js';
import type { OperatorTable, Operator } from './operator.js';
import { argumentsOf, operator } from './operator.js';
import { evalExpr } from './mingo.js';
import { isTruthy } from './truth.js';

const choose: Operator = (doc, expression, options) => {
  const [condition, then, otherwise] = branchesOf(expression);
  return evalExpr(doc, isTruthy(evalExpr(doc, condition, options)) ? then : otherwise, options);
};

function branchesOf(expression: unknown): readonly unknown[] {
  if (Array.isArray(expression)) {
    return expression.length === 3
      ? (expression as unknown[])
      : fail(16020, `Expression $cond takes exactly 3 arguments. ${expression.length} were passed in.`);
  }
  if (!isDoc(expression)) fail(16020, 'Expression $cond takes exactly 3 arguments. 1 were passed in.');
  const codes = { if: 17080, then: 17080, else: 17082 };
  for (const [name, code] of Object.entries(codes)) {
    if (!(name in expression)) fail(code, `Missing '${name}' parameter to $cond`);
  }
  return [expression.if, expression.then, expression.else];
}

function listOf(expression: unknown): readonly unknown[] {
  return Array.isArray(expression) ? (expression as unknown[]) : [expression];
}

function elements(name: string, holds: (values: readonly unknown[]) => boolean): Operator {
  return operator(name, { least: 1, most: 1 }, ([list]) =>
    Array.isArray(list) ? holds(list) : fail(17040, `${name}'s argument must be an array`),
  );
}

/** The operators that ask whether something is true, as MongoDB does: zero of every type is not. */
export const logicOperators: OperatorTable = {
  $cond: choose,
  $and: (doc, expression, options) => listOf(expression).every((item) => isTruthy(evalExpr(doc, item, options))),
  $or: (doc, expression, options) => listOf(expression).some((item) => isTruthy(evalExpr(doc, item, options))),
  $not: (doc, expression, options) => !isTruthy(argumentsOf(doc, expression, options)[0]),
  $anyElementTrue: elements('$anyElementTrue', (values) => values.some(isTruthy)),
  $allElementsTrue: elements('$allElementsTrue', (values) => values.every(isTruthy)),
};
