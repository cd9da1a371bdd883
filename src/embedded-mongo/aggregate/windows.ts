import { fail } from '../errors.js';
import { isDoc } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { prepare, prepareCalls } from '../expressions/prepare.js';
import { refuseScripts, runMingo } from './mingo.js';
import type { PipelineScope, StageMaker } from './pipeline.js';
import { blocking } from './pipeline.js';

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

/** The specification with its expressions prepared. */
function preparedSpec(spec: Doc): Doc {
  const { partitionBy, output } = spec;
  const fields = isDoc(output)
    ? Object.entries(output).map(([name, field]) => [name, isDoc(field) ? prepareCalls(field) : field] as const)
    : undefined;
  return {
    ...spec,
    ...(partitionBy === undefined ? {} : { partitionBy: prepare(partitionBy) }),
    ...(fields ? { output: Object.fromEntries(fields) } : {}),
  };
}

/** The stage `$setWindowFields`: mingo's, with a bound. */
export const setWindowFields: StageMaker = (spec, scope) => {
  if (!isDoc(spec)) fail('FailedToParse', 'the $setWindowFields stage specification must be an object');
  refuseScripts(spec);
  const prepared = preparedSpec(spec);
  return blocking((docs) => bounded(docs, prepared, scope));
};
