import { fail } from '../errors.js';
import { compareValues } from '../bson/compare.js';
import { isIntegral, isNumeric, toDouble } from '../bson/numbers.js';
import { isDoc, typeAlias } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { compileEvaluator } from '../expressions/evaluate.js';
import { grouper } from './group.js';
import { runMingo } from './mingo.js';
import type { PipelineScope, StageMaker } from './pipeline.js';
import { blocking } from './pipeline.js';

/** Documents between two borders; the upper one belongs to the next bucket, but for the last. */
interface Bucket {
  readonly min: unknown;
  readonly max: unknown;
  readonly docs: readonly Doc[];
}

type Cut = (docs: readonly Doc[]) => Iterable<Bucket>;

const known = new Set(['groupBy', 'buckets', 'output', 'granularity']);

function bucketsOf(buckets: unknown): number {
  if (!isNumeric(buckets))
    fail(40241, `The $bucketAuto 'buckets' field must be a numeric value, but found type: ${typeAlias(buckets)}`);
  const count = toDouble(buckets);
  if (!isIntegral(buckets) || count > 0x7fffffff)
    fail(40242, `The $bucketAuto 'buckets' field must be representable as a 32-bit integer, but found ${count}`);
  return count > 0 ? count : fail(40243, `The $bucketAuto 'buckets' field must be greater than 0, but found: ${count}`);
}

/** Buckets of about the same size; equal values stay together. */
function cutEvenly(count: number, valueOf: (doc: Doc) => unknown): Cut {
  return function* (docs) {
    const sorted = docs.map((doc) => ({ doc, value: valueOf(doc) ?? null }));
    sorted.sort((a, b) => compareValues(a.value, b.value));
    const size = Math.max(1, Math.round(sorted.length / count));
    for (let [from, number] = [0, 1]; from < sorted.length; number += 1) {
      let to = number === count ? sorted.length : Math.min(sorted.length, from + size);
      while (to < sorted.length && compareValues(sorted[to - 1]?.value, sorted[to]?.value) === 0) to += 1;
      const max = sorted[Math.min(to, sorted.length - 1)]?.value;
      yield { min: sorted[from]?.value, max, docs: sorted.slice(from, to).map(({ doc }) => doc) };
      from = to;
    }
  };
}

/** Borders from a series of preferred numbers are mingo's, which may give more buckets than were asked for. */
function cutBySeries(spec: Doc, count: number, scope: PipelineScope): Cut {
  const asked = { ...spec, output: { docs: { $push: '$$ROOT' } } };
  return function* (docs) {
    if (docs.length === 0) return;
    const found = [...runMingo(docs, { name: '$bucketAuto', spec: asked }, scope)].map((bucket): Bucket => {
      const { min, max } = bucket._id as { min: unknown; max: unknown };
      return { min, max, docs: bucket.docs as Doc[] };
    });
    const last = found.slice(count - 1);
    yield* found.slice(0, count - 1);
    if (last.length > 0)
      yield { min: last[0]?.min, max: last.at(-1)?.max, docs: last.flatMap((bucket) => bucket.docs) };
  };
}

function checkSpec(spec: unknown): Doc {
  if (!isDoc(spec)) fail(40240, `The argument to $bucketAuto must be an object, but found type: ${typeAlias(spec)}`);
  const unknown = Object.keys(spec).find((name) => !known.has(name));
  if (unknown !== undefined) fail(40245, `Unrecognized option to $bucketAuto: ${unknown}.`);
  if (!('groupBy' in spec) || !('buckets' in spec)) fail(40246, "$bucketAuto requires 'groupBy' and 'buckets'");
  if (spec.output !== undefined && !isDoc(spec.output)) fail(40244, "The $bucketAuto 'output' field must be an object");
  return spec;
}

/** The stage `$bucketAuto`. */
export const bucketAuto: StageMaker = (given, scope) => {
  const spec = checkSpec(given);
  const { groupBy, output, granularity } = spec;
  const count = bucketsOf(spec.buckets);
  const run = grouper(isDoc(output) ? output : { count: { $sum: 1 } }, scope);
  const evaluate = compileEvaluator(groupBy, scope.variables);
  const cut = granularity === undefined ? cutEvenly(count, evaluate) : cutBySeries(spec, count, scope);
  return blocking(function* (docs) {
    for (const { min, max, docs: own } of cut(docs)) yield* run(own, () => ({ min, max }));
  });
};
