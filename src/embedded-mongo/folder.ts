import { accessSync, chmodSync, constants, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
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

/** Makes the folder, for its owner only. @returns its absolute path. @throws DataFolderError. */
export function prepareFolder(dataDir: string): string {
  const path = resolve(dataDir);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    checkIsOwn(path);
    chmodSync(path, 0o700);
  } catch (error) {
    if (error instanceof DataFolderError) throw error;
    throw new DataFolderError(path, messageOf(error));
  }
  return path;
}
