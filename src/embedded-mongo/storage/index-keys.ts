import { createHash } from 'node:crypto';
import { fail } from '../errors.js';
import { isDoc } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { writeValue } from '../keys/encode.js';
import { KeyWriter } from '../keys/writer.js';
import type { IndexField, IndexInfo } from './index-info.js';

/** lmdb holds keys of 1,978 bytes; a longer one is cut here, and a hash of the whole keeps different ones apart. */
export const cutLength = 1800;

interface Slot {
  readonly value: unknown;
  readonly rest: readonly string[];
  readonly settled: boolean;
  readonly multikey: boolean;
}

/** The keys of one document in one index, without the index's own number. */
export interface DocumentKeys {
  readonly keys: readonly Buffer[];
  readonly multikey: readonly boolean[];
  readonly cut: boolean;
}

const indexNumber = /^(0|[1-9]\d*)$/;

/** Walks down as far as no array is in the way. */
function advance(slot: Slot): Slot {
  if (slot.settled) return slot;
  let { value } = slot;
  let next = 0;
  for (; next < slot.rest.length; next += 1) {
    const name = slot.rest[next] ?? '';
    if (Array.isArray(value)) {
      if (!indexNumber.test(name) || value.some((item) => isDoc(item) && Object.hasOwn(item, name))) break;
      value = (value as unknown[])[Number(name)];
    } else value = isDoc(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  const settled = !Array.isArray(value);
  return { ...slot, value, rest: slot.rest.slice(next), settled };
}

const emptyArray = Symbol('the key of an empty array');

function enter(slot: Slot, item: unknown): Slot {
  if (slot.rest.length === 0) return { ...slot, value: item, settled: true, multikey: true };
  if (isDoc(item)) return { ...slot, value: item, multikey: true };
  return { value: undefined, rest: [], settled: true, multikey: true };
}

function expand(slots: readonly Slot[], emit: (slots: readonly Slot[]) => void): void {
  const walked = slots.map(advance);
  const open = walked.filter((slot) => !slot.settled);
  const array = open[0]?.value;
  if (!Array.isArray(array)) {
    emit(walked);
    return;
  }
  if (open.some((slot) => slot.value !== array)) fail(171, 'cannot index parallel arrays');
  const items: readonly unknown[] = array.length > 0 ? array : [emptyArray];
  for (const item of items) {
    expand(
      walked.map((slot) => (slot.settled ? slot : enter(slot, item))),
      emit,
    );
  }
}

function keyOf(fields: readonly IndexField[], slots: readonly Slot[], writer = new KeyWriter()): Buffer {
  slots.forEach((slot, i) => {
    const start = writer.length;
    writeValue(writer, slot.value === emptyArray ? undefined : (slot.value ?? null));
    if (fields[i]?.descending) writer.invert(start);
  });
  return writer.take();
}

function cutKey(key: Buffer): Buffer {
  return Buffer.concat([key.subarray(0, cutLength), createHash('sha256').update(key).digest()]);
}

function shortened(key: Buffer): Buffer {
  return key.length > cutLength ? cutKey(key) : key;
}

function isIndexed(index: IndexInfo, doc: Doc): boolean {
  return index.stored && (!index.matchesPartial || index.matchesPartial(doc));
}

function startAt(fields: readonly IndexField[], doc: Doc): Slot[] {
  return fields.map(({ parts }) => ({ value: doc, rest: parts, settled: false, multikey: false }));
}

/**
 * The first of a document's keys for these fields: what it is sorted by. `mapString` puts other texts in place of strings.
 * @throws CommandError 2 for two arrays.
 */
export function sortKeyOf(fields: readonly IndexField[], doc: Doc, mapString?: (value: string) => string): Buffer {
  let first: Buffer | undefined;
  expand(startAt(fields, doc), (slots) => {
    const key = keyOf(fields, slots, new KeyWriter(mapString));
    if (!first || Buffer.compare(key, first) < 0) first = key;
  });
  return first ?? Buffer.alloc(0);
}

/**
 * The keys of a document: one, or one for each array element; none when the index is partial or sparse and leaves the
 * document out. A missing field has the key of null.
 * @throws CommandError 171 for two arrays in one compound index.
 */
export function keysOf(index: IndexInfo, doc: Doc): DocumentKeys {
  const multikey = index.fields.map(() => false);
  if (!isIndexed(index, doc)) return { keys: [], multikey, cut: false };
  const keys: Buffer[] = [];
  const presence = { found: false };
  expand(startAt(index.fields, doc), (slots) => {
    keys.push(keyOf(index.fields, slots));
    slots.forEach((slot, i) => (multikey[i] ||= slot.multikey));
    presence.found ||= slots.some((slot) => slot.value !== undefined);
  });
  if (index.sparse && !presence.found) return { keys: [], multikey, cut: false };
  return finish(keys, multikey);
}

/** The values that a key of a document was made of, by field; null for a missing one, and an empty array for itself. */
export function valuesOfKey(index: IndexInfo, doc: Doc, key: Buffer): unknown[] {
  let values: unknown[] = [];
  expand(startAt(index.fields, doc), (slots) => {
    if (!shortened(keyOf(index.fields, slots)).equals(key)) return;
    values = slots.map(({ value }) => (value === emptyArray ? [] : (value ?? null)));
  });
  return values;
}

function finish(keys: readonly Buffer[], multikey: boolean[]): DocumentKeys {
  const cut = keys.some((key) => key.length > cutLength);
  const short = cut ? keys.map(shortened) : keys;
  if (short.length < 2) return { keys: short, multikey, cut };
  const different = new Map(short.map((key) => [key.toString('latin1'), key]));
  return { keys: [...different.values()], multikey, cut };
}
