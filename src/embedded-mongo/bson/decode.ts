import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import { fail } from '../errors.js';
import { DocBuilder } from './fields.js';
import { BsonReader, invalidBson } from './reader.js';
import { isInt32 } from './types.js';
import type { Doc } from './types.js';

/** Deeper documents are refused, as MongoDB does, so that no frame can exhaust the stack. */
const maxDepth = 180;

function readDouble(reader: BsonReader): unknown {
  const value = reader.double();
  return isInt32(value) ? new Double(value) : value;
}

function readLong(reader: BsonReader): Long {
  return new Long(reader.int32(), reader.int32());
}

function readDate(reader: BsonReader): Date {
  return new Date(Number(reader.bytes.readBigInt64LE(reader.take(8))));
}

/** Subtype 2 writes its length twice. */
const oldBinary = 2;

function readBinary(reader: BsonReader): Binary {
  const length = reader.int32();
  const subtype = reader.byte();
  if (subtype !== oldBinary) return new Binary(reader.copy(length), subtype);
  return new Binary(reader.copy(reader.int32()), subtype);
}

function readTimestamp(reader: BsonReader): Timestamp {
  const i = reader.int32() >>> 0;
  return new Timestamp({ t: reader.int32() >>> 0, i });
}

function readDbPointer(reader: BsonReader): Doc {
  return { $ref: reader.string(), $id: new ObjectId(reader.copy(12)) };
}

function readCodeWithScope(reader: BsonReader, depth: number): Code {
  reader.int32();
  return new Code(reader.string(), readDocument(reader, depth + 1));
}

/** @throws CommandError 51108 for options that no regular expression has. */
function readRegex(reader: BsonReader): BSONRegExp {
  const [pattern, options] = [reader.cstring(), reader.cstring()];
  const unknown = /[^ilmsux]/.exec(options);
  return unknown ? fail(51108, `invalid flag in regex options: ${unknown[0]}`) : new BSONRegExp(pattern, options);
}

type ReadValue = (reader: BsonReader, depth: number) => unknown;

const readers: Readonly<Record<number, ReadValue>> = {
  0x01: readDouble,
  0x02: (reader) => reader.string(),
  0x03: (reader, depth) => readDocument(reader, depth + 1),
  0x04: (reader, depth) => readArray(reader, depth + 1),
  0x05: readBinary,
  0x06: () => undefined,
  0x07: (reader) => new ObjectId(reader.copy(12)),
  0x08: (reader) => reader.byte() !== 0,
  0x09: readDate,
  0x0a: () => null,
  0x0b: readRegex,
  0x0c: readDbPointer,
  0x0d: (reader) => new Code(reader.string()),
  0x0e: (reader) => new BSONSymbol(reader.string()),
  0x0f: readCodeWithScope,
  0x10: (reader) => reader.int32(),
  0x11: readTimestamp,
  0x12: readLong,
  0x13: (reader) => new Decimal128(reader.copy(16)),
  0x7f: () => new MaxKey(),
  0xff: () => new MinKey(),
};

type ReaderOf = (type: number, name: string) => ReadValue | undefined;

const readerOf: ReaderOf = (type) => readers[type];

/** Calls `each` for every element of the document at the reader's position, and leaves the reader behind it. */
function readElements(
  reader: BsonReader,
  { depth, choose = readerOf }: { depth: number; choose?: ReaderOf },
  each: (name: string, value: unknown) => void,
): void {
  if (depth > maxDepth) invalidBson('the document is nested too deeply');
  const start = reader.position;
  const size = reader.int32();
  const outerEnd = reader.end;
  if (size < 5 || start + size > outerEnd) invalidBson('the size of a document is wrong');
  reader.end = start + size;
  for (let type = reader.byte(); type !== 0; type = reader.byte()) {
    const name = reader.cstring();
    const read = choose(type, name);
    if (!read) invalidBson(`type ${type} is unknown`);
    each(name, read(reader, depth));
  }
  if (reader.position !== reader.end) invalidBson('a document ends before its size');
  reader.end = outerEnd;
}

function readDocument(reader: BsonReader, depth: number): Doc {
  const doc = new DocBuilder();
  readElements(reader, { depth }, (name, value) => doc.add(name, value));
  return doc.done();
}

function readArray(reader: BsonReader, depth: number): unknown[] {
  const items: unknown[] = [];
  readElements(reader, { depth }, (_name, value) => items.push(value));
  return items;
}

/**
 * Reads one BSON document so that writing it again gives the same types: `bson`'s own reader turns the double 1.0 into
 * the integer 1 and `{ $ref, $id }` into a class. Integers of 32 bits and other doubles are numbers; a double with the
 * value of such an integer is a `Double`; 64 bit integers are `Long`.
 * @throws CommandError 22 for bytes that are not BSON.
 */
export function decode(bytes: Buffer, start = 0): Doc {
  return readDocument(new BsonReader(bytes, start), 0);
}

function readRawDocument(reader: BsonReader): Buffer {
  const start = reader.position;
  const size = reader.int32();
  if (size < 5) invalidBson('the size of a document is wrong');
  reader.position = start;
  return reader.bytes.subarray(reader.take(size), reader.position);
}

function readRawDocuments(reader: BsonReader): Buffer[] {
  const documents: Buffer[] = [];
  const choose: ReaderOf = (type) => (type === 0x03 ? readRawDocument : readers[type]);
  readElements(reader, { depth: 1, choose }, (_name, value) => documents.push(value as Buffer));
  return documents;
}

/** Reads a command; the documents of an insert stay BSON, as they are to be stored. */
export function decodeCommand(bytes: Buffer): Doc {
  const command = new DocBuilder();
  const choose: ReaderOf = (type, name) => (type === 0x04 && name === 'documents' ? readRawDocuments : readers[type]);
  readElements(new BsonReader(bytes, 0), { depth: 0, choose }, (name, value) => command.add(name, value));
  return command.done();
}
