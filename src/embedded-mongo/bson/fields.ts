import type { Doc } from './types.js';
import { isDoc } from './types.js';

/**
 * JavaScript gives the fields whose names are numbers first, whatever the order they came in. A document that has such a
 * field keeps the names in their order here; copies made by spreading keep it with them.
 */
const order = Symbol('the order of the fields');

interface FieldOrder {
  /** The document that may change `names`; a copy makes a list of its own before it does. */
  readonly owner: Doc;
  readonly names: string[];
}

type OrderedDoc = Doc & { [order]?: FieldOrder };

/** Documents are searched for field orders when they are written only if there ever was one. */
let isOrderKept = false;

const digits = /^\d+$/;

/** True for a name that JavaScript does not leave where it was set. */
function isMoved(name: string): boolean {
  const first = name.charCodeAt(0);
  return first >= 48 && first <= 57 && digits.test(name);
}

function keepOrder(doc: OrderedDoc, names: string[]): void {
  isOrderKept = true;
  doc[order] = { owner: doc, names };
}

/** The names of a document's fields in their order. */
export function fieldNames(doc: Doc): string[] {
  const names = Object.keys(doc);
  const kept = (doc as OrderedDoc)[order]?.names;
  if (!kept) return names;
  const known = kept.filter((name) => Object.hasOwn(doc, name));
  if (known.length === names.length) return known;
  const told = new Set(known);
  return [...known, ...names.filter((name) => !told.has(name))];
}

/** The fields of a document in their order. */
export function fieldEntries(doc: Doc): [string, unknown][] {
  return fieldNames(doc).map((name) => [name, doc[name]]);
}

function assign(doc: Doc, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(doc, name, { value, enumerable: true, configurable: true, writable: true });
  } else doc[name] = value;
}

/** Sets a field by its name, whatever the name: `__proto__` too is a field. A new one comes last. */
export function setField(doc: OrderedDoc, name: string, value: unknown): void {
  const kept = doc[order];
  if ((kept || isMoved(name)) && !Object.hasOwn(doc, name)) {
    if (kept?.owner === doc) kept.names.push(name);
    else keepOrder(doc, [...fieldNames(doc), name]);
  }
  assign(doc, name, value);
}

export function removeField(doc: OrderedDoc, name: string): void {
  Reflect.deleteProperty(doc, name);
  if (doc[order]) keepOrder(doc, fieldNames(doc));
}

/** The document with these fields in this order; of fields with one name the last counts, at the first one's place. */
export function fromFields(fields: Iterable<readonly [string, unknown]>): Doc {
  const doc: Doc = {};
  for (const [name, value] of fields) setField(doc, name, value);
  return doc;
}

/** The document with one field more in front. */
export function withFirst(name: string, value: unknown, doc: Doc): Doc {
  return fromFields([[name, value], ...fieldEntries(doc)]);
}

/** Fills a document that is read field by field. */
export class DocBuilder {
  readonly #doc: Doc = {};
  #names: string[] | undefined;

  add(name: string, value: unknown): void {
    if (this.#names) {
      if (!Object.hasOwn(this.#doc, name)) this.#names.push(name);
    } else if (isMoved(name)) this.#names = [...Object.keys(this.#doc), name];
    assign(this.#doc, name, value);
  }

  done(): Doc {
    if (this.#names) keepOrder(this.#doc, this.#names);
    return this.#doc;
  }
}

function arranged(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(arranged);
    return items.some((item, i) => item !== value[i]) ? items : value;
  }
  if (!isDoc(value)) return value;
  if ((value as OrderedDoc)[order]) return new Map(fieldEntries(value).map(([name, item]) => [name, arranged(item)]));
  let copy: Doc | undefined;
  for (const name of Object.keys(value)) {
    const item = arranged(value[name]);
    if (item !== value[name]) assign((copy ??= { ...value }), name, item);
  }
  return copy ?? value;
}

/** What `bson` is to write for a document: a Map in place of every document whose order JavaScript would change. */
export function inFieldOrder(doc: Doc): Doc {
  return isOrderKept ? (arranged(doc) as Doc) : doc;
}
