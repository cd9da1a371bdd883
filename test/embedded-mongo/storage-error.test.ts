import { CommandError } from '../../src/embedded-mongo/errors.js';
import { storageError } from '../../src/embedded-mongo/storage/storage-error.js';

test.each([
  ['No space left on device', 'OutOfDiskSpace'],
  ['MDB_MAP_FULL: Environment mapsize limit reached', 'OutOfDiskSpace'],
  ['Disk quota exceeded', 'OutOfDiskSpace'],
  ['File too large', 'OutOfDiskSpace'],
  ['Input/output error', 'OutOfDiskSpace'],
  ['EROFS: read-only file system, write', 'FileStreamFailed'],
  ['Read-only file system', 'FileStreamFailed'],
])('the disk error %s is given as %s, with what was said', (said, codeName) => {
  const given = storageError(new Error(said));
  expect(given).toBeInstanceOf(CommandError);
  expect(given).toMatchObject({ codeName, message: expect.stringContaining(said) as string });
});

test('an error that is not of the disk stays as it is', () => {
  const fault = new Error('MDB_BAD_VALSIZE');
  expect(storageError(fault)).toBe(fault);
});
