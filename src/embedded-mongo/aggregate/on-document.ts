import { fail } from '../errors.js';
import type { Doc } from '../bson/types.js';
import { compileEvaluator } from '../expressions/evaluate.js';
import { isDoc } from '../bson/types.js';
import { compileAddFields, compileProjection } from '../query/projection.js';

type Change = (doc: Doc) => Doc;

function replacing(expression: unknown, variables: Doc): Change {
  const evaluate = compileEvaluator(expression, variables);
  return (doc) => {
    const value = evaluate(doc);
    return isDoc(value) ? value : fail(40228, "'newRoot' expression must evaluate to an object");
  };
}

function unset(spec: unknown): Change {
  const paths: readonly unknown[] = Array.isArray(spec) ? spec : [spec];
  return compileProjection(Object.fromEntries(paths.map((path) => [path, 0])), { isStage: true }) ?? ((doc) => doc);
}

function changeOf(name: string, spec: unknown, variables: Doc): Change {
  if (name === '$unset') return unset(spec);
  if (name === '$replaceWith') return replacing(spec, variables);
  if (!isDoc(spec)) fail(40272, `${name} specification stage must be an object`);
  if (name === '$replaceRoot') return replacing(spec.newRoot, variables);
  if (name === '$project') return compileProjection(spec, { isStage: true, variables }) ?? ((doc) => doc);
  return compileAddFields(spec, (expression) => compileEvaluator(expression, variables));
}

/** The stages an update may have, on one document. */
export function runOnDocument(doc: Doc, stages: readonly Doc[], variables: Doc): Doc {
  return stages.reduce((current, stage) => {
    const [name = ''] = Object.keys(stage);
    return changeOf(name, stage[name], variables)(current);
  }, doc);
}
