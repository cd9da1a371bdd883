import { fail } from '../errors.js';
import type { Doc } from '../bson/types.js';
import { isDoc } from '../bson/types.js';
import { compileFilter } from '../query/filter.js';

const knownOptions = [
  'validator',
  'validationLevel',
  'validationAction',
  'collation',
  'capped',
  'size',
  'max',
  'clusteredIndex',
  'expireAfterSeconds',
  'changeStreamPreAndPostImages',
  'storageEngine',
  'indexOptionDefaults',
  'viewOn',
  'pipeline',
  'timeseries',
];
const acceptedOptions = new Set([
  'validator',
  'validationLevel',
  'validationAction',
  'storageEngine',
  'indexOptionDefaults',
  'collation',
  'changeStreamPreAndPostImages',
  'clusteredIndex',
]);
const ignored = new Set([
  'create',
  'autoIndexId',
  'idIndex',
  'lsid',
  'writeConcern',
  'readConcern',
  'comment',
  'maxTimeMS',
  'flags',
  'temp',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'encryptedFields',
  'txnNumber',
]);

function checkOption(name: string, value: unknown): void {
  if (!knownOptions.includes(name)) fail(40415, `BSON field 'create.${name}' is an unknown field.`);
  if (!acceptedOptions.has(name))
    fail('CommandNotSupported', `The embedded database has no collections with '${name}'`);
  if (name === 'collation' && isDoc(value) && value.locale !== 'simple') {
    fail(
      'CommandNotSupported',
      'Collations other than { locale: "simple" } are not supported by the embedded database',
    );
  }
  if (name !== 'validator') return;
  if (!isDoc(value)) fail('TypeMismatch', "BSON field 'create.validator' is the wrong type, expected type 'object'");
  compileFilter(value);
}

/**
 * The options of a collection, from the fields of `create` or a dump.
 * @throws CommandError 115 for those that no collection here has, 2, 14 and 40415 for those that are none.
 */
export function collectionOptions(body: Doc): Doc {
  const options: Doc = {};
  for (const [name, value] of Object.entries(body)) {
    if (ignored.has(name) || name.startsWith('$') || (name === 'capped' && value !== true)) continue;
    checkOption(name, value);
    if (name !== 'clusteredIndex') options[name] = value;
  }
  return options;
}
