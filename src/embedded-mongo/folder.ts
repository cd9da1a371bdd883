import { accessSync, chmodSync, constants, existsSync, mkdirSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DataFolderError, messageOf } from './errors.js';

/** The data file of a folder. */
export function dataFile(dataDir: string): string {
  return join(dataDir, 'database.mdb');
}

/** What a database, or the server it belongs to, may have left in a folder before there was a data file. */
const ownFiles = /^(database\.mdb|lock\.json|mongo\.sock$|lost\+found$|\.)/;

/** @throws DataFolderError for a folder that holds other things and no database: it was likely named by mistake. */
function checkIsOwn(path: string): void {
  const names = readdirSync(path);
  if (names.includes('database.mdb')) return;
  const foreign = names.filter((name) => !ownFiles.test(name));
  if (foreign.length > 0)
    throw new DataFolderError(
      path,
      `it holds other files and no database (${foreign.slice(0, 3).join(', ')})`,
      'foreign',
    );
}

/** Errors of the operating system, in words. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not read and write it',
  EPERM: 'this user may not read and write it',
  EROFS: 'its file system is read-only',
  EEXIST: 'something that is no folder stands in its place',
  ENOTDIR: 'something that is no folder stands in its place',
  ENOENT: 'no folder can be made there',
};

const fullDisk = /ENOSPC|No space|EFBIG|File too large|EDQUOT|quota/i;

/** What keeps a database from a folder, whatever was thrown. */
export function folderError(dataDir: string, error: unknown): DataFolderError {
  if (error instanceof DataFolderError) return error;
  const message = messageOf(error);
  if (fullDisk.test(message)) return new DataFolderError(dataDir, 'its disk is full', 'full');
  const { code = '' } = error as NodeJS.ErrnoException;
  const reason = reasons[code];
  return new DataFolderError(dataDir, reason === undefined ? message : `${reason} (${code})`);
}

/** Node's own way to make several at once never ends where a file system answers ENOENT, as that of processes does. */
function makeFolders(path: string): void {
  const missing: string[] = [];
  for (let at = path; !existsSync(at); at = dirname(at)) missing.unshift(at);
  missing.forEach(makeFolder);
}

/** Another process may make it at the same time. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

/** What a database needs to begin with, in bytes; with less, the system may end the process while it opens its file. */
const leastRoom = 1_048_576;

function checkRoom(path: string): void {
  const { bavail, bsize, blocks } = statfsSync(path);
  if (blocks > 0 && bavail * bsize < leastRoom) throw new DataFolderError(path, 'its disk is full', 'full');
}

/** Makes the folder, for its owner only. @returns its absolute path. @throws DataFolderError. */
export function prepareFolder(dataDir: string): string {
  const path = resolve(dataDir);
  try {
    makeFolders(path);
    checkIsOwn(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    chmodSync(path, 0o700);
    checkRoom(path);
  } catch (error) {
    throw folderError(path, error);
  }
  return path;
}
