import type { CodeName } from '../errors.js';
import { CommandError } from '../errors.js';

/**
 * What the operating system and lmdb say of a disk, and the error it is to those who write. lmdb says that input or
 * output has failed when a write ends short, as it does on a disk that gets full.
 */
const diskErrors: readonly (readonly [RegExp, CodeName])[] = [
  [/ENOSPC|No space|EFBIG|File too large|MDB_MAP_FULL|EDQUOT|quota|EIO\b|Input\/output/i, 'OutOfDiskSpace'],
  [/EROFS|Read-only/i, 'FileStreamFailed'],
];

/** What the command whose transaction was given up is told: an error of the disk by its name, and any other as it is. */
export function storageError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const found = diskErrors.find(([pattern]) => pattern.test(error.message));
  return found
    ? new CommandError(found[1], `The write could not be put on disk and was undone: ${error.message}`)
    : error;
}
