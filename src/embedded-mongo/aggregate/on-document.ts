import { fail } from '../errors.js';
import type { Doc } from '../bson/types.js';
import { isDoc } from '../bson/types.js';
import { compileEvaluator } from '../expressions/evaluate.js';
import type { Project } from '../query/projection.js';
import { compileAddFields, compileProjection } from '../query/projection.js';
import { docSpec } from './pipeline.js';

/** Prepares a stage that makes one document of each. @throws CommandError for what is wrong with it. */
type MakeChange = (spec: unknown, variables: Doc) => Project;

const unchanged: Project = (doc) => doc;

const project: MakeChange = (spec, variables) =>
  compileProjection(docSpec('$project', spec, 15969), { isStage: true, variables }) ?? unchanged;

const addFields: MakeChange = (spec, variables) =>
  compileAddFields(docSpec('$addFields', spec, 40272), (expression) => compileEvaluator(expression, variables));

const unset: MakeChange = (spec) => {
  const paths: readonly unknown[] = Array.isArray(spec) ? spec : [spec];
  if (paths.length === 0 || !paths.every((path) => typeof path === 'string'))
    fail(31002, '$unset specification must be a string or an array of strings');
  return compileProjection(Object.fromEntries(paths.map((path) => [path, 0])), { isStage: true }) ?? unchanged;
};

const replaceWith: MakeChange = (expression, variables) => {
  const evaluate = compileEvaluator(expression, variables);
  return (doc) => {
    const value = evaluate(doc);
    if (isDoc(value)) return value;
    const shown = JSON.stringify(value ?? null);
    return fail(40228, `'newRoot' expression must evaluate to an object, but resulting value was: ${shown}`);
  };
};

const replaceRoot: MakeChange = (spec, variables) =>
  replaceWith(docSpec('$replaceRoot', spec, 40229).newRoot, variables);

/** The stages that make one document of each: pipelines have them, and updates. */
export const documentStages: ReadonlyMap<string, MakeChange> = new Map<string, MakeChange>([
  ['$project', project],
  ['$addFields', addFields],
  ['$set', addFields],
  ['$unset', unset],
  ['$replaceRoot', replaceRoot],
  ['$replaceWith', replaceWith],
]);

/** Prepares the pipeline of an update, whose stages are all of that kind. */
export function compileUpdatePipeline(stages: readonly Doc[], variables: Doc): Project {
  const changes = stages.map((stage) => {
    const [[name, spec] = ['', undefined]] = Object.entries(stage);
    const make =
      documentStages.get(name) ?? fail('InvalidOptions', `${name} is not allowed to be used within an update`);
    return make(spec, variables);
  });
  return (doc) => changes.reduce((current, change) => change(current), doc);
}
