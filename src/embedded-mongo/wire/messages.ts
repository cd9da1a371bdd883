import { fail } from '../errors.js';
import { decode, decodeCommand } from '../bson/decode.js';
import { setField } from '../bson/fields.js';
import type { Doc } from '../bson/types.js';
import { headerSize } from './limits.js';

/** The kinds of messages (source: MongoDB Wire Protocol). */
const opCodes = { reply: 1, query: 2004, compressed: 2012, message: 2013 } as const;

/** A frame: a header, and what follows it. */
export interface Frame {
  readonly requestId: number;
  readonly opCode: number;
  readonly body: Buffer;
}

/** A command out of a frame. */
export interface Incoming {
  readonly database: string;
  readonly body: Doc;
  /** False when the client asks for no answer. */
  readonly wantsReply: boolean;
}

const checksumPresent = 1;
const moreToCome = 2;
const knownRequired = checksumPresent | moreToCome;

/** The frame in the bytes of a message. */
export function readFrame(bytes: Buffer): Frame {
  return { requestId: bytes.readInt32LE(4), opCode: bytes.readInt32LE(12), body: bytes.subarray(headerSize) };
}

function flagsOf({ opCode, body }: Frame): number {
  return opCode === opCodes.message && body.length >= 4 ? body.readUInt32LE(0) : 0;
}

function hasUnknownFlags(flags: number): boolean {
  return (flags & 0xffff & ~knownRequired) !== 0;
}

/** False for a frame of a kind, or with a flag, that this server does not know: what follows may mean anything. */
export function isUnderstood(frame: Frame): boolean {
  return (frame.opCode === opCodes.message || frame.opCode === opCodes.query) && !hasUnknownFlags(flagsOf(frame));
}

/** False for a frame whose sender waits for no answer, not even that it was broken. */
export function wantsReply(frame: Frame): boolean {
  return (flagsOf(frame) & moreToCome) === 0;
}

function sequence(bytes: Buffer, target: Doc): void {
  const nameEnd = bytes.indexOf(0, 4);
  if (nameEnd < 0) fail('FailedToParse', 'a document sequence has no name');
  const name = bytes.toString('utf8', 4, nameEnd);
  const items: unknown[] = [];
  for (let at = nameEnd + 1; at < bytes.length;) {
    if (at + 5 > bytes.length) fail('FailedToParse', 'a document sequence is cut off');
    const size = bytes.readInt32LE(at);
    if (size < 5 || at + size > bytes.length) fail('FailedToParse', 'a document in a sequence has a wrong size');
    const document = bytes.subarray(at, at + size);
    items.push(name === 'documents' ? document : decode(document));
    at += size;
  }
  setField(target, name, items);
}

interface Section {
  readonly kind: number | undefined;
  readonly bytes: Buffer;
}

function* sectionsOf(body: Buffer, end: number): Generator<Section> {
  for (let at = 4; at < end;) {
    if (at + 5 > end) fail('FailedToParse', 'a section is cut off');
    const size = body.readInt32LE(at + 1);
    if (size < 5 || at + 1 + size > end) fail('FailedToParse', 'a section has a wrong size');
    yield { kind: body[at], bytes: body.subarray(at + 1, at + 1 + size) };
    at += 1 + size;
  }
}

function readSections(body: Buffer, end: number): Doc {
  let command: Doc | undefined;
  const sequences: Doc = {};
  for (const { kind, bytes } of sectionsOf(body, end)) {
    if (kind === 0 && !command) command = decodeCommand(bytes);
    else if (kind === 1) sequence(bytes, sequences);
    else fail('FailedToParse', `a section has the kind ${kind ?? 'none'}`);
  }
  if (!command) fail('FailedToParse', 'a message has no body');
  return Object.assign(command, sequences);
}

function readMessage(frame: Frame): Incoming {
  const { body } = frame;
  if (body.length < 5) fail('FailedToParse', 'a message is too short');
  const flags = flagsOf(frame);
  if (hasUnknownFlags(flags)) fail('FailedToParse', 'a message has unknown flags');
  const command = readSections(body, body.length - (flags & checksumPresent ? 4 : 0));
  const { $db: database } = command;
  if (typeof database !== 'string') fail(40571, 'OP_MSG requests require a $db argument');
  return { database, body: command, wantsReply: wantsReply(frame) };
}

/** The old form, which drivers use for their first hello only. */
function readQuery(body: Buffer): Incoming {
  const nameEnd = body.indexOf(0, 4);
  if (nameEnd < 0 || nameEnd + 9 + 5 > body.length) fail('FailedToParse', 'a query is too short');
  const namespace = body.toString('utf8', 4, nameEnd);
  if (!namespace.endsWith('.$cmd'))
    fail(5739101, 'OP_QUERY is no longer supported. The client driver may require an upgrade.');
  const query = decode(body.subarray(nameEnd + 9));
  const inner = query.$query;
  const command = typeof inner === 'object' && inner !== null ? (inner as Doc) : query;
  return { database: namespace.slice(0, -'.$cmd'.length), body: command, wantsReply: true };
}

/** The command in a frame. @throws CommandError for what is not one. */
export function readCommand(frame: Frame): Incoming {
  const { opCode, body } = frame;
  if (opCode === opCodes.message) return readMessage(frame);
  if (opCode === opCodes.query) return readQuery(body);
  return fail('FailedToParse', `messages of kind ${opCode} are not supported`);
}

/** A frame that answers another. */
export function writeReply({ requestId, opCode }: Frame, id: number, document: Buffer): Buffer {
  const isQuery = opCode === opCodes.query;
  const prefix = isQuery ? Buffer.alloc(20) : Buffer.alloc(5);
  if (isQuery) {
    prefix.writeInt32LE(8, 0);
    prefix.writeInt32LE(1, 16);
  }
  const header = Buffer.allocUnsafe(headerSize);
  const size = headerSize + prefix.length + document.length;
  header.writeInt32LE(size, 0);
  header.writeInt32LE(id, 4);
  header.writeInt32LE(requestId, 8);
  header.writeInt32LE(isQuery ? opCodes.reply : opCodes.message, 12);
  return Buffer.concat([header, prefix, document], size);
}
