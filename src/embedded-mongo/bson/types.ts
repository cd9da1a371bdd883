import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';

/** A document or an embedded document, as `decode` makes it: a plain object. */
export type Doc = Record<string, unknown>;

/** The rank of a value's type in MongoDB's comparison order (source: canonicalizeBSONType in MongoDB's bsontypes.h). */
export const Rank = {
  minKey: 1,
  undefined: 2,
  null: 5,
  number: 10,
  string: 15,
  object: 20,
  array: 25,
  binary: 30,
  objectId: 35,
  boolean: 40,
  date: 45,
  timestamp: 47,
  regex: 50,
  code: 60,
  codeWithScope: 65,
  maxKey: 127,
} as const;

/** True for a plain object: an embedded document, not a BSON class, a date or an array. */
export function isDoc(value: unknown): value is Doc {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const classRanks = new Map<unknown, number>([
  [Date, Rank.date],
  [ObjectId, Rank.objectId],
  [Binary, Rank.binary],
  [Long, Rank.number],
  [Double, Rank.number],
  [Int32, Rank.number],
  [Decimal128, Rank.number],
  [Timestamp, Rank.timestamp],
  [BSONRegExp, Rank.regex],
  [RegExp, Rank.regex],
  [BSONSymbol, Rank.string],
  [MinKey, Rank.minKey],
  [MaxKey, Rank.maxKey],
]);

function objectRank(value: object): number {
  if (Array.isArray(value)) return Rank.array;
  if (value instanceof Code) return value.scope ? Rank.codeWithScope : Rank.code;
  const rank = classRanks.get(value.constructor);
  if (rank !== undefined) return rank;
  return value instanceof Binary ? Rank.binary : Rank.object;
}

/** The rank of a value's type; a missing value (`undefined`) has the rank of undefined. */
export function rankOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return Rank.string;
    case 'number':
    case 'bigint':
      return Rank.number;
    case 'boolean':
      return Rank.boolean;
    case 'object':
      return value === null ? Rank.null : objectRank(value);
    default:
      return Rank.undefined;
  }
}

/** The alias `$type` takes and gives (source: MongoDB's manual, BSON Types). */
export function typeAlias(value: unknown): string {
  if (typeof value === 'number') return isInt32(value) ? 'int' : 'double';
  if (typeof value === 'bigint' || value instanceof Timestamp) return value instanceof Timestamp ? 'timestamp' : 'long';
  if (value instanceof Long) return 'long';
  if (value instanceof Double) return 'double';
  if (value instanceof Int32) return 'int';
  if (value instanceof Decimal128) return 'decimal';
  if (value instanceof BSONSymbol) return 'symbol';
  return rankAliases.get(rankOf(value)) ?? 'missing';
}

const rankAliases = new Map<number, string>([
  [Rank.minKey, 'minKey'],
  [Rank.undefined, 'undefined'],
  [Rank.null, 'null'],
  [Rank.string, 'string'],
  [Rank.object, 'object'],
  [Rank.array, 'array'],
  [Rank.binary, 'binData'],
  [Rank.objectId, 'objectId'],
  [Rank.boolean, 'bool'],
  [Rank.date, 'date'],
  [Rank.regex, 'regex'],
  [Rank.code, 'javascript'],
  [Rank.codeWithScope, 'javascriptWithScope'],
  [Rank.maxKey, 'maxKey'],
]);

/** The numbers of BSON types, by alias. */
export const typeNumbers: ReadonlyMap<string, number> = new Map([
  ['double', 1],
  ['string', 2],
  ['object', 3],
  ['array', 4],
  ['binData', 5],
  ['undefined', 6],
  ['objectId', 7],
  ['bool', 8],
  ['date', 9],
  ['null', 10],
  ['regex', 11],
  ['dbPointer', 12],
  ['javascript', 13],
  ['symbol', 14],
  ['javascriptWithScope', 15],
  ['int', 16],
  ['timestamp', 17],
  ['long', 18],
  ['decimal', 19],
  ['minKey', -1],
  ['maxKey', 127],
]);

/** True for a number that BSON stores as a 32 bit integer. */
export function isInt32(value: number): boolean {
  return (value | 0) === value && !Object.is(value, -0);
}
