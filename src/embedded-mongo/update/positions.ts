import { fail } from '../errors.js';
import type { Collation } from '../bson/collation.js';
import { isDoc, typeAlias } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import type { CompiledFilter } from '../query/filter.js';
import { compileFilter } from '../query/filter.js';
import { analyseArrayConditions } from '../query/array-position.js';
import { Claims, isDynamic, isFiltered } from '../query/claims.js';
import { findPlace, readPlace } from './paths.js';

/** What stands behind `$` and `$[name]` in the paths of an update. */
export interface PositionScope {
  /** The query the document was found by. */
  readonly query: Doc;
  readonly arrayFilters: ReadonlyMap<string, CompiledFilter>;
}

const identifier = /^[a-z][a-zA-Z0-9]*$/;

function rootOf(filter: Doc): string {
  const roots = new Set(Object.entries(filter).flatMap(([name, value]) => rootsOf(name, value)));
  if (roots.size === 0)
    fail('FailedToParse', 'Cannot use an expression without a top-level field name in arrayFilters');
  if (roots.size > 1)
    fail(
      'FailedToParse',
      `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${[...roots].join("' and '")}'`,
    );
  return [...roots][0] ?? '';
}

function rootsOf(name: string, value: unknown): string[] {
  if (!name.startsWith('$')) return [name.split('.')[0] ?? ''];
  return Array.isArray(value)
    ? value.filter(isDoc).flatMap((part) => Object.entries(part).flatMap((entry) => rootsOf(...entry)))
    : [];
}

/** Reads `arrayFilters`. @throws CommandError 9 for filters without one name, or with one twice. */
export function parseArrayFilters(filters: unknown, collation?: Collation): Map<string, CompiledFilter> {
  const parsed = new Map<string, CompiledFilter>();
  if (filters === undefined || filters === null) return parsed;
  if (!Array.isArray(filters)) fail('TypeMismatch', 'arrayFilters must be an array');
  for (const filter of filters as unknown[]) {
    if (!isDoc(filter)) fail('TypeMismatch', 'Each array filter must be an object');
    const root = rootOf(filter);
    if (!identifier.test(root)) {
      fail(
        'BadValue',
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${root}'`,
      );
    }
    if (parsed.has(root))
      fail('FailedToParse', `Found multiple array filters with the same top-level field name ${root}`);
    parsed.set(root, compileFilter(filter, { collation }));
  }
  return parsed;
}

/** The names of the filters that paths use. */
export function usedIdentifiers(parts: readonly string[]): string[] {
  return parts.filter((part) => isFiltered(part) && part !== '$[]').map((part) => part.slice(2, -1));
}

function elementsFor(doc: Doc, before: readonly string[], accepts: (item: unknown) => boolean): number[] {
  const place = findPlace(doc, before);
  const value = place && readPlace(place);
  const path = before.join('.');
  if (value === undefined)
    fail('BadValue', `The path '${path}' must exist in the document in order to apply array updates.`);
  if (!Array.isArray(value))
    fail('BadValue', `Cannot apply array updates to non-array element ${path}: ${typeAlias(value)}`);
  return value.flatMap((item, i) => (accepts(item) ? [i] : []));
}

function matchedElement(doc: Doc, before: readonly string[], query: Doc): number {
  const position = analyseArrayConditions(query, doc, before.join('.'));
  return position ?? fail('BadValue', 'The positional operator did not find the match needed from the query.');
}

function choices(
  doc: Doc,
  before: readonly string[],
  { part, scope }: { part: string; scope: PositionScope },
): string[] {
  if (part === '$') return [String(matchedElement(doc, before, scope.query))];
  if (part === '$[]') return elementsFor(doc, before, () => true).map(String);
  const name = part.slice(2, -1);
  const filter = scope.arrayFilters.get(name);
  if (!filter)
    fail('BadValue', `No array filter found for identifier '${name}' in path '${[...before, part].join('.')}'`);
  return elementsFor(doc, before, (item) => filter({ [name]: item })).map(String);
}

type Path = readonly string[];

/** The paths that a path stands for when its first `$`, `$[]` or `$[name]` is resolved. */
function resolveFirst(doc: Doc, path: Path, scope: PositionScope): readonly Path[] {
  const at = path.findIndex(isDynamic);
  const part = path[at];
  if (part === undefined) return [path];
  const before = path.slice(0, at);
  return choices(doc, before, { part, scope }).map((name) => [...before, name, ...path.slice(at + 1)]);
}

/** @throws CommandError 40 when two of the paths lead to one place. */
function checkMeetings(paths: readonly (readonly Path[])[]): void {
  const claims = new Claims();
  for (const path of paths.flat()) {
    const conflict = claims.claim(path);
    if (conflict !== undefined) fail('ConflictingUpdateOperators', `Update created a conflict at '${conflict}'`);
  }
}

/**
 * The paths that each of the paths of an update stands for in a document. What two filters of one array choose is put
 * together level by level, as MongoDB does: paths that are different behind an element both chose do not conflict.
 * @throws CommandError 2 for elements that cannot be found, 40 when two paths lead to one place.
 */
export function concretePaths(doc: Doc, paths: readonly Path[], scope: PositionScope): readonly (readonly Path[])[] {
  let resolved: readonly (readonly Path[])[] = paths.map((path) => [path]);
  while (resolved.some((list) => list.some((path) => path.some(isDynamic)))) {
    resolved = resolved.map((list) => list.flatMap((path) => resolveFirst(doc, path, scope)));
    checkMeetings(resolved);
  }
  return resolved;
}
