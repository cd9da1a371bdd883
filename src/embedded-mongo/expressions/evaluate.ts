import type { Options } from 'mingo/types';
import { CommandError, fail } from '../errors.js';
import type { Doc } from '../bson/types.js';
import { startBudget } from './budget.js';
import { checkExpression } from './check.js';
import { captureOperator, expressionContext } from './context.js';
import { evalExpr, mingo } from './mingo.js';
import { prepare } from './prepare.js';
import { isTruthy } from './truth.js';

/** Computes an expression on a document; `undefined` is a missing value. */
export type Evaluate = (doc: Doc, variables?: Doc) => unknown;

interface ReusableOptions extends Options {
  update(locals: { root: unknown; variables?: Doc }): ReusableOptions;
}

/** The options for mingo with this engine's operators. */
export function mingoOptions(variables: Doc = {}): Options {
  return {
    idKey: '_id',
    processingMode: mingo().core.ProcessingMode.CLONE_OFF,
    useStrictMode: true,
    scriptEnabled: false,
    failOnError: true,
    variables,
    context: expressionContext(),
  };
}

/** mingo copies plain options at every call, 20 microseconds each; what an operator is handed can be used again. */
function reusableOptions(variables: Doc): ReusableOptions {
  return evalExpr({}, { [captureOperator]: null }, mingoOptions(variables)) as ReusableOptions;
}

/** Turns what mingo says of an expression into the answer of a command; what it did not foresee stays an error of ours. */
export function translateErrors<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Error) || error.constructor.name !== 'MingoError') throw error;
    throw new CommandError('BadValue', error.message);
  }
}

/**
 * Prepares an aggregation expression.
 * @throws CommandError 168 for an unknown operator, 17276 for an undefined variable.
 */
export function compileEvaluator(expression: unknown, variables: Doc = {}): Evaluate {
  checkExpression(expression, new Set(Object.keys(variables)));
  const options = reusableOptions(variables);
  const prepared = prepare(expression);
  return (doc, locals) =>
    translateErrors(() => {
      startBudget();
      return evalExpr(doc, prepared, options.update({ root: doc, variables: { ...variables, ...locals } }));
    });
}

/** The filter of `$expr`. */
export function compileExpression(expression: unknown, variables?: Doc): (doc: Doc) => boolean {
  const evaluate = compileEvaluator(expression, variables);
  return (doc) => isTruthy(evaluate(doc));
}

/** The values of the `let` of a command: expressions without a document. */
export function evaluateLet(spec: unknown): Doc {
  if (spec === undefined || spec === null) return {};
  if (typeof spec !== 'object') fail('TypeMismatch', "'let' must be an object");
  const entries = Object.entries(spec as Doc);
  return Object.fromEntries(entries.map(([name, expression]) => [name, compileEvaluator(expression)({}) ?? null]));
}
