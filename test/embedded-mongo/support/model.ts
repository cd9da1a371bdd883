import { Query, update } from 'mingo';
import type { Document } from 'mongodb';

/** What the database should answer: an array, without indexes. */
export class ModelCollection {
  docs: Document[] = [];

  insert(doc: Document): boolean {
    if (this.docs.some(({ _id }) => _id === doc._id)) return false;
    this.docs.push(structuredClone(doc));
    return true;
  }

  matching(filter: Document): Document[] {
    const query = new Query(filter);
    return this.docs.filter((doc) => query.test(doc));
  }

  sorted(filter: Document, sort: readonly (readonly [string, 1 | -1])[]): Document[] {
    return [...this.matching(filter)].sort((a, b) => {
      for (const [path, direction] of sort) {
        const order = compare(sortValue(at(a, path), direction), sortValue(at(b, path), direction)) * direction;
        if (order !== 0) return order;
      }
      return 0;
    });
  }

  /** How many documents were changed. */
  update(filter: Document, modifier: Document, isMulti: boolean): number {
    const found = isMulti ? this.matching(filter) : this.matching(filter).slice(0, 1);
    for (const doc of found) change(doc, modifier);
    return found.length;
  }

  remove(filter: Document): number {
    const gone = new Set(this.matching(filter));
    this.docs = this.docs.filter((doc) => !gone.has(doc));
    return gone.size;
  }
}

/** mingo's `$addToSet` leaves out what is new to an array that holds a value twice. */
function change(doc: Document, { $addToSet, ...modifier }: Document): void {
  for (const [path, value] of Object.entries(($addToSet ?? {}) as Document)) {
    const items = (doc[path] ??= []) as unknown[];
    if (!items.includes(value)) items.push(value);
  }
  if (Object.keys(modifier).length > 0) update(doc, modifier as never);
}

/** The value at a path through documents alone. */
function at(doc: Document, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (value as Document | undefined)?.[name], doc);
}

/** An array sorts by its least element, or by its greatest when the order is descending; an empty one is lowest. */
function sortValue(value: unknown, direction: 1 | -1): unknown {
  if (!Array.isArray(value)) return value;
  const ordered = [...(value as unknown[])].sort(compare);
  return ordered.length === 0 ? emptyArray : direction === 1 ? ordered[0] : ordered.at(-1);
}

const emptyArray = Symbol('empty');

function rank(value: unknown): number {
  if (value === emptyArray) return 0;
  if (value === null || value === undefined) return 1;
  return typeof value === 'number' ? 2 : 3;
}

function compare(a: unknown, b: unknown): number {
  const byType = rank(a) - rank(b);
  if (byType !== 0 || rank(a) < 2) return byType;
  return (a as number) < (b as number) ? -1 : a === b ? 0 : 1;
}
