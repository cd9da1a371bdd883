import { isDoc } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { compileFilter, isOperatorDoc } from './filter.js';
import { getPath } from './path.js';

/** Conditions that say nothing of a single element; `$all` is met element by element, and its last one counts. */
function ofOneElement(condition: unknown): unknown[] {
  if (!isOperatorDoc(condition)) return [condition];
  return Object.entries(condition).flatMap(([name, operand]) => {
    if (whole.has(name)) return [];
    return name === '$all' && Array.isArray(operand) ? [operand.at(-1) as unknown] : [{ [name]: operand }];
  });
}

const whole = new Set(['$ne', '$nin', '$not', '$exists', '$size']);

interface PathCondition {
  readonly path: string;
  readonly condition: unknown;
}

function conditionsOf(query: Doc): PathCondition[] {
  return Object.entries(query).flatMap(([name, value]) => {
    if (!name.startsWith('$')) return ofOneElement(value).map((condition) => ({ path: name, condition }));
    if (!['$and', '$or'].includes(name) || !Array.isArray(value)) return [];
    return value.filter(isDoc).flatMap(conditionsOf);
  });
}

/** The document with an array at a path cut down to one element. */
function narrowed(doc: Doc, parts: readonly string[], element: unknown): Doc {
  const [name = '', ...rest] = parts;
  const inner = doc[name];
  if (rest.length === 0) return { ...doc, [name]: [element] };
  return isDoc(inner) ? { ...doc, [name]: narrowed(inner, rest, element) } : doc;
}

/**
 * The first element of the array at `path` that meets the query's conditions on it: what `$` stands for. When the
 * query has none on that very array, the position in another array it asks about, as MongoDB does.
 */
export function analyseArrayConditions(query: Doc, doc: Doc, path: string): number | undefined {
  const conditions = conditionsOf(query);
  const own = conditions.filter((part) => part.path === path || part.path.startsWith(`${path}.`));
  for (const { path: conditionPath, condition } of own.length > 0 ? own : conditions) {
    const arrayPath = own.length > 0 ? path : firstArray(doc, conditionPath);
    const position = arrayPath === undefined ? undefined : firstMatch(doc, arrayPath, { [conditionPath]: condition });
    if (position !== undefined) return position;
  }
  return undefined;
}

function firstArray(doc: Doc, path: string): string | undefined {
  const parts = path.split('.');
  for (let end = 1; end <= parts.length; end += 1) {
    const prefix = parts.slice(0, end).join('.');
    if (Array.isArray(getPath(doc, prefix))) return prefix;
  }
  return undefined;
}

function firstMatch(doc: Doc, arrayPath: string, condition: Doc): number | undefined {
  const array = getPath(doc, arrayPath);
  if (!Array.isArray(array)) return undefined;
  const test = compileFilter(condition);
  const found = array.findIndex((element) => test(narrowed(doc, arrayPath.split('.'), element)));
  return found < 0 ? undefined : found;
}
