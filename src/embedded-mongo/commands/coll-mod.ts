import { Long } from 'bson';
import { fail } from '../errors.js';
import { equalValues } from '../bson/compare.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { isDoc, typeAlias } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { compileFilter } from '../query/filter.js';
import type { CollectionInfo } from '../storage/collection-info.js';
import { validatorOf } from '../storage/collection-info.js';
import type { IndexInfo } from '../storage/index-info.js';
import { namespaceArgument } from './arguments.js';
import type { CommandContext } from './command.js';
import { collModOptions, collModRefused } from './fields.js';
import { isTrue } from './statements.js';

const indexFields = new Set(['name', 'keyPattern', 'expireAfterSeconds', 'hidden']);
const mostSeconds = 2_147_483_647;

const enumerations: Readonly<Record<string, readonly string[]>> = {
  validationLevel: ['off', 'strict', 'moderate'],
  validationAction: ['error', 'warn'],
};

function optionsOf(body: Doc): Doc {
  const given = Object.entries(body).filter(([name]) => collModOptions.includes(name));
  for (const [name, value] of given) {
    if (name === 'validator') {
      if (!isDoc(value)) fail('TypeMismatch', `BSON field 'collMod.validator' is the wrong type '${typeAlias(value)}'`);
      compileFilter(value);
    } else if (typeof value !== 'string' || enumerations[name]?.includes(value) !== true) {
      fail('BadValue', `Enumeration value '${String(value)}' for field 'collMod.${name}' is not a valid value.`);
    }
  }
  return Object.fromEntries(given);
}

/** What is to be changed of an index. */
interface IndexChange {
  readonly selector: unknown;
  readonly seconds: number | undefined;
  readonly hidden: boolean | undefined;
}

function checkIndexFields(index: Doc): void {
  for (const name of Object.keys(index)) {
    if (indexFields.has(name)) continue;
    if (name === 'unique' || name === 'prepareUnique')
      fail('CommandNotSupported', `The embedded database does not change '${name}' of an index: make another one`);
    fail(40415, `BSON field 'collMod.index.${name}' is an unknown field.`);
  }
}

function secondsOf(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (!isNumeric(value))
    fail('TypeMismatch', `BSON field 'collMod.index.expireAfterSeconds' is the wrong type '${typeAlias(value)}'`);
  const seconds = toDouble(value);
  if (!(seconds >= 0 && seconds <= mostSeconds))
    fail('InvalidOptions', `TTL index 'expireAfterSeconds' option must be within an acceptable range: ${seconds}`);
  return Math.trunc(seconds);
}

function selectorOf({ name, keyPattern }: Doc): unknown {
  if (name !== undefined && keyPattern !== undefined)
    fail('InvalidOptions', 'Cannot specify both key pattern and name.');
  const selector = name ?? keyPattern;
  return typeof selector === 'string' || isDoc(selector)
    ? selector
    : fail('InvalidOptions', 'Must specify either index name or key pattern');
}

function indexChangeOf(index: unknown): IndexChange | undefined {
  if (index === undefined) return undefined;
  if (!isDoc(index)) fail('TypeMismatch', `BSON field 'collMod.index' is the wrong type '${typeAlias(index)}'`);
  checkIndexFields(index);
  const { expireAfterSeconds, hidden } = index;
  const selector = selectorOf(index);
  if (hidden !== undefined && typeof hidden !== 'boolean' && !isNumeric(hidden))
    fail('TypeMismatch', `BSON field 'collMod.index.hidden' is the wrong type '${typeAlias(hidden)}'`);
  const seconds = secondsOf(expireAfterSeconds);
  if (seconds === undefined && hidden === undefined)
    fail('InvalidOptions', 'no expireAfterSeconds, hidden, unique, or prepareUnique field');
  return { selector, seconds, hidden: hidden === undefined ? undefined : isTrue(hidden) };
}

function find(collection: CollectionInfo, selector: unknown): IndexInfo {
  const found = collection.indexes.find(({ name, spec }) =>
    typeof selector === 'string' ? name === selector : equalValues(spec.key, selector),
  );
  return found ?? fail('IndexNotFound', `cannot find index ${JSON.stringify(selector)} for ns ${collection.namespace}`);
}

/** The index with its changes, and what the reply says of them. @throws CommandError 2, 27 or 72. */
function changed(index: IndexInfo, { seconds, hidden }: IndexChange): { index: IndexInfo; reply: Doc } {
  const isId = index.name === '_id_';
  const spec = { ...index.spec };
  const reply: Doc = {};
  if (seconds !== undefined) {
    if (isId) fail('InvalidOptions', 'the _id field does not support TTL indexes');
    if (index.fields.length > 1) fail('InvalidOptions', 'TTL indexes are single-field indexes');
    const { expireAfterSeconds: old } = spec;
    if (isNumeric(old)) reply.expireAfterSeconds_old = Long.fromNumber(toDouble(old));
    reply.expireAfterSeconds_new = Long.fromNumber(seconds);
    spec.expireAfterSeconds = seconds;
  }
  if (hidden !== undefined && hidden !== index.hidden) {
    if (isId) fail('BadValue', "can't hide _id index");
    Object.assign(reply, { hidden_old: index.hidden, hidden_new: hidden });
    if (hidden) spec.hidden = true;
    else delete spec.hidden;
  }
  return { index: { ...index, spec, hidden: hidden ?? index.hidden }, reply };
}

/** The command `collMod`: validators, and the expiry and hiding of an index. */
export async function collMod(context: CommandContext): Promise<Doc> {
  const { catalog, store } = context.engine;
  const namespace = namespaceArgument(context);
  const unsupported = collModRefused.find((name) => context.body[name] !== undefined);
  if (unsupported !== undefined)
    fail('CommandNotSupported', `The embedded database has no '${unsupported}' of a collection to change`);
  const options = optionsOf(context.body);
  const change = indexChangeOf(context.body.index);
  return store.write(() => {
    const collection = catalog.get(namespace) ?? fail('NamespaceNotFound', `ns does not exist: ${namespace}`);
    const old = change && find(collection, change.selector);
    const result = old && changed(old, change);
    if (result) collection.indexes = collection.indexes.map((index) => (index === old ? result.index : index));
    collection.options = { ...collection.options, ...options };
    collection.validator = validatorOf(collection.options);
    catalog.markChanged(collection);
    return result?.reply ?? {};
  });
}
