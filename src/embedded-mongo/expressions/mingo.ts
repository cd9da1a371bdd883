import { createRequire } from 'node:module';
import type * as core from 'mingo/core';
import type * as aggregator from 'mingo/aggregator';
import type * as accumulators from 'mingo/operators/accumulator';
import type * as expressions from 'mingo/operators/expression';
import type * as stages from 'mingo/operators/pipeline';
import type * as projections from 'mingo/operators/projection';
import type * as queries from 'mingo/operators/query';
import type * as windows from 'mingo/operators/window';

/** The parts of mingo that are in use. */
interface Mingo {
  readonly core: typeof core;
  readonly aggregator: typeof aggregator;
  readonly accumulators: typeof accumulators;
  readonly expressions: typeof expressions;
  readonly stages: typeof stages;
  readonly projections: typeof projections;
  readonly queries: typeof queries;
  readonly windows: typeof windows;
}

const require = createRequire(import.meta.url);
let loaded: Mingo | undefined;

function load(): Mingo {
  return {
    core: require('mingo/core') as Mingo['core'],
    aggregator: require('mingo/aggregator') as Mingo['aggregator'],
    accumulators: require('mingo/operators/accumulator') as Mingo['accumulators'],
    expressions: require('mingo/operators/expression') as Mingo['expressions'],
    stages: require('mingo/operators/pipeline') as Mingo['stages'],
    projections: require('mingo/operators/projection') as Mingo['projections'],
    queries: require('mingo/operators/query') as Mingo['queries'],
    windows: require('mingo/operators/window') as Mingo['windows'],
  };
}

/** mingo, read when the first expression needs it: that costs a fifth of a second and 30 MB, which most databases never need. */
export function mingo(): Mingo {
  loaded ??= load();
  return loaded;
}

/** The value of an expression on a document. */
export const evalExpr: Mingo['core']['evalExpr'] = (doc, expression, options) =>
  mingo().core.evalExpr(doc, expression, options);
