import { fail } from '../errors.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { isDoc, typeAlias } from '../bson/types.js';
import type { Doc } from '../bson/types.js';

const writeFields = new Set(['w', 'j', 'fsync', 'wtimeout', 'provenance', 'getLastError', 'wOpTime', 'wElectionId']);
const readFields = new Set([
  'level',
  'afterOpTime',
  'afterClusterTime',
  'atClusterTime',
  'allowTransactionTableSnapshot',
  'waitLastStableRecoveryTimestamp',
  'provenance',
]);
const readLevels = ['local', 'majority', 'available', 'linearizable', 'snapshot'];
const mostNodes = 50;

/** What a standalone server says of concerns that need a replica set. @throws CommandError 2, 9, 14, 123 or 40415. */
export function checkConcerns({ writeConcern, readConcern }: Doc): void {
  const write = concern('writeConcern', writeConcern, writeFields);
  if (write) checkWriteConcern(write);
  const read = concern('readConcern', readConcern, readFields);
  if (read) checkReadConcern(read.level);
}

function wrongType(field: string, value: unknown, expected: string): never {
  return fail('TypeMismatch', `BSON field '${field}' is the wrong type '${typeAlias(value)}', expected '${expected}'`);
}

function concern(name: string, value: unknown, fields: ReadonlySet<string>): Doc | undefined {
  if (value === undefined) return undefined;
  if (!isDoc(value)) return wrongType(name, value, 'object');
  const unknown = Object.keys(value).find((field) => !fields.has(field));
  if (unknown !== undefined) fail(40415, `BSON field '${name}.${unknown}' is an unknown field.`);
  return value;
}

function checkWriteConcern({ w, j, fsync, wtimeout }: Doc): void {
  for (const [name, value] of Object.entries({ j, fsync })) {
    if (value !== undefined && typeof value !== 'boolean' && !isNumeric(value)) {
      wrongType(`writeConcern.${name}`, value, 'bool');
    }
  }
  if (wtimeout !== undefined && !isNumeric(wtimeout)) wrongType('writeConcern.wtimeout', wtimeout, 'number');
  if (j === true && fsync === true) fail('FailedToParse', 'fsync and j options cannot be used together');
  if (w !== undefined) checkNodes(w);
}

function checkNodes(w: unknown): void {
  if (typeof w === 'string') {
    if (w !== 'majority')
      fail('BadValue', `cannot use non-majority 'w' mode ${w} when a host is not a member of a replica set`);
    return;
  }
  if (isDoc(w)) fail('BadValue', "cannot use tags in 'w' when a host is not a member of a replica set");
  if (!isNumeric(w)) fail('FailedToParse', `w has to be a number, string, or object; found: ${typeAlias(w)}`);
  const nodes = toDouble(w);
  if (!(nodes >= 0 && nodes <= mostNodes))
    fail('FailedToParse', `w has to be a non-negative number and not greater than ${mostNodes}; found: ${nodes}`);
  if (nodes > 1) fail('BadValue', "cannot use 'w' > 1 when a host is not replicated");
}

function checkReadConcern(level: unknown): void {
  if (level === undefined) return;
  if (typeof level !== 'string') return wrongType('readConcern.level', level, 'string');
  if (!readLevels.includes(level)) {
    fail('BadValue', `Enumeration value '${level}' for field 'readConcern.level' is not a valid value.`);
  }
  if (level === 'snapshot' || level === 'linearizable') {
    fail('NotAReplicaSet', `node needs to be a replica set member to use readConcern: ${level}`);
  }
}
