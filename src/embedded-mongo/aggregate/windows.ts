import { fail } from '../errors.js';
import { fieldEntries, fromFields } from '../bson/fields.js';
import { isDoc } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { checkExpression } from '../expressions/check.js';
import { prepare } from '../expressions/prepare.js';
import { parseSort } from '../query/sort.js';
import { Claims } from '../query/claims.js';
import { runMingo } from './mingo.js';
import type { PipelineScope, StageMaker } from './pipeline.js';
import { blocking } from './pipeline.js';
import { readWindowField } from './window-functions.js';

/** The elements of all lists that one stage may collect: 100 MB of MongoDB's. */
const mostCollected = (100 * 1024 * 1024) / 16;

function* bounded(docs: readonly Doc[], spec: Doc, scope: PipelineScope): Generator<Doc> {
  const names = isDoc(spec.output) ? Object.keys(spec.output) : [];
  let room = mostCollected;
  for (const doc of runMingo(docs, { name: '$setWindowFields', spec, scriptEnabled: true }, scope)) {
    for (const name of names) {
      const value = doc[name];
      if (Array.isArray(value)) room -= value.length;
    }
    if (room < 0) fail('ExceededMemoryLimit', 'The lists of $setWindowFields take more than 100 MB');
    yield doc;
  }
}

/** mingo wants an order for `$first` and `$last`: no document has a field of this name, so that all keep their places. */
const asTheyCome = { '\0': 1 };

function checkOutput(output: unknown): [string, unknown][] {
  if (!isDoc(output)) fail(40414, "BSON field '$setWindowFields.output' is missing but a required field");
  const claims = new Claims();
  const fields = fieldEntries(output);
  for (const [name] of fields) {
    if (claims.claim(name.split('.')) !== undefined)
      fail(6307900, "$setWindowFields 'output' specification contains two conflicting paths");
  }
  return fields;
}

/** The specification, checked and with its expressions prepared. */
function readSpec(spec: Doc, variables: Doc): Doc {
  const unknownName = Object.keys(spec).find((name) => !['partitionBy', 'sortBy', 'output'].includes(name));
  if (unknownName !== undefined) fail(40415, `BSON field '$setWindowFields.${unknownName}' is an unknown field.`);
  const { partitionBy, sortBy, output } = spec;
  const sort = parseSort(sortBy);
  checkExpression(partitionBy, new Set(Object.keys(variables)));
  const fields = checkOutput(output).map(([name, field]) => [name, readWindowField(field, sort, variables)] as const);
  return {
    ...(partitionBy === undefined ? {} : { partitionBy: prepare(partitionBy) }),
    sortBy: sort ? sortBy : asTheyCome,
    output: fromFields(fields),
  };
}

/** The stage `$setWindowFields`: mingo's, with MongoDB's checks and a bound. */
export const setWindowFields: StageMaker = (spec, scope) => {
  if (!isDoc(spec)) fail('FailedToParse', 'the $setWindowFields stage specification must be an object');
  const read = readSpec(spec, scope.variables);
  return blocking((docs) => bounded(docs, read, scope));
};
