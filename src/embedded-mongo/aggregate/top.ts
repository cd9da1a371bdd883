import { fail } from '../errors.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { isDoc } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { compileEvaluator } from '../expressions/evaluate.js';
import { parseSort, sortBy } from '../query/sort.js';
import type { Collector } from './accumulators.js';

const names = new Set(['$top', '$bottom', '$topN', '$bottomN']);

/** True for the accumulators that take documents from one end of a sorted group. */
export function isTop(name: string): boolean {
  return names.has(name);
}

function amountOf(n: unknown, variables: Doc): number {
  const value = compileEvaluator(n, variables)({});
  const amount = isNumeric(value) ? toDouble(value) : NaN;
  return Number.isInteger(amount) && amount > 0 ? amount : fail(5787908, "'n' must be greater than 0");
}

/** `$top` and `$bottom` give one output, `$topN` and `$bottomN` an array of them. @throws CommandError 5787801 and others. */
export function topCollector(name: string, spec: unknown, variables: Doc): () => Collector {
  if (!isDoc(spec)) fail(5788001, `specification must be an object; found ${name}`);
  const order = parseSort(spec.sortBy) ?? fail(5788005, `Missing value for 'sortBy'`);
  if (!('output' in spec)) fail(5788004, `Missing value for 'output'`);
  const output = compileEvaluator(spec.output, variables);
  const isMany = name.endsWith('N');
  const amount = isMany ? amountOf(spec.n, variables) : 1;
  return () => {
    const docs: Doc[] = [];
    const result = (): unknown => {
      const sorted = sortBy(docs, order, { docOf: (doc) => doc });
      const ends = name.startsWith('$top') ? sorted.slice(0, amount) : sorted.slice(-amount);
      const values = ends.map((doc) => output(doc) ?? null);
      return isMany ? values : values[0];
    };
    return { add: (doc) => void docs.push(doc), result };
  };
}
