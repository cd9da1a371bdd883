import { fail } from '../errors.js';
import { fieldEntries, setField } from '../bson/fields.js';
import { isDoc } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { compileEvaluator } from '../expressions/evaluate.js';
import { getPath } from '../query/path.js';
import { isRegex } from '../query/regex.js';
import { compileAddFields } from '../query/projection.js';
import type { Docs, PipelineScope, StageMaker } from './pipeline.js';
import { compileStages } from './pipeline.js';
import { pipelineSource } from './source.js';

interface Lookup {
  readonly from: string;
  readonly as: string;
  readonly localField: string | undefined;
  readonly foreignField: string | undefined;
  readonly pipeline: readonly unknown[];
  readonly lets: readonly [string, ReturnType<typeof compileEvaluator>][];
}

function parseLookup(spec: unknown, variables: Doc): Lookup {
  if (!isDoc(spec)) fail('FailedToParse', 'the $lookup specification must be an Object');
  const { from, as, localField, foreignField, pipeline, let: lets } = spec;
  if (typeof as !== 'string') fail('FailedToParse', "must specify 'as' field for a $lookup");
  if (typeof from !== 'string') fail('FailedToParse', "missing 'from' option to $lookup stage specification");
  if (pipeline === undefined && (typeof localField !== 'string' || typeof foreignField !== 'string')) {
    fail('FailedToParse', "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified");
  }
  const named = Object.entries((lets ?? {}) as Doc).map(([name, expression]): Lookup['lets'][number] => [
    name,
    compileEvaluator(expression, variables),
  ]);
  return {
    from,
    as,
    localField: localField as string | undefined,
    foreignField: foreignField as string | undefined,
    pipeline: Array.isArray(pipeline) ? pipeline : [],
    lets: named,
  };
}

/** The filter that finds what a document is joined with: equality with its value, or with one of its values. */
function equalityFilter(foreignField: string, value: unknown): Doc {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value ?? null];
  const plain = values.filter((item) => !isRegex(item));
  const [only] = plain;
  return { [foreignField]: plain.length === 1 && !Array.isArray(only) ? { $eq: only ?? null } : { $in: plain } };
}

function* joined(input: Docs, spec: Lookup, scope: PipelineScope): Generator<Doc | undefined> {
  const namespace = `${scope.database}.${spec.from}`;
  for (const doc of input) {
    if (!doc) {
      yield undefined;
      continue;
    }
    const variables = {
      ...scope.variables,
      ...Object.fromEntries(spec.lets.map(([name, evaluate]) => [name, evaluate(doc) ?? null])),
    };
    const { localField, foreignField } = spec;
    const filter =
      localField !== undefined && foreignField !== undefined
        ? [{ $match: equalityFilter(foreignField, getPath(doc, localField)) }]
        : [];
    const found: Doc[] = [];
    for (const other of pipelineSource(namespace, [...filter, ...spec.pipeline], { ...scope, variables }).docs) {
      if (other) found.push(other);
      else yield undefined;
    }
    yield compileAddFields({ [spec.as]: null }, () => () => found)(doc);
  }
}

/** The stage `$lookup`: its pipeline is planned for every document, with the equality as a bound. */
export const lookup: StageMaker = (spec, scope) => {
  const parsed = parseLookup(spec, scope.variables);
  const known = Object.fromEntries(parsed.lets.map(([name]) => [name, null]));
  compileStages(parsed.pipeline, { ...scope, variables: { ...scope.variables, ...known } });
  return (input) => joined(input, parsed, scope);
};

function* concatenated(first: Docs, second: () => Docs): Generator<Doc | undefined> {
  yield* first;
  yield* second();
}

/** The stage `$unionWith`. */
export const unionWith: StageMaker = (spec, scope) => {
  const { coll, pipeline } = isDoc(spec) ? spec : { coll: spec, pipeline: undefined };
  const inner: readonly unknown[] = Array.isArray(pipeline) ? pipeline : [];
  if (typeof coll !== 'string') fail('FailedToParse', '$unionWith stage requires a collection name');
  compileStages(inner, scope);
  return (input) => concatenated(input, () => pipelineSource(`${scope.database}.${coll}`, inner, scope).docs);
};

const notInFacet = new Set(['$facet', '$collStats', '$geoNear', '$indexStats', '$out', '$merge', '$planCacheStats']);

/** The stage `$facet`: several pipelines on the same documents. */
export const facet: StageMaker = (spec, scope) => {
  if (!isDoc(spec) || Object.keys(spec).length === 0)
    fail(40169, 'the $facet specification must be a non-empty object');
  const facets = fieldEntries(spec).map(([name, pipeline]): [string, (input: Docs) => Docs] => {
    if (!Array.isArray(pipeline)) fail(40170, `arguments to $facet must be arrays, ${name} is not`);
    for (const stage of pipeline as unknown[]) {
      const [stageName = ''] = isDoc(stage) ? Object.keys(stage) : [];
      if (notInFacet.has(stageName)) fail(40600, `${stageName} is not allowed to be used within a $facet stage`);
    }
    return [name, compileStages(pipeline as unknown[], scope)];
  });
  return (input) => faceted(input, facets);
};

function* faceted(input: Docs, facets: readonly [string, (input: Docs) => Docs][]): Generator<Doc | undefined> {
  const docs: Doc[] = [];
  for (const doc of input) {
    if (doc) docs.push(doc);
    yield undefined;
  }
  const result: Doc = {};
  for (const [name, run] of facets) {
    const found: Doc[] = [];
    for (const doc of run(docs)) {
      if (doc) found.push(doc);
      else yield undefined;
    }
    setField(result, name, found);
  }
  yield result;
}
