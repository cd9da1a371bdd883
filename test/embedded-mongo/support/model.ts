import { Query, update } from 'mingo';
import type { Document } from 'mongodb';
import type { Random } from './random.js';

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
        const order = compare(sortValue(a[path], direction), sortValue(b[path], direction)) * direction;
        if (order !== 0) return order;
      }
      return 0;
    });
  }

  /** How many documents were changed. */
  update(filter: Document, modifier: Document, isMulti: boolean): number {
    const found = isMulti ? this.matching(filter) : this.matching(filter).slice(0, 1);
    for (const doc of found) update(doc, modifier as never);
    return found.length;
  }

  remove(filter: Document): number {
    const gone = new Set(this.matching(filter));
    this.docs = this.docs.filter((doc) => !gone.has(doc));
    return gone.size;
  }
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

const words = ['ant', 'bee', 'cat', 'dog', 'eel'];

/** A document with numbers, strings, nulls, missing fields, arrays and nested documents. */
export function randomDocument(random: Random, id: number): Document {
  const doc: Document = { _id: id, b: random.below(10), n: { x: random.below(6) } };
  if (random.chance(0.85)) doc.a = random.pick([null, random.below(8), random.below(8), random.pick(words)]);
  if (random.chance(0.8)) doc.tags = random.many(3, () => random.pick(words));
  if (random.chance(0.7)) doc.items = random.many(3, () => ({ k: random.below(5), v: random.below(5) }));
  return doc;
}

function condition(random: Random): Document {
  const number = random.below(9);
  return random.pick<() => Document>([
    () => ({ a: random.pick([number, random.pick(words), null]) }),
    () => ({ a: { $gt: number } }),
    () => ({ a: { $gte: number, $lt: number + 3 } }),
    () => ({ a: { $in: [number, random.pick(words), number + 1] } }),
    () => ({ b: number }),
    () => ({ b: { $lte: number } }),
    () => ({ b: { $ne: number } }),
    () => ({ a: { $exists: random.chance(0.5) } }),
    () => ({ tags: random.pick(words) }),
    () => ({ tags: { $in: [random.pick(words), random.pick(words)] } }),
    () => ({ 'n.x': { $in: [number % 6, (number + 2) % 6] } }),
    () => ({ 'n.x': number % 6 }),
    () => ({ 'items.k': number % 5 }),
    () => ({ items: { $elemMatch: { k: number % 5, v: { $gt: 1 } } } }),
    () => ({ tags: { $size: number % 4 } }),
    () => ({ 'items.k': number % 5, 'items.v': { $lt: 2 } }),
  ])();
}

/** A filter of one or more conditions, some of them alternatives. */
export function randomFilter(random: Random): Document {
  if (random.chance(0.2)) return { $or: [condition(random), { ...condition(random), ...condition(random) }] };
  if (random.chance(0.1)) return { $and: [condition(random), condition(random)] };
  return random.chance(0.5) ? condition(random) : { ...condition(random), ...condition(random) };
}

/** An update with operators. */
export function randomUpdate(random: Random): Document {
  return random.pick<() => Document>([
    () => ({ $set: { a: random.pick([random.below(8), random.pick(words), null]) } }),
    () => ({ $inc: { b: random.below(3) - 1 }, $set: { 'n.x': random.below(6) } }),
    () => ({ $unset: { a: '' } }),
    () => ({ $set: { tags: random.many(3, () => random.pick(words)) } }),
    () => ({ $set: { items: random.many(2, () => ({ k: random.below(5), v: random.below(5) })) } }),
    () => ({ $max: { b: random.below(10) } }),
    () => ({ $min: { 'n.x': random.below(6) } }),
  ])();
}
