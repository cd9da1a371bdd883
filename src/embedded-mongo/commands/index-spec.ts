import { fail } from '../errors.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { fieldEntries } from '../bson/fields.js';
import { isDoc, typeAlias } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { analyse } from '../planner/analyse.js';
import { compileFilter } from '../query/filter.js';

const known = new Set([
  'v',
  'key',
  'name',
  'unique',
  'sparse',
  'hidden',
  'background',
  'expireAfterSeconds',
  'partialFilterExpression',
  'collation',
  'wildcardProjection',
  'storageEngine',
  'dropDups',
  'ns',
  'weights',
  'default_language',
  'language_override',
  'textIndexVersion',
  '2dsphereIndexVersion',
  'bits',
  'min',
  'max',
  'prepareUnique',
  'clustered',
]);
const flags = ['unique', 'sparse', 'hidden'];
const booleans = [...flags, 'background'];
const refusedKinds = new Set(['text', '2d', '2dsphere', 'geoHaystack']);

function checkKey(key: unknown): Doc {
  if (!isDoc(key)) fail('TypeMismatch', "The field 'key' must be an object");
  if (Object.keys(key).length === 0) fail('CannotCreateIndex', 'Index keys cannot be empty.');
  for (const [path, direction] of Object.entries(key)) checkField(path, direction);
  return key;
}

function checkField(path: string, direction: unknown): void {
  if (typeof direction === 'string') {
    if (refusedKinds.has(direction)) fail('CannotCreateIndex', `The embedded database has no '${direction}' indexes`);
    if (direction !== 'hashed') fail('CannotCreateIndex', `Unknown index plugin '${direction}'`);
  } else if (!isNumeric(direction)) {
    fail(
      'CannotCreateIndex',
      `Values in v:2 index key pattern cannot be of type ${typeAlias(direction)}. Only numbers > 0, numbers < 0, and strings are allowed.`,
    );
  } else if (toDouble(direction) === 0 || Number.isNaN(toDouble(direction))) {
    fail('CannotCreateIndex', 'Values in the index key pattern cannot be 0.');
  }
  const parts = path.split('.');
  if (parts.includes('')) fail('CannotCreateIndex', 'Index keys cannot contain an empty field.');
  if (parts.some((part) => part.startsWith('$') && part !== '$**' && !['$id', '$ref', '$db'].includes(part))) {
    fail('CannotCreateIndex', `Index key contains an illegal field name: field name starts with '$'.`);
  }
}

function isSet(flag: unknown): boolean {
  return flag === true || (isNumeric(flag) && toDouble(flag) !== 0);
}

function checkFlags(spec: Doc): void {
  for (const name of booleans) {
    const value = spec[name];
    if (value !== undefined && typeof value !== 'boolean' && !isNumeric(value)) {
      fail(
        'TypeMismatch',
        `The field '${name}' has value ${name}: ${JSON.stringify(value)}, which is not convertible to bool`,
      );
    }
  }
}

function checkHashed(spec: Doc, key: Doc): void {
  if (isSet(spec.unique) && Object.values(key).includes('hashed'))
    fail(16764, 'Currently hashed indexes cannot guarantee uniqueness. Use a regular index.');
}

function checkExpiry(spec: Doc, key: Doc): void {
  const seconds = spec.expireAfterSeconds;
  if (seconds === undefined) return;
  if (!isNumeric(seconds)) fail('CannotCreateIndex', "TTL index 'expireAfterSeconds' option must be numeric");
  if (toDouble(seconds) < 0 || toDouble(seconds) > 2_147_483_647)
    fail(
      'CannotCreateIndex',
      `TTL index 'expireAfterSeconds' option must be within an acceptable range: ${toDouble(seconds)}`,
    );
  if (Object.keys(key).length > 1)
    fail('CannotCreateIndex', 'TTL indexes are single-field indexes, compound indexes do not support TTL.');
  if ('_id' in key)
    fail(
      'InvalidIndexSpecificationOption',
      "The field 'expireAfterSeconds' is not valid for an _id index specification.",
    );
}

const ofIdIndex = new Set(['key', 'name', 'ns', 'v', 'collation']);

/** `_id_` is there and has no options. */
function checkIdIndex(spec: Doc, key: Doc): void {
  const isIdIndex = Object.keys(key).length === 1 && isNumeric(key._id) && toDouble(key._id) === 1;
  const option = isIdIndex ? Object.keys(spec).find((name) => !ofIdIndex.has(name)) : undefined;
  if (option !== undefined) {
    fail(
      'InvalidIndexSpecificationOption',
      `The field '${option}' is not valid for an _id index specification. Specification: ${JSON.stringify(spec)}`,
    );
  }
}

const partialOperators = new Set(['$eq', '$gt', '$gte', '$lt', '$lte', '$type', '$exists', '$in']);

function checkPartial(spec: Doc): void {
  const filter = spec.partialFilterExpression;
  if (filter === undefined) return;
  if (!isDoc(filter)) fail('TypeMismatch', "The field 'partialFilterExpression' must be an object");
  compileFilter(filter);
  if (spec.sparse === true) fail('CannotCreateIndex', 'cannot mix "partialFilterExpression" and "sparse" options');
  const { conjuncts } = analyse(filter);
  const other = conjuncts.find(
    ({ operator, operand }) => !partialOperators.has(operator) || (operator === '$exists' && operand === false),
  );
  if (other || '$nor' in filter)
    fail('CannotCreateIndex', `Expression not supported in partial index: ${JSON.stringify(filter)}`);
}

function nameOf(key: Doc): string {
  return fieldEntries(key)
    .map(([path, direction]) => `${path}_${isNumeric(direction) ? toDouble(direction) : String(direction)}`)
    .join('_');
}

function checkCollation({ collation }: Doc): void {
  if (isDoc(collation) && collation.locale !== 'simple') {
    fail('CannotCreateIndex', 'Collations other than { locale: "simple" } are not supported by the embedded database');
  }
}

/**
 * Reads one of the indexes of `createIndexes`, and gives it as `listIndexes` will show it.
 * @throws CommandError 14, 67 or 197.
 */
export function parseIndexSpec(given: unknown): Doc {
  if (!isDoc(given)) fail('TypeMismatch', "BSON field 'createIndexes.indexes' must hold objects");
  const unknown = Object.keys(given).find((name) => !known.has(name));
  if (unknown !== undefined)
    fail(
      'InvalidIndexSpecificationOption',
      `The field '${unknown}' is not valid for an index specification. Specification: ${JSON.stringify(given)}`,
    );
  if (given.key === undefined)
    fail('FailedToParse', "The 'key' field is a required property of an index specification");
  const key = checkKey(given.key);
  checkIdIndex(given, key);
  checkFlags(given);
  checkHashed(given, key);
  checkExpiry(given, key);
  checkPartial(given);
  checkCollation(given);
  const { v: _v, key: _key, name = nameOf(key), ns: _ns, collation: _collation, ...rest } = given;
  if (typeof name !== 'string') fail('TypeMismatch', "The field 'name' must be a string");
  if (name === '') fail('CannotCreateIndex', 'index name cannot be empty');
  if (name === '*') fail('BadValue', "The index name '*' is not valid.");
  const options = Object.entries(rest).filter(([option, value]) => !flags.includes(option) || isSet(value));
  return {
    v: 2,
    key,
    name,
    ...Object.fromEntries(options.map(([option, value]) => [option, flags.includes(option) ? true : value])),
  };
}
