import { fail } from '../errors.js';
import { fieldEntries, fromFields } from '../bson/fields.js';
import { isDoc } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { startBudget } from '../expressions/budget.js';
import { knowsAccumulator } from '../expressions/context.js';
import type { Evaluate } from '../expressions/evaluate.js';
import { compileEvaluator, mingoOptions, translateErrors } from '../expressions/evaluate.js';
import { evalExpr } from '../expressions/mingo.js';
import { identityOf } from '../keys/encode.js';
import { sortBy, parseSort } from '../query/sort.js';
import type { Collector } from './accumulators.js';
import { accumulators } from './accumulators.js';
import type { PipelineScope, StageMaker } from './pipeline.js';
import { isTop, topCollector } from './top.js';
import { blocking } from './pipeline.js';

type MakeCollector = () => Collector;

/** mingo's accumulators work on all documents of a group at once. */
function fromMingo(spec: Doc, variables: Doc): MakeCollector {
  const [name = ''] = Object.keys(spec);
  if (!knowsAccumulator(name)) fail(15952, `unknown group operator '${name}'`);
  return () => {
    const docs: Doc[] = [];
    return {
      add: (doc) => void docs.push(doc),
      result: () => {
        startBudget(docs.length);
        return translateErrors(() => evalExpr(docs, spec, mingoOptions(variables)));
      },
    };
  };
}

/** The accumulators that are expressions on the list of all values of a group. */
const onList = new Set(['$firstN', '$lastN', '$maxN', '$minN', '$median', '$percentile']);

function listCollector(name: string, spec: unknown, variables: Doc): MakeCollector {
  if (!isDoc(spec)) fail(5787900, `specification must be an object; found ${name}`);
  const input = compileEvaluator(spec.input, variables);
  return () => {
    const values: unknown[] = [];
    const add = (doc: Doc): void => void values.push(input(doc) ?? null);
    const result = (): unknown => compileEvaluator({ [name]: { ...spec, input: { $literal: values } } }, variables)({});
    return { add, result };
  };
}

/** True for a name that a field of `$group` may have. */
export function isGroupField(name: string): boolean {
  return !name.includes('.') && !name.startsWith('$');
}

function checkFieldName(name: string): void {
  if (isGroupField(name)) return;
  if (name.includes('.')) fail(40235, `The field name '${name}' cannot contain '.'`);
  fail(40236, `The field name '${name}' cannot be an operator name`);
}

function collectorFor(field: string, spec: unknown, variables: Doc): MakeCollector {
  if (!isDoc(spec)) fail(40234, `The field '${field}' must be an accumulator object`);
  const names = Object.keys(spec);
  if (names.length !== 1) fail(40238, `The field '${field}' must specify one accumulator`);
  const name = names[0] ?? '';
  checkFieldName(field);
  if (isTop(name)) return topCollector(name, spec[name], variables);
  if (onList.has(name)) return listCollector(name, spec[name], variables);
  const make = accumulators.get(name);
  if (!make) return fromMingo(spec, variables);
  const evaluate = compileEvaluator(spec[name], variables);
  return () => make(evaluate);
}

interface Group {
  readonly id: unknown;
  readonly collectors: readonly (readonly [string, Collector])[];
}

/** Groups documents by what `idOf` says of them; groups are told apart as MongoDB compares values. */
type Grouper = (docs: readonly Doc[], idOf: Evaluate) => Doc[];

/** Prepares the accumulators of `$group` or `$bucket`. @throws CommandError 15952, 40234 and others. */
export function grouper(spec: Doc, { variables, collation }: Pick<PipelineScope, 'variables' | 'collation'>): Grouper {
  const fields = fieldEntries(spec).map(([name, field]): [string, MakeCollector] => [
    name,
    collectorFor(name, field, variables),
  ]);
  return (docs, idOf) => {
    const groups = new Map<string, Group>();
    for (const doc of docs) {
      const id = idOf(doc) ?? null;
      const key = identityOf(id, collation?.canonical);
      const found = groups.get(key) ?? { id, collectors: fields.map(([name, make]) => [name, make()] as const) };
      groups.set(key, found);
      for (const [, collector] of found.collectors) collector.add(doc);
    }
    return [...groups.values()].map(({ id, collectors }) =>
      fromFields([['_id', id], ...collectors.map(([name, collector]) => [name, collector.result()] as const)]),
    );
  };
}

/** The stage `$group`. */
export const group: StageMaker = (spec, scope) => {
  if (!isDoc(spec)) fail(15947, "a group's fields must be specified in an object");
  if (!('_id' in spec)) fail(15955, 'a group specification must include an _id');
  const { _id, ...rest } = spec;
  const idOf = compileEvaluator(_id, scope.variables);
  const run = grouper(rest, scope);
  return blocking((docs) => run(docs, idOf));
};

/** The stage `$sortByCount`. */
export const sortByCount: StageMaker = (spec, scope) => {
  const grouped = group({ _id: spec, count: { $sum: 1 } }, scope);
  const order = parseSort({ count: -1 }) ?? [];
  const sorted = blocking((docs) => sortBy(docs, order, { docOf: (doc) => doc, collation: scope.collation }));
  return (input) => sorted(grouped(input));
};
