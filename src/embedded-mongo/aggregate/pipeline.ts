import { fail } from '../errors.js';
import { isDoc } from '../bson/types.js';
import type { Collation } from '../bson/collation.js';
import type { Doc } from '../bson/types.js';
import type { Engine } from '../engine.js';

/** Documents on their way; `undefined` is progress without a document. */
export type Docs = Iterable<Doc | undefined>;

/** What the stages of a pipeline may reach. */
export interface PipelineScope {
  readonly engine: Engine;
  readonly database: string;
  readonly variables: Doc;
  readonly collation: Collation | undefined;
  readonly stages: StageTable;
}

/** Prepares a stage: what is wrong with it is said before a document is read. */
export type StageMaker = (spec: unknown, scope: PipelineScope) => (input: Docs) => Docs;

/** The stages by their names. */
export type StageTable = ReadonlyMap<string, StageMaker>;

const refused: Readonly<Record<string, string>> = {
  $out: 'the embedded database does not write with aggregations',
  $merge: 'the embedded database does not write with aggregations',
  $changeStream: 'The $changeStream stage is only supported on replica sets',
  $geoNear: '$geoNear requires a 2d or 2dsphere index, but none were found',
  $collStats: '$collStats is only valid as the first stage in a pipeline.',
  $indexStats: '$indexStats is only valid as the first stage in a pipeline.',
  $search: '$search is not supported by the embedded database',
  $vectorSearch: '$vectorSearch is not supported by the embedded database',
};
const refusalCodes: Readonly<Record<string, number>> = {
  $changeStream: 40573,
  $geoNear: 27,
  $collStats: 40602,
  $indexStats: 40602,
};

/** The name of a stage. @throws CommandError 40323 or 40324. */
export function stageName(stage: unknown): string {
  if (!isDoc(stage)) fail('TypeMismatch', "Each element of the 'pipeline' array must be an object");
  const names = Object.keys(stage);
  if (names.length !== 1) fail(40323, 'A pipeline stage specification object must contain exactly one field.');
  return names[0] ?? '';
}

/** The specification of a stage that is an object and, but for `$match`, not an empty one. @throws CommandError with the code. */
export function docSpec(name: string, spec: unknown, code: number): Doc {
  if (!isDoc(spec)) fail(code, `${name} specification must be an object`);
  if (Object.keys(spec).length === 0 && name !== '$match')
    fail(code, `Invalid ${name} :: caused by :: ${name} specification must have at least one field`);
  return spec;
}

function* collected(input: Docs, run: (docs: Doc[]) => Iterable<Doc>): Generator<Doc | undefined> {
  const docs: Doc[] = [];
  for (const doc of input) {
    if (doc) docs.push(doc);
    yield undefined;
  }
  yield* run(docs);
}

/** A stage that needs all documents before it can give the first. */
export function blocking(run: (docs: Doc[]) => Iterable<Doc>): (input: Docs) => Docs {
  return (input) => collected(input, run);
}

function makeStage(stage: Doc, scope: PipelineScope): (input: Docs) => Docs {
  const name = stageName(stage);
  const spec = stage[name];
  const make = scope.stages.get(name);
  if (make) return make(spec, scope);
  const refusal = refused[name];
  if (refusal !== undefined) fail(refusalCodes[name] ?? 'CommandNotSupported', refusal);
  return fail(40324, `Unrecognized pipeline stage name: '${name}'`);
}

/** Prepares stages that run one after another. */
export function compileStages(stages: readonly unknown[], scope: PipelineScope): (input: Docs) => Docs {
  const steps = stages.map((stage) => {
    stageName(stage);
    return makeStage(stage as Doc, scope);
  });
  return (input) => steps.reduce((docs, step) => step(docs), input);
}
