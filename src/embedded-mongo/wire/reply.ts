import type { Long } from 'bson';
import { encode } from '../bson/encode.js';
import type { Doc } from '../bson/types.js';

/** The answer of a command that gives documents: they are sent as they are stored, without being read. */
export class CursorReply {
  constructor(
    readonly cursor: { readonly id: Long; readonly namespace: string },
    readonly documents: readonly Buffer[],
    readonly batchName: 'firstBatch' | 'nextBatch' = 'firstBatch',
  ) {}

  toBson(): Buffer {
    const tail = encode({ id: this.cursor.id, ns: this.cursor.namespace });
    const batch = rawArray(this.documents);
    const cursor = rawDocument([rawElement(0x04, this.batchName, batch), tail.subarray(4, -1)]);
    return rawDocument([rawElement(0x03, 'cursor', cursor), encode({ ok: 1 }).subarray(4, -1)]);
  }
}

/** What a command answers; `ok: 1` is added to a document. */
export type Reply = Doc | CursorReply;

/** The answer as BSON. */
export function replyBytes(reply: Reply): Buffer {
  return reply instanceof CursorReply ? reply.toBson() : encode('ok' in reply ? reply : { ...reply, ok: 1 });
}

function rawDocument(elements: readonly Buffer[]): Buffer {
  const size = elements.reduce((sum, { length }) => sum + length, 5);
  const head = Buffer.allocUnsafe(4);
  head.writeInt32LE(size);
  return Buffer.concat([head, ...elements, Buffer.from([0])], size);
}

function rawElement(type: number, name: string, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type]), Buffer.from(name), Buffer.from([0]), value]);
}

function rawArray(documents: readonly Buffer[]): Buffer {
  const size = documents.reduce((sum, { length }, i) => sum + length + String(i).length + 2, 5);
  const bytes = Buffer.allocUnsafe(size);
  let at = bytes.writeInt32LE(size);
  documents.forEach((document, i) => {
    at = bytes.writeUInt8(0x03, at);
    at += bytes.write(String(i), at);
    at = bytes.writeUInt8(0, at);
    at += document.copy(bytes, at);
  });
  bytes[at] = 0;
  return bytes;
}
