import { serialize, setInternalBufferSize } from 'bson';
import { CommandError } from '../errors.js';
import { inFieldOrder } from './fields.js';
import type { Doc } from './types.js';

/** The largest document MongoDB stores, in bytes. */
export const maxDocumentSize = 16 * 1024 * 1024;

/** Room for an update that grows a large document, so that its size is found and refused; pages are used when touched. */
setInternalBufferSize(64 * 1024 * 1024);

/** Writes a document as BSON in a buffer of its own. */
export function encode(doc: Doc): Buffer {
  const bytes = serialize(inFieldOrder(doc), { ignoreUndefined: false });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Writes a document that is to be stored. @throws CommandError 10334 when it is larger than 16 MiB. */
export function encodeStored(doc: Doc): Buffer {
  const bytes = encode(doc);
  checkDocumentSize(bytes.length);
  return bytes;
}

/** @throws CommandError 10334 for a document that is too large to be stored. */
export function checkDocumentSize(size: number): void {
  if (size <= maxDocumentSize) return;
  throw new CommandError(
    'BSONObjectTooLarge',
    `BSONObj size: ${size} (0x${size.toString(16)}) is invalid. Size must be between 0 and ${maxDocumentSize}(16MB)`,
  );
}
