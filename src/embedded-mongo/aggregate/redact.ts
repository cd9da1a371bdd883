import { fail } from '../errors.js';
import { fieldEntries, fromFields } from '../bson/fields.js';
import type { Doc } from '../bson/types.js';
import { isDoc } from '../bson/types.js';
import type { Evaluate } from '../expressions/evaluate.js';
import { compileEvaluator } from '../expressions/evaluate.js';
import type { Docs, StageMaker } from './pipeline.js';

/** What is left of a document; undefined for one that is pruned. */
function redactDoc(doc: Doc, decide: Evaluate): Doc | undefined {
  const decision = decide(doc);
  if (decision === '$$KEEP') return doc;
  if (decision === '$$PRUNE') return undefined;
  if (decision !== '$$DESCEND') {
    fail(
      17053,
      "$redact's expression should not return anything aside from the variables $$KEEP, $$DESCEND, and $$PRUNE",
    );
  }
  return fromFields(
    fieldEntries(doc)
      .map(([name, value]) => [name, redactValue(value, decide)] as const)
      .filter(([, value]) => value !== undefined),
  );
}

function redactValue(value: unknown, decide: Evaluate): unknown {
  if (Array.isArray(value)) return value.map((item) => redactValue(item, decide)).filter((item) => item !== undefined);
  return isDoc(value) ? redactDoc(value, decide) : value;
}

function* redacted(input: Docs, decide: Evaluate): Generator<Doc | undefined> {
  for (const doc of input) yield doc && redactDoc(doc, decide);
}

/** The stage `$redact`. @throws CommandError 17053 for a decision that is none, while it runs. */
export const redact: StageMaker = (spec, { variables }) => {
  const decide = compileEvaluator(spec, variables);
  return (input) => redacted(input, decide);
};
