/*
 * documents: [collection u32][record u48]              -> the document's BSON
 * entries:   [index u32][key](…[record u48] not unique) -> [record u48]
 */

const recordSize = 6;

/** What the keys of all documents of a collection begin with. */
export function collectionPrefix(collectionId: number): Buffer {
  const key = Buffer.allocUnsafe(4);
  key.writeUInt32BE(collectionId);
  return key;
}

/** What the keys of all entries of an index begin with. */
export const indexPrefix = collectionPrefix;

export function documentKey(collectionId: number, record: number): Buffer {
  const key = Buffer.allocUnsafe(4 + recordSize);
  key.writeUInt32BE(collectionId);
  key.writeUIntBE(record, 4, recordSize);
  return key;
}

export function recordBytes(record: number): Buffer {
  const bytes = Buffer.allocUnsafe(recordSize);
  bytes.writeUIntBE(record, 0, recordSize);
  return bytes;
}

/** The record number at the end of a document's key, or in an entry's value. */
export function recordIdOf(bytes: Buffer): number {
  return bytes.readUIntBE(bytes.length - recordSize, recordSize);
}

/** The key of an entry; entries of an index that is not unique carry their record to be different from each other. */
export function entryKey(indexId: number, key: Buffer, record?: number): Buffer {
  const size = 4 + key.length + (record === undefined ? 0 : recordSize);
  const bytes = Buffer.allocUnsafe(size);
  bytes.writeUInt32BE(indexId);
  key.copy(bytes, 4);
  if (record !== undefined) bytes.writeUIntBE(record, size - recordSize, recordSize);
  return bytes;
}
