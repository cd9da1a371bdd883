import { fail } from '../errors.js';
import { isDoc, typeAlias } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { removeField, setField } from '../bson/fields.js';
import { isIndexName } from '../query/path.js';

/** A field of a document, or an element of an array, that may not exist yet. */
export interface Place {
  readonly parent: Doc | unknown[];
  readonly name: string;
}

/** Longer paddings of an array are refused, as MongoDB does. */
const maxPadding = 1_500_000;

export function readPlace({ parent, name }: Place): unknown {
  if (Array.isArray(parent)) return parent[Number(name)];
  return Object.hasOwn(parent, name) ? parent[name] : undefined;
}

export function writePlace({ parent, name }: Place, value: unknown): void {
  if (!Array.isArray(parent)) {
    setField(parent, name, value);
    return;
  }
  const at = Number(name);
  if (at > parent.length + maxPadding) fail('BadValue', `Cannot backfill array to index ${at}`);
  while (parent.length < at) parent.push(null);
  parent[at] = value;
}

/** Removes a field; an element of an array becomes null, so that the others keep their places. */
export function removePlace({ parent, name }: Place): void {
  if (!Array.isArray(parent)) removeField(parent, name);
  else if (Number(name) < parent.length) parent[Number(name)] = null;
}

function notViable(container: unknown, name: string, path: string): never {
  return fail(
    'PathNotViable',
    `Cannot create field '${name}' in element {${path}: ${typeof container === 'object' ? typeAlias(container) : JSON.stringify(container)}}`,
  );
}

function asContainer(value: unknown, name: string, path: string): Doc | unknown[] {
  if (isDoc(value)) return value;
  if (Array.isArray(value) && isIndexName(name)) return value as unknown[];
  return notViable(value, name, path);
}

/** The place of a path, with the documents on the way made when they are missing. @throws CommandError 28. */
export function makePlace(doc: Doc, parts: readonly string[]): Place {
  let parent: Doc | unknown[] = doc;
  for (const [i, name] of parts.slice(0, -1).entries()) {
    const place: Place = { parent, name };
    let value = readPlace(place);
    if (value === undefined) {
      value = {};
      writePlace(place, value);
    }
    parent = asContainer(value, parts[i + 1] ?? '', name);
  }
  return { parent, name: parts.at(-1) ?? '' };
}

/** The place of a path when everything on the way exists. */
export function findPlace(doc: Doc, parts: readonly string[]): Place | undefined {
  let parent: unknown = doc;
  for (const name of parts.slice(0, -1)) {
    if (!isDoc(parent) && !(Array.isArray(parent) && isIndexName(name))) return undefined;
    parent = readPlace({ parent: parent as Doc, name });
  }
  const name = parts.at(-1) ?? '';
  if (isDoc(parent)) return { parent, name };
  return Array.isArray(parent) && isIndexName(name) ? { parent, name } : undefined;
}
