import * as accumulators from 'mingo/operators/accumulator';
import * as expressions from 'mingo/operators/expression';
import * as stages from 'mingo/operators/pipeline';
import * as projections from 'mingo/operators/projection';
import * as queries from 'mingo/operators/query';
import * as windows from 'mingo/operators/window';
import { Context } from 'mingo/core';
import type { AnyObject, Options } from 'mingo/types';
import { arithmeticOperators } from './arithmetic.js';
import { comparisonOperators } from './comparison.js';
import { conversionOperators } from './conversion.js';
import { dateOperators } from './dates.js';
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

const scripts = new Set(['$function', '$accumulator', '$where']);

/** mingo's operators, with this engine's in place of those that know fewer types of values. */
export const expressionContext: Context = Context.init({
  accumulator: named(accumulators),
  expression: named({
    ...expressions,
    ...comparisonOperators,
    ...arithmeticOperators,
    ...conversionOperators,
    ...dateOperators,
    ...textOperators,
    ...valueOperators,
    [pathOperator]: readPath,
    [captureOperator]: capture,
  }),
  pipeline: named(stages),
  projection: named(projections),
  query: named(queries),
  window: named(windows),
});
