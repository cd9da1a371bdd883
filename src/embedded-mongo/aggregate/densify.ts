import { fail } from '../errors.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { isDoc, typeAlias } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { runMingo } from './mingo.js';
import type { PipelineScope, StageMaker } from './pipeline.js';
import { blocking } from './pipeline.js';

/** MongoDB's limit of documents that one `$densify` may make. */
const mostMade = 500_000;

function stepOf({ step }: Doc): number {
  if (!isNumeric(step)) {
    fail('TypeMismatch', `BSON field 'range.step' is the wrong type '${typeAlias(step)}', expected type 'number'`);
  }
  const value = toDouble(step);
  if (!(value > 0)) fail(5733401, 'the step parameter in a range statement must be a strictly positive numeric value');
  return value;
}

function* counted(docs: readonly Doc[], spec: Doc, scope: PipelineScope): Generator<Doc> {
  let room = docs.length + mostMade;
  for (const doc of runMingo(docs, { name: '$densify', spec }, scope)) {
    room -= 1;
    if (room < 0) fail(5897900, `$densify makes more than ${mostMade} documents, which is its limit`);
    yield doc;
  }
}

/** The stage `$densify`: mingo's, with MongoDB's limit. */
export const densify: StageMaker = (spec, scope) => {
  if (!isDoc(spec)) fail(5733201, 'The $densify stage specification must be an object');
  const { field, range } = spec;
  if (typeof field !== 'string') fail(40414, "BSON field '$densify.field' is missing but a required field");
  if (!isDoc(range)) fail(40414, "BSON field '$densify.range' is missing but a required field");
  const checked = { ...spec, range: { ...range, step: stepOf(range) } };
  return blocking((docs) => counted(docs, checked, scope));
};
