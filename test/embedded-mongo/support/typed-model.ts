import type { Document } from 'mongodb';
import { Decimal128, Double, Int32, Long, ObjectId } from 'mongodb';

/** What MongoDB answers to an operation it refuses. */
class ModelError extends Error {
  constructor(readonly code: number) {
    super(`refused with ${code}`);
  }
}

function isNumber(value: unknown): value is Int32 | Double | Long | Decimal128 {
  return value instanceof Int32 || value instanceof Double || value instanceof Long || value instanceof Decimal128;
}

/** A value's place among all others: the rank of its type, then what orders within the type. */
function placeOf(value: unknown): readonly [rank: number, key: number | string] {
  if (value === null || value === undefined) return [1, 0];
  if (isNumber(value)) return [2, Number(value.toString())];
  if (typeof value === 'string') return [3, value];
  if (value instanceof ObjectId) return [7, value.toHexString()];
  if (typeof value === 'boolean') return [8, value ? 1 : 0];
  if (value instanceof Date) return [9, value.getTime()];
  throw new Error('the model knows no such value');
}

export function compare(a: unknown, b: unknown): number {
  const [rankA, keyA] = placeOf(a);
  const [rankB, keyB] = placeOf(b);
  if (rankA !== rankB) return rankA - rankB;
  return keyA < keyB ? -1 : keyA > keyB ? 1 : 0;
}

/** What a condition asks about: the value, or each element of an array. */
function candidates(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

function equals(value: unknown, operand: unknown): boolean {
  return candidates(value).some((item) => compare(item, operand) === 0);
}

/** Orders compare values of one type alone; null is only equal to itself. */
function orders(value: unknown, operand: unknown, accepts: (order: number) => boolean): boolean {
  return candidates(value).some((item) => placeOf(item)[0] === placeOf(operand)[0] && accepts(compare(item, operand)));
}

const tests: Readonly<Record<string, (value: unknown, operand: unknown) => boolean>> = {
  $eq: equals,
  $ne: (value, operand) => !equals(value, operand),
  $in: (value, operand) => (operand as unknown[]).some((one) => equals(value, one)),
  $nin: (value, operand) => !(operand as unknown[]).some((one) => equals(value, one)),
  $gt: (value, operand) => orders(value, operand, (order) => order > 0),
  $gte: (value, operand) => orders(value, operand, (order) => order >= 0),
  $lt: (value, operand) => orders(value, operand, (order) => order < 0),
  $lte: (value, operand) => orders(value, operand, (order) => order <= 0),
  $exists: (value, operand) => (value !== undefined) === operand,
};

/** Conditions by field, each an object of operators. */
export type ModelFilter = Readonly<Record<string, Document>>;

function matches(doc: Document, filter: ModelFilter): boolean {
  return Object.entries(filter).every(([field, condition]) =>
    Object.entries(condition).every(([name, operand]) => tests[name]!(doc[field], operand)),
  );
}

const lowest = Symbol('an empty array');

function sortValue(value: unknown, direction: 1 | -1): unknown {
  if (!Array.isArray(value)) return value;
  const ordered = [...(value as unknown[])].sort(compare);
  return ordered.length === 0 ? lowest : ordered.at(direction === 1 ? 0 : -1);
}

function compareSorted(a: unknown, b: unknown): number {
  if (a === lowest || b === lowest) return (a === lowest ? 0 : 1) - (b === lowest ? 0 : 1);
  return compare(a, b);
}

export type ModelSort = readonly (readonly [field: string, direction: 1 | -1])[];

/** Keeps a field's values apart among the documents that it holds for. */
interface UniqueIndex {
  readonly field: string;
  readonly holds: (doc: Document) => boolean;
}

/** An array of documents without indexes that answers as MongoDB does, for a few operators and all types of scalars. */
export class TypedModel {
  docs: Document[] = [];

  constructor(readonly unique: readonly UniqueIndex[]) {}

  find(filter: ModelFilter, sort: ModelSort): Document[] {
    return this.docs
      .filter((doc) => matches(doc, filter))
      .sort((a, b) => {
        for (const [field, direction] of sort) {
          const order = compareSorted(sortValue(a[field], direction), sortValue(b[field], direction)) * direction;
          if (order !== 0) return order;
        }
        return 0;
      });
  }

  /** @throws ModelError 11000. */
  insert(doc: Document): void {
    this.#check(doc);
    this.docs.push(doc);
  }

  /** @throws ModelError of the change, or 11000. */
  replace(before: Document, after: Document): void {
    this.#check(after, before);
    this.docs = this.docs.map((doc) => (doc === before ? after : doc));
  }

  remove(filter: ModelFilter): number {
    const left = this.docs.filter((doc) => !matches(doc, filter));
    const gone = this.docs.length - left.length;
    this.docs = left;
    return gone;
  }

  /** The different values of a field in their order. */
  distinct(field: string, filter: ModelFilter): unknown[] {
    const values = this.find(filter, []).flatMap((doc) => (doc[field] === undefined ? [] : candidates(doc[field])));
    const ordered = [...values].sort(compare);
    return ordered.filter((value, i) => i === 0 || compare(ordered[i - 1], value) !== 0);
  }

  #check(doc: Document, before?: Document): void {
    for (const other of this.docs) {
      if (other === before) continue;
      const twice = this.unique.some(
        ({ field, holds }) => holds(doc) && holds(other) && sharesKey(doc[field], other[field]),
      );
      if (compare(doc._id, other._id) === 0 || twice) throw new ModelError(11000);
    }
  }
}

function sharesKey(a: unknown, b: unknown): boolean {
  const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
  if (isEmpty(a) || isEmpty(b)) return isEmpty(a) && isEmpty(b);
  return candidates(a).some((item) => equals(b, item));
}

type Change = (doc: Document, field: string, operand: unknown) => void;

function listOf(doc: Document, field: string): unknown[] | undefined {
  const value: unknown = doc[field];
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw new ModelError(2);
  return value as unknown[];
}

const changes: Readonly<Record<string, Change>> = {
  $set: (doc, field, operand) => {
    if (field === '_id' && compare(doc._id, operand) !== 0) throw new ModelError(66);
    doc[field] = operand;
  },
  $unset: (doc, field) => void Reflect.deleteProperty(doc, field),
  $inc: (doc, field, operand) => {
    const value: unknown = doc[field] ?? (field in doc ? null : new Int32(0));
    if (!(value instanceof Int32)) throw new ModelError(14);
    doc[field] = new Int32(value.value + (operand as Int32).value);
  },
  $push: (doc, field, operand) => {
    doc[field] = [...(listOf(doc, field) ?? []), operand];
  },
  $pull: (doc, field, operand) => {
    const list = listOf(doc, field);
    if (list) doc[field] = list.filter((item) => compare(item, operand) !== 0);
  },
};

/** The document after an update: of each operator one field. @throws ModelError. */
export function changed(doc: Document, update: Document, chosen?: (element: Document) => boolean): Document {
  const after: Document = { ...doc };
  for (const [name, operands] of Object.entries(update)) {
    const [[path, operand]] = Object.entries(operands as Document) as [[string, unknown]];
    const [list = '', , field = ''] = path.split('.');
    if (chosen) {
      const elements = listOf(after, list) as Document[] | undefined;
      if (!elements) throw new ModelError(2);
      after[list] = elements.map((element) => (chosen(element) ? { ...element, [field]: operand } : element));
    } else changes[name]!(after, path, operand);
  }
  return after;
}
