import type { Context } from 'mingo/core';
import type { AnyObject, Options } from 'mingo/types';
import { accumulators as collectors } from '../aggregate/accumulators.js';
import type { Doc } from '../bson/types.js';
import { arithmeticOperators } from './arithmetic.js';
import { budgeted } from './budget.js';
import { comparisonOperators } from './comparison.js';
import { conversionOperators } from './conversion.js';
import { dateOperators } from './dates.js';
import { listOperators } from './lists.js';
import { logicOperators } from './logic.js';
import { evalExpr, mingo } from './mingo.js';
import type { OperatorTable } from './operator.js';
import { makeObject, objectOperator, objectOperators } from './objects.js';
import { pathOperator, readPath } from './paths.js';
import { textOperators } from './text.js';
import { valueOperators } from './values.js';

/** An operator that gives back the options it was called with. */
export const captureOperator = '$chatsetCapture';

const capture = (_doc: AnyObject, _expression: unknown, options: Options): Options => options;

function named<T>(operators: object): Record<`$${string}`, T> {
  const entries = Object.entries(operators).filter(([name]) => name.startsWith('$') && !scripts.has(name));
  return Object.fromEntries(entries);
}

export const scripts: ReadonlySet<string> = new Set(['$function', '$accumulator', '$where']);

/** This engine's accumulators as mingo calls them, for `$setWindowFields`: on all documents of a window at once. */
function ownAccumulators(): Record<string, (docs: readonly Doc[], expression: unknown, options: Options) => unknown> {
  const wrapped = [...collectors].map(([name, make]) => {
    const run = (docs: readonly Doc[], expression: unknown, options: Options): unknown => {
      const collector = make((doc) => evalExpr(doc, expression, options));
      for (const doc of docs) collector.add(doc);
      return collector.result();
    };
    return [name, run] as const;
  });
  return Object.fromEntries(wrapped);
}

function makeContext(): Context {
  const { core, accumulators, expressions, stages, projections, queries, windows } = mingo();
  return core.Context.init({
    accumulator: named({ ...accumulators, ...ownAccumulators() }),
    expression: named({
      ...budgeted({
        ...(expressions as unknown as OperatorTable),
        ...comparisonOperators,
        ...arithmeticOperators,
        ...conversionOperators,
        ...dateOperators,
        ...textOperators,
        ...valueOperators,
        ...logicOperators,
        ...listOperators,
        ...objectOperators,
      }),
      [objectOperator]: makeObject,
      [pathOperator]: readPath,
      [captureOperator]: capture,
    }),
    pipeline: named(stages),
    projection: named(projections),
    query: named(queries),
    window: named(windows),
  });
}

let context: Context | undefined;

/** mingo's operators, with this engine's in place of those that know fewer types of values. */
export function expressionContext(): Context {
  context ??= makeContext();
  return context;
}

/** True for an accumulator that this engine or mingo has. */
export function knowsAccumulator(name: string): boolean {
  return expressionContext().getOperator(mingo().core.OpType.ACCUMULATOR, name) !== null;
}

/** True for a function of `$setWindowFields`: an accumulator, or one that only windows have. */
export function knowsWindowFunction(name: string): boolean {
  const isOwn = expressionContext().getOperator(mingo().core.OpType.WINDOW, name) !== null && !foreign.includes(name);
  return isOwn || knowsAccumulator(name);
}

/** What prepared expressions are made of; a client may not name them. */
const internal = [captureOperator, objectOperator, pathOperator];
/** What mingo has and MongoDB 7 has not, or not there, or not with these results. */
const foreign = ['$minMaxScaler', '$sampleRate', '$sigmoid', '$toHashedIndexKey'];
const unknownToClients: ReadonlySet<string> = new Set([...internal, ...foreign]);

/** True for an operator that may stand in an expression. */
export function knowsOperator(name: string): boolean {
  return !unknownToClients.has(name) && expressionContext().getOperator(mingo().core.OpType.EXPRESSION, name) !== null;
}
