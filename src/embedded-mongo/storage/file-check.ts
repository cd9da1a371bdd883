import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

/*
 * lmdb maps the file into memory and trusts it: a file that is none, or is cut off, ends the process. So what can be
 * seen from outside is looked at first (source: struct MDB_meta in lmdb's mdb.c; the meta page follows a header of 24
 * bytes).
 */
const magic = 0xbeefc0de;
const offsets = { magic: 24, pageSize: 48, freeRoot: 88, mainRoot: 136, transaction: 152 } as const;
const metaSize = 160;
const noPage = 0xffff_ffff_ffff_ffffn;
const pageSizes = { least: 512, most: 65_536 };

interface Meta {
  readonly pageSize: number;
  readonly transaction: bigint;
  readonly roots: readonly bigint[];
}

function readMeta(file: number, at: number): Meta | undefined {
  const bytes = Buffer.alloc(metaSize);
  if (readSync(file, bytes, 0, metaSize, at) < metaSize || bytes.readUInt32LE(offsets.magic) !== magic)
    return undefined;
  return {
    pageSize: bytes.readUInt32LE(offsets.pageSize),
    transaction: bytes.readBigUInt64LE(offsets.transaction),
    roots: [bytes.readBigUInt64LE(offsets.freeRoot), bytes.readBigUInt64LE(offsets.mainRoot)],
  };
}

function problemOf(file: number): string | undefined {
  const { size } = fstatSync(file);
  if (size === 0) return undefined;
  const first = readMeta(file, 0);
  if (!first || first.pageSize < pageSizes.least || first.pageSize > pageSizes.most)
    return 'is not a data file of this database';
  const second = readMeta(file, first.pageSize);
  if (!second) return 'is damaged: its second page is not what it should be';
  const { roots } = second.transaction > first.transaction ? second : first;
  const isCut = roots.some((page) => page !== noPage && (page + 1n) * BigInt(first.pageSize) > BigInt(size));
  return isCut ? 'is cut off' : undefined;
}

/** What is wrong with a file that is there and is no data file, or is cut off; undefined when nothing is. */
export function dataFileProblem(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const file = openSync(path, 'r');
  try {
    const problem = problemOf(file);
    return problem && `the file ${path} ${problem}`;
  } finally {
    closeSync(file);
  }
}
