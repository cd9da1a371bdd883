import type { Binary, BSONRegExp, Code, ObjectId, Timestamp } from 'bson';
import { BSONSymbol } from 'bson';
import { regexParts } from '../bson/compare.js';
import { fieldNames } from '../bson/fields.js';
import type { Numeric } from '../bson/numbers.js';
import { Rank, rankOf } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { writeNumber } from './number-key.js';
import { KeyWriter } from './writer.js';

type Write = (writer: KeyWriter, value: never) => void;

function writeDoc(writer: KeyWriter, value: Doc): void {
  for (const name of fieldNames(value)) {
    const item = value[name];
    const rank = rankOf(item);
    writer.byte(rank);
    writer.text(name);
    writePayload(writer, rank, item);
  }
  writer.byte(0);
}

function writeArray(writer: KeyWriter, value: readonly unknown[]): void {
  for (const item of value) writeValue(writer, item);
  writer.byte(0);
}

function writeBinary(writer: KeyWriter, value: Binary): void {
  writer.uint32(value.position);
  writer.byte(value.sub_type);
  writer.raw(value.buffer.subarray(0, value.position));
}

function writeRegex(writer: KeyWriter, value: BSONRegExp | RegExp): void {
  for (const part of regexParts(value)) writer.text(part);
}

function writeCode(writer: KeyWriter, value: Code): void {
  writer.text(value.code);
  if (value.scope) writeDoc(writer, value.scope);
}

function writeTimestamp(writer: KeyWriter, value: Timestamp): void {
  writer.uint32(value.t);
  writer.uint32(value.i);
}

const payloads = new Map<number, Write>([
  [Rank.number, (writer, value: Numeric) => writeNumber(writer, value)],
  [
    Rank.string,
    (writer, value: string | BSONSymbol) => writer.string(value instanceof BSONSymbol ? value.value : value),
  ],
  [Rank.object, writeDoc],
  [Rank.array, writeArray],
  [Rank.binary, writeBinary],
  [Rank.objectId, (writer, value: ObjectId) => writer.raw(value.id)],
  [Rank.boolean, (writer, value: boolean) => writer.byte(value ? 1 : 0)],
  [Rank.date, (writer, value: Date) => writer.int64(BigInt(Math.trunc(value.getTime())))],
  [Rank.timestamp, writeTimestamp],
  [Rank.regex, writeRegex],
  [Rank.code, writeCode],
  [Rank.codeWithScope, writeCode],
]);

function writePayload(writer: KeyWriter, rank: number, value: unknown): void {
  payloads.get(rank)?.(writer, value as never);
}

/** Writes one value: its type's rank, then bytes that order as MongoDB orders the values of that type. */
export function writeValue(writer: KeyWriter, value: unknown): void {
  const rank = rankOf(value);
  writer.byte(rank);
  writePayload(writer, rank, value);
}

/** The key of one value in ascending or (inverted) descending order. */
export function encodeValue(value: unknown, descending = false): Buffer {
  const writer = new KeyWriter();
  writeValue(writer, value);
  if (descending) writer.invert(0);
  return writer.take();
}

/** A string that is the same for values that are equal: the key of a Set or a Map. */
export function identityOf(value: unknown, mapString?: (value: string) => string): string {
  const writer = new KeyWriter(mapString);
  writeValue(writer, value);
  return writer.take().toString('latin1');
}
