import { isDoc } from '../bson/types.js';
import { evalExpr } from './mingo.js';
import type { Operator } from './operator.js';

/** The operator that stands for a dotted path in a prepared expression. */
export const pathOperator = '$chatsetPath';

interface PathReference {
  readonly root: string;
  readonly parts: readonly string[];
}

/** The values below a path: of an array those of its documents; a part that is a number names a field, not an element. */
function follow(value: unknown, parts: readonly string[], at: number): unknown {
  const part = parts[at];
  if (part === undefined) return value;
  if (Array.isArray(value)) {
    return value
      .filter(isDoc)
      .map((item) => follow(item, parts, at))
      .filter((item) => item !== undefined);
  }
  return isDoc(value) && Object.hasOwn(value, part) ? follow(value[part], parts, at + 1) : undefined;
}

/** Reads what a `PathReference` names. */
export const readPath: Operator = (doc, reference, options) => {
  const { root, parts } = reference as PathReference;
  return follow(evalExpr(doc, root, options), parts, 0);
};

/** What a text that begins with a dollar is handed to mingo as: `$a.b` and `$$v.a` are read by `readPath`. */
export function pathReference(text: string): unknown {
  const [root = '', ...parts] = text.split('.');
  return parts.length > 0 ? { [pathOperator]: { root, parts } } : text;
}
