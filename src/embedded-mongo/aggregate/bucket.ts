import { fail } from '../errors.js';
import { compareValues } from '../bson/compare.js';
import type { Doc } from '../bson/types.js';
import { isDoc, rankOf } from '../bson/types.js';
import { compileEvaluator } from '../expressions/evaluate.js';
import { grouper } from './group.js';
import type { StageMaker } from './pipeline.js';
import { blocking } from './pipeline.js';

function boundariesOf(boundaries: unknown): readonly unknown[] {
  if (!Array.isArray(boundaries)) fail(40200, "The $bucket 'boundaries' field must be an array");
  if (boundaries.length < 2) fail(40192, "The $bucket 'boundaries' field must have at least 2 values");
  const list = boundaries as unknown[];
  list.slice(1).forEach((boundary, i) => {
    if (rankOf(boundary) !== rankOf(list[i]))
      fail(40193, "All values in the 'boundaries' option to $bucket must have the same type");
    if (compareValues(list[i], boundary) >= 0) fail(40194, "The 'boundaries' option to $bucket must be sorted");
  });
  return list;
}

/** The stage `$bucket`: each document goes to the last boundary that is not above its value. */
export const bucket: StageMaker = (spec, scope) => {
  if (!isDoc(spec)) fail(40201, 'Argument to $bucket stage must be an object');
  const { groupBy, output } = spec;
  const boundaries = boundariesOf(spec.boundaries);
  const valueOf = compileEvaluator(groupBy, scope.variables);
  const run = grouper(isDoc(output) ? output : { count: { $sum: 1 } }, scope);
  const bucketOf = (doc: Doc): unknown => {
    const value = valueOf(doc);
    const above = boundaries.findIndex((boundary) => compareValues(value ?? null, boundary) < 0);
    if (above > 0) return boundaries[above - 1];
    return 'default' in spec
      ? spec.default
      : fail(7157302, '$bucket could not find a matching bucket for a value, and no default was specified');
  };
  return blocking((docs) => run(docs, bucketOf).sort((a, b) => compareValues(a._id, b._id)));
};
