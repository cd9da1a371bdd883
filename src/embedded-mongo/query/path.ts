import { isDoc } from '../bson/types.js';
import type { Doc } from '../bson/types.js';

const indexNumber = /^(0|[1-9]\d*)$/;

/** True for a path part that can name an element of an array. */
export function isIndexName(part: string): boolean {
  return indexNumber.test(part);
}

function step(value: unknown, part: string): unknown {
  if (isDoc(value)) return Object.hasOwn(value, part) ? value[part] : undefined;
  if (!Array.isArray(value)) return undefined;
  if (isIndexName(part)) return value[Number(part)] as unknown;
  const found = value
    .filter(isDoc)
    .map((item) => step(item, part))
    .filter((item) => item !== undefined);
  return found.length > 0 ? found : undefined;
}

/** The value at a dotted path; through an array of documents, the array of their values; undefined when missing. */
export function getPath(doc: Doc, path: string): unknown {
  let value: unknown = doc;
  for (const part of path.split('.')) {
    value = step(value, part);
    if (value === undefined) return undefined;
  }
  return value;
}
