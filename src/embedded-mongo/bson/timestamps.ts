import { Timestamp } from 'bson';
import { fieldEntries, fromFields } from './fields.js';
import type { Doc } from './types.js';

let last = { t: 0, i: 0 };

/** The current second with a number that no other one of it has. */
function nextTimestamp(): Timestamp {
  const t = Math.max(last.t, Math.floor(Date.now() / 1000));
  last = { t, i: t === last.t ? last.i + 1 : 1 };
  return new Timestamp(last);
}

function isEmpty(value: unknown): boolean {
  return value instanceof Timestamp && value.t === 0 && value.i === 0;
}

/** A document that is to be stored, with the time in place of empty timestamps in its own fields, but for `_id`. */
export function withTimes(doc: Doc): Doc {
  if (!Object.values(doc).some(isEmpty)) return doc;
  return fromFields(
    fieldEntries(doc).map(([name, value]) => [name, name !== '_id' && isEmpty(value) ? nextTimestamp() : value]),
  );
}
