import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EJSON } from 'bson';
import { decode } from '../bson/decode.js';
import { checkDocumentSize, encode } from '../bson/encode.js';
import type { Doc } from '../bson/types.js';
import { isDoc } from '../bson/types.js';
import { checkNamespace } from '../commands/arguments.js';
import { collectionOptions } from '../commands/collection-options.js';
import { parseIndexSpec } from '../commands/index-spec.js';
import { checkId } from '../commands/insert.js';
import { collectionOf } from './dump-names.js';
import { fail, sentenceOf } from './tool-error.js';

/** A collection of a dump whose description this database takes. */
export interface DumpedCollection {
  readonly namespace: string;
  /** The file of its documents. */
  readonly path: string;
  readonly options: Doc;
  /** Without that of `_id`. */
  readonly indexes: readonly Doc[];
}

interface DumpFile {
  readonly namespace: string;
  readonly path: string;
}

function dumpFiles(source: string): DumpFile[] {
  if (!existsSync(source))
    fail(`There is no folder ${source}.`, 'Name the folder that mongodump (or db:export) wrote.');
  const databases = readdirSync(source).filter((name) => statSync(join(source, name)).isDirectory());
  const files = databases.flatMap((database) =>
    readdirSync(join(source, database))
      .filter((name) => name.endsWith('.bson') && !name.startsWith('system.'))
      .map((name) => ({ namespace: `${database}.${collectionOf(name)}`, path: join(source, database, name) })),
  );
  if (files.length === 0) {
    const zipped = databases.some((database) =>
      readdirSync(join(source, database)).some((name) => name.endsWith('.gz')),
    );
    fail(
      `${source} holds no .bson files.`,
      zipped ? 'Unpack the .gz files first (gunzip -r).' : 'Name the folder that holds one folder for each database.',
    );
  }
  return files;
}

/** The file that describes a collection. */
export function metadataFile(path: string): string {
  return path.replace(/\.bson$/, '.metadata.json');
}

function metadataOf(path: string): Doc {
  const file = metadataFile(path);
  if (!existsSync(file)) return {};
  try {
    const metadata: unknown = EJSON.parse(readFileSync(file, 'utf8'), { relaxed: false });
    return isDoc(metadata) ? decode(encode(metadata)) : {};
  } catch (error) {
    return fail(`${file} is not extended JSON: ${(error as Error).message}.`, 'Write the dump again.');
  }
}

/** The documents of a file, one after another. */
export async function* documentsOf(path: string): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    let bytes = Buffer.concat([rest, chunk as Buffer]);
    for (;;) {
      const size = bytes.length >= 4 ? bytes.readInt32LE(0) : Infinity;
      if (size < 5) fail(`${path} is damaged: a document of ${size} bytes.`, 'Write the dump again.');
      if (bytes.length < size) break;
      yield bytes.subarray(0, size);
      bytes = bytes.subarray(size);
    }
    rest = bytes;
  }
  if (rest.length > 0) fail(`${path} ends in the middle of a document.`, 'Write the dump again.');
}

/** Runs a check, and says of what it refuses where that stands. */
function checkPart<T>(place: string, remedy: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    return fail(`${place}: ${sentenceOf(error)}`, remedy);
  }
}

function describe({ namespace, path }: DumpFile): DumpedCollection {
  const { options, indexes } = metadataOf(path);
  const dot = namespace.indexOf('.');
  checkPart(path, 'Rename the file or its folder.', () =>
    checkNamespace(namespace.slice(0, dot), namespace.slice(dot + 1)),
  );
  return checkPart(metadataFile(path), 'Take that out of the file, or use a MongoDB server (MONGODB_URI).', () => ({
    namespace,
    path,
    options: collectionOptions(isDoc(options) ? options : {}),
    indexes: (Array.isArray(indexes) ? (indexes as unknown[]) : []).map(parseIndexSpec).filter(isOwnIndex),
  }));
}

function isOwnIndex({ name }: Doc): boolean {
  return name !== '_id_';
}

async function checkDocuments({ path }: DumpedCollection): Promise<void> {
  let position = 0;
  for await (const bytes of documentsOf(path)) {
    position += 1;
    checkPart(`${path} is damaged at document ${position}`, 'Write the dump again.', () => {
      checkDocumentSize(bytes.length);
      checkId(decode(bytes));
    });
  }
}

/**
 * Looks through the folder that mongodump (or `exportData`) wrote, all documents too.
 * @throws ToolError for what cannot be read or what this database does not take.
 */
export async function readDump(source: string): Promise<readonly DumpedCollection[]> {
  const collections = dumpFiles(source).map(describe);
  for (const collection of collections) await checkDocuments(collection);
  return collections;
}
