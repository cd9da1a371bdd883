import { Long } from 'bson';
import { fail } from '../errors.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { isDoc } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { compileEvaluator } from '../expressions/evaluate.js';
import type { Evaluate } from '../expressions/evaluate.js';
import { identityOf } from '../keys/encode.js';
import { compileAddFields } from '../query/projection.js';
import { getPath } from '../query/path.js';
import type { Docs, PipelineScope, StageMaker } from './pipeline.js';
import { pipelineSource } from './source.js';

interface GraphLookup {
  readonly from: string;
  readonly as: string;
  readonly start: Evaluate;
  readonly connectFrom: string;
  readonly connectTo: string;
  readonly maxDepth: number;
  readonly depthField: string | undefined;
  readonly restriction: Doc;
}

function parse(spec: unknown, variables: Doc): GraphLookup {
  if (!isDoc(spec)) fail('FailedToParse', 'the $graphLookup stage specification must be an object');
  const { from, as, startWith, connectFromField, connectToField, maxDepth, depthField, restrictSearchWithMatch } = spec;
  if (
    typeof from !== 'string' ||
    typeof as !== 'string' ||
    typeof connectFromField !== 'string' ||
    typeof connectToField !== 'string' ||
    startWith === undefined
  ) {
    return fail(40105, '$graphLookup requires from, as, startWith, connectFromField, and connectToField');
  }
  return {
    from,
    as,
    start: compileEvaluator(startWith, variables),
    connectFrom: connectFromField,
    connectTo: connectToField,
    maxDepth: isNumeric(maxDepth) ? toDouble(maxDepth) : Infinity,
    depthField: typeof depthField === 'string' ? depthField : undefined,
    restriction: isDoc(restrictSearchWithMatch) ? restrictSearchWithMatch : {},
  };
}

function valuesOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

/** The documents that can be reached, each once, those of fewer steps first. */
function reached(doc: Doc, spec: GraphLookup, scope: PipelineScope): Doc[] {
  const found = new Map<string, Doc>();
  const asked = new Set<string>();
  let frontier = valuesOf(spec.start(doc));
  for (let depth = 0; depth <= spec.maxDepth && frontier.length > 0; depth += 1) {
    const wanted = frontier.filter((value) => !asked.has(identityOf(value)));
    for (const value of wanted) asked.add(identityOf(value));
    if (wanted.length === 0) break;
    const filter = { $and: [{ [spec.connectTo]: { $in: wanted } }, spec.restriction] };
    const fresh: Doc[] = [];
    for (const other of pipelineSource(`${scope.database}.${spec.from}`, [{ $match: filter }], scope).docs) {
      if (!other || found.has(identityOf(other._id))) continue;
      found.set(identityOf(other._id), withDepth(other, spec.depthField, depth));
      fresh.push(other);
    }
    frontier = fresh.flatMap((other) => valuesOf(getPath(other, spec.connectFrom)));
  }
  return [...found.values()];
}

function withDepth(doc: Doc, field: string | undefined, depth: number): Doc {
  return field === undefined ? doc : compileAddFields({ [field]: null }, () => () => Long.fromNumber(depth))(doc);
}

function* looked(input: Docs, spec: GraphLookup, scope: PipelineScope): Generator<Doc | undefined> {
  for (const doc of input) {
    yield doc && compileAddFields({ [spec.as]: null }, () => () => reached(doc, spec, scope))(doc);
  }
}

/** The stage `$graphLookup`: each step of the search is one planned query. */
export const graphLookup: StageMaker = (spec, scope) => {
  const parsed = parse(spec, scope.variables);
  return (input) => looked(input, parsed, scope);
};
