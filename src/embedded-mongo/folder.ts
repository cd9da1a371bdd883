import { accessSync, chmodSync, constants, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { DataFolderError } from './errors.js';

/** Makes the folder, for its owner only. @returns its absolute path. @throws DataFolderError. */
export function prepareFolder(dataDir: string): string {
  const path = resolve(dataDir);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    chmodSync(path, 0o700);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new DataFolderError(path, error instanceof Error ? error.message : String(error));
  }
  return path;
}
