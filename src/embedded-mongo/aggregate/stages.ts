import { fail } from '../errors.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import type { Doc } from '../bson/types.js';
import { compileEvaluator } from '../expressions/evaluate.js';
import { compileFilter } from '../query/filter.js';
import { parseSort, sortBy } from '../query/sort.js';
import { bucket } from './bucket.js';
import { bucketAuto } from './bucket-auto.js';
import { densify } from './densify.js';
import { fill } from './fill.js';
import { redact } from './redact.js';
import { setWindowFields } from './windows.js';
import { graphLookup } from './graph-lookup.js';
import { group, sortByCount } from './group.js';
import { facet, lookup, unionWith } from './join.js';
import { documentStages } from './on-document.js';
import type { Docs, StageMaker, StageTable } from './pipeline.js';
import { blocking, docSpec } from './pipeline.js';
import { sample } from './sample.js';
import { unwind } from './unwind.js';

function* mapped(input: Docs, change: (doc: Doc) => Doc): Generator<Doc | undefined> {
  for (const doc of input) yield doc && change(doc);
}

function each(change: (doc: Doc) => Doc): (input: Docs) => Docs {
  return (input) => mapped(input, change);
}

function* kept(input: Docs, keeps: (doc: Doc) => boolean): Generator<Doc | undefined> {
  for (const doc of input) yield doc && keeps(doc) ? doc : undefined;
}

function* firstOnes(input: Docs, limit: number): Generator<Doc | undefined> {
  let left = limit;
  for (const doc of input) {
    yield doc;
    if (doc) left -= 1;
    if (left === 0) return;
  }
}

function* withoutFirst(input: Docs, skip: number): Generator<Doc | undefined> {
  let left = skip;
  for (const doc of input) {
    if (doc && left > 0) left -= 1;
    else yield doc;
  }
}

function wholeNumber(name: string, spec: unknown, least: number): number {
  const value = isNumeric(spec) ? toDouble(spec) : NaN;
  if (!Number.isInteger(value))
    fail(
      name === '$limit' ? 2107201 : 5107200,
      `invalid argument to ${name} stage: Expected an integer: ${name}: ${JSON.stringify(spec)}`,
    );
  if (value < least)
    fail(name === '$limit' ? 15958 : 5107200, `invalid argument to ${name} stage: the limit must be positive`);
  return value;
}

const match: StageMaker = (spec, { variables, collation }) => {
  const test = compileFilter(docSpec('$match', spec, 15959), { variables, collation });
  return (input) => kept(input, test);
};

const sort: StageMaker = (spec, { collation }) => {
  const order = parseSort(docSpec('$sort', spec, 15973)) ?? fail(15976, '$sort stage must have at least one sort key');
  return blocking((docs) => sortBy(docs, order, { docOf: (doc) => doc, collation }));
};

function onEach([name, make]: [string, (spec: unknown, variables: Doc) => (doc: Doc) => Doc]): [string, StageMaker] {
  return [name, (spec, { variables }) => each(make(spec, variables))];
}

const count: StageMaker = (spec) => {
  if (typeof spec !== 'string' || spec === '') fail(40156, 'the count field must be a non-empty string');
  return blocking((docs) => (docs.length > 0 ? [{ [spec]: docs.length }] : []));
};

const documents: StageMaker = (spec, { variables }) => {
  const list = compileEvaluator(spec, variables)({});
  if (!Array.isArray(list)) fail(5858203, '$documents requires an array of documents');
  return () => list as Doc[];
};

/** The stages that know this engine's values, orders and indexes. */
export const stages: StageTable = new Map<string, StageMaker>([
  ['$match', match],
  ['$sort', sort],
  [
    '$limit',
    (spec) => {
      const limit = wholeNumber('$limit', spec, 1);
      return (input) => firstOnes(input, limit);
    },
  ],
  [
    '$skip',
    (spec) => {
      const skip = wholeNumber('$skip', spec, 0);
      return (input) => withoutFirst(input, skip);
    },
  ],
  ...[...documentStages].map(onEach),
  ['$count', count],
  ['$group', group],
  ['$sortByCount', sortByCount],
  ['$bucket', bucket],
  ['$unwind', unwind],
  ['$lookup', lookup],
  ['$graphLookup', graphLookup],
  ['$unionWith', unionWith],
  ['$facet', facet],
  ['$documents', documents],
  ['$sample', sample],
  ['$densify', densify],
  ['$setWindowFields', setWindowFields],
  ['$bucketAuto', bucketAuto],
  ['$fill', fill],
  ['$redact', redact],
]);
