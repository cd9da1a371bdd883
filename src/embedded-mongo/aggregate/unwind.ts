import { Long } from 'bson';
import { fail } from '../errors.js';
import { removeField, setField } from '../bson/fields.js';
import { isDoc } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { getPath } from '../query/path.js';
import type { Docs, StageMaker } from './pipeline.js';

interface Unwind {
  readonly parts: readonly string[];
  readonly indexParts: readonly string[] | undefined;
  readonly keepsEmpty: boolean;
}

function parse(spec: unknown): Unwind {
  const { path, includeArrayIndex, preserveNullAndEmptyArrays } = isDoc(spec) ? spec : { path: spec };
  if (typeof path !== 'string') fail(28812, 'no path specified to $unwind stage');
  if (!path.startsWith('$')) fail(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  return {
    parts: path.slice(1).split('.'),
    indexParts: typeof includeArrayIndex === 'string' ? includeArrayIndex.split('.') : undefined,
    keepsEmpty: preserveNullAndEmptyArrays === true,
  };
}

/** A copy with another value at a path; `undefined` removes it. */
function withValue(doc: Doc, parts: readonly string[], value: unknown): Doc {
  const [name = '', ...rest] = parts;
  const copy = { ...doc };
  const inner = copy[name];
  const next = rest.length === 0 ? value : withValue(isDoc(inner) ? inner : {}, rest, value);
  if (next === undefined) removeField(copy, name);
  else setField(copy, name, next);
  return copy;
}

function* unwound(doc: Doc, { parts, indexParts, keepsEmpty }: Unwind): Generator<Doc> {
  const value = getPath(doc, parts.join('.'));
  const numbered = (result: Doc, index: number | null): Doc =>
    indexParts ? withValue(result, indexParts, index === null ? null : Long.fromNumber(index)) : result;
  if (Array.isArray(value) && value.length > 0) {
    for (const [i, item] of value.entries()) yield numbered(withValue(doc, parts, item), i);
  } else if (value === undefined || value === null) {
    if (keepsEmpty) yield numbered(doc, null);
  } else if (!Array.isArray(value)) yield numbered(doc, null);
  else if (keepsEmpty) yield numbered(withValue(doc, parts, undefined), null);
}

function* unwindAll(input: Docs, options: Unwind): Generator<Doc | undefined> {
  for (const doc of input) {
    if (doc) yield* unwound(doc, options);
    else yield undefined;
  }
}

/** The stage `$unwind`: one document for each element of an array. */
export const unwind: StageMaker = (spec) => {
  const options = parse(spec);
  return (input) => unwindAll(input, options);
};
