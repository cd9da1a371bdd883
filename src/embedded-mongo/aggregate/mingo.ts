import { startBudget } from '../expressions/budget.js';
import { mingoOptions, translateErrors } from '../expressions/evaluate.js';
import { mingo } from '../expressions/mingo.js';
import type { Doc } from '../bson/types.js';
import type { PipelineScope } from './pipeline.js';

/** A stage of mingo's, and what it may use. */
export interface MingoStage {
  readonly name: string;
  readonly spec: unknown;
  /** mingo marks its own window functions as scripts. */
  readonly scriptEnabled?: boolean;
}

/** The results of a stage of mingo's one by one: between two of them a command can be ended, and others have their turn. */
export function* runMingo(docs: readonly Doc[], stage: MingoStage, scope: PipelineScope): Generator<Doc> {
  const options = { ...mingoOptions(scope.variables), scriptEnabled: stage.scriptEnabled ?? false };
  const results = translateErrors(() => {
    startBudget(docs.length);
    return new (mingo().aggregator.Aggregator)([{ [stage.name]: stage.spec }], options).stream([...docs]);
  });
  const next = (): ReturnType<typeof results.next> =>
    translateErrors(() => {
      startBudget(docs.length);
      return results.next();
    });
  for (let result = next(); !result.done; result = next()) yield result.value as Doc;
}
