import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { deserialize, EJSON, type Document } from 'bson';

/** What a person can put right: the sentence says what is wrong with a dump or a target, and what to do. */
export class BackupError extends Error {}

/** One collection as mongodump lays it out: `<name>.bson` beside `<name>.metadata.json`. */
export interface DumpedCollection {
  readonly name: string;
  /** Of the file of documents. */
  readonly path: string;
  readonly bytes: number;
  /** How it was made. */
  readonly options: Document;
  readonly indexes: readonly Document[];
}

/** Is told how long work goes on. */
export interface Progress {
  /** A piece of work of `total` units begins. */
  begin(what: string, total: number): void;
  advance(units: number): void;
  end(): void;
}

/** How many documents went where. */
export interface Count {
  readonly collection: string;
  readonly documents: number;
}

/** The file name of a collection, without its ending: what file systems do not take is percent-encoded. */
export const fileNameOf = (collection: string): string => encodeURIComponent(collection);

/**
 * The collections of a dump, smallest name first.
 * @param folder of one database, or the one above it when it holds no other
 * @throws BackupError when there is no dump, or more than one database
 */
export function readDump(folder: string): DumpedCollection[] {
  const place = databaseFolder(folder);
  return dumpFiles(place)
    .toSorted()
    .map((file) => {
      const path = join(place, file);
      const { options, indexes } = metadataOf(path.replace(/\.bson$/, '.metadata.json'));
      return { name: decodeURIComponent(basename(file, '.bson')), path, bytes: statSync(path).size, options, indexes };
    });
}

/**
 * The documents of a dumped collection, with every type as it is stored.
 * @throws BackupError when the file is damaged
 */
export async function* documentsOf({ path }: DumpedCollection): AsyncGenerator<{ document: Document; bytes: number }> {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1_048_576 })) {
    let bytes = Buffer.concat([rest, chunk as Buffer]);
    while (bytes.length >= 4 && bytes.length >= sizeAt(bytes, path)) {
      const size = sizeAt(bytes, path);
      yield { document: parse(bytes.subarray(0, size), path), bytes: size };
      bytes = bytes.subarray(size);
    }
    rest = bytes;
  }
  if (rest.length > 0) throw damaged(path, 'it ends in the middle of a document');
}

function sizeAt(bytes: Buffer, path: string): number {
  const size = bytes.readInt32LE(0);
  if (size < 5) throw damaged(path, `it holds a document of ${size} bytes`);
  return size;
}

function parse(bytes: Buffer, path: string): Document {
  try {
    return deserialize(bytes, { promoteValues: false, promoteBuffers: false, bsonRegExp: true });
  } catch (error) {
    throw damaged(path, error instanceof Error ? error.message.replace(/[.\s]+$/, '') : String(error));
  }
}

function databaseFolder(folder: string): string {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new BackupError(`There is no folder ${folder}. Name the folder that chatset export (or mongodump) wrote.`);
  }
  if (dumpFiles(folder).length > 0) return folder;
  const databases = readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isDirectory() && dumpFiles(path).length > 0);
  const [only, ...others] = databases;
  if (only === undefined) {
    throw new BackupError(`${folder} holds no .bson files. Name the folder that chatset export (or mongodump) wrote.`);
  }
  if (others.length > 0) throw new BackupError(`${folder} holds several databases. Name one: ${databases.join(', ')}.`);
  return only;
}

function dumpFiles(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.bson') && !name.startsWith('system.'));
}

function metadataOf(path: string): { options: Document; indexes: readonly Document[] } {
  if (!existsSync(path)) return { options: {}, indexes: [] };
  try {
    const { options = {}, indexes = [] } = EJSON.parse(readFileSync(path, 'utf8')) as {
      options?: Document;
      indexes?: readonly Document[];
    };
    return { options, indexes };
  } catch {
    throw damaged(path, 'it is not extended JSON');
  }
}

function damaged(path: string, how: string): BackupError {
  return new BackupError(`${path} is damaged: ${how}. Write the dump again.`);
}
