import { BSONSymbol, Code, Timestamp } from 'bson';
import { fail } from '../errors.js';
import { isNumeric, isIntegral, toDouble } from '../bson/numbers.js';
import { typeAlias } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { compileRegex, isRegex } from '../query/regex.js';
import { regexParts } from '../bson/compare.js';
import { spendText } from './budget.js';
import { toText } from './conversion.js';
import type { Operator, OperatorTable } from './operator.js';
import { isNullish, operator, withNames } from './operator.js';

/** The text of a value where MongoDB takes other types as text too; null and missing ones are empty. @throws CommandError 16007. */
function coerced(value: unknown): string {
  if (isNullish(value)) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Timestamp) return `Timestamp(${value.t}, ${value.i})`;
  if (isNumeric(value)) return toText(value);
  if (value instanceof BSONSymbol) return value.value;
  if (value instanceof Code) return value.code;
  return fail(16007, `can't convert from BSON type ${typeAlias(value)} to String`);
}

function string(value: unknown, code: number, message: string): string {
  return typeof value === 'string' ? value : fail(code, `${message}, not ${typeAlias(value)}`);
}

/** The letters that MongoDB changes: those of ASCII alone. */
const upper = (text: string): string => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
const lower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

function concat(values: readonly unknown[]): string | null {
  if (values.some(isNullish)) return null;
  return values.map((value) => string(value, 16702, '$concat only supports strings')).join('');
}

function whole(name: string, value: unknown, code: number): number {
  return isNumeric(value) && isIntegral(value)
    ? toDouble(value)
    : fail(code, `${name} requires an integral value, found ${typeAlias(value)}`);
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

function substringOfBytes([value, start, length]: readonly unknown[]): string {
  const bytes = Buffer.from(coerced(value));
  const from = whole('$substrBytes', start, 16034);
  const count = whole('$substrBytes', length, 16035);
  if (from < 0) fail(50752, `$substrBytes: starting index must be non-negative (got: ${from})`);
  const end = count < 0 ? bytes.length : Math.min(bytes.length, from + count);
  if (isContinuation(bytes[from]))
    fail(28656, '$substrBytes: Invalid range, starting index is a UTF-8 continuation byte.');
  if (isContinuation(bytes[end]))
    fail(28657, '$substrBytes: Invalid range, ending index is in the middle of a UTF-8 character.');
  return bytes.toString('utf8', Math.min(from, bytes.length), Math.max(from, end));
}

function substringOfPoints([value, start, length]: readonly unknown[]): string {
  const points = Array.from(coerced(value));
  const from = whole('$substrCP', start, 34451);
  const count = whole('$substrCP', length, 34453);
  if (from < 0) fail(34454, `$substrCP: the starting index must be a nonnegative integer, but is ${from}`);
  if (count < 0) fail(34455, `$substrCP: length must be a nonnegative integer, but is ${count}`);
  return points.slice(from, from + count).join('');
}

/** Where a text begins in another one, in the units that `split` cuts them into. */
function indexOf(name: string, split: (text: string) => readonly unknown[]): Operator {
  return operator(name, { least: 2, most: 4 }, ([text, searched, start, end]) => {
    if (isNullish(text)) return null;
    const units = split(string(text, 40091, `${name} requires a string as the first argument`));
    const wanted = split(string(searched, 40092, `${name} requires a string as the second argument`));
    const from = start === undefined ? 0 : position(name, start);
    const stop = Math.min(end === undefined ? units.length : position(name, end), units.length);
    for (let at = from; at + wanted.length <= stop; at += 1) {
      if (wanted.every((unit, i) => units[at + i] === unit)) return at;
    }
    return -1;
  });
}

function position(name: string, value: unknown): number {
  const index = whole(name, value, 40096);
  return index < 0 ? fail(40097, `${name} requires a nonnegative index, found: ${index}`) : index;
}

function expressionOf(name: string, { regex, options }: Doc): RegExp | null {
  if (isNullish(regex)) return null;
  if (!isRegex(regex) && typeof regex !== 'string') fail(51105, `${name} needs 'regex' to be of type string or regex`);
  if (!isNullish(options) && typeof options !== 'string') fail(51106, `${name} needs 'options' to be of type string`);
  const [pattern, own] = isRegex(regex) ? regexParts(regex) : [regex, ''];
  if (own !== '' && typeof options === 'string') {
    fail(51107, `${name}: found regex option(s) specified in both 'regex' and 'option' fields`);
  }
  return compileRegex(pattern, own === '' ? (options ?? '') : own);
}

function describe(found: RegExpMatchArray, input: string): Doc {
  const idx = Array.from(input.slice(0, found.index)).length;
  return { match: found[0], idx, captures: found.slice(1).map((capture) => (capture as string | undefined) ?? null) };
}

function search(
  name: string,
  answer: (matches: () => RegExpMatchArray[], input: string) => unknown,
  none: unknown,
): Operator {
  return withNames(name, (values) => {
    const { input } = values;
    if (!isNullish(input) && typeof input !== 'string') fail(51104, `${name} needs 'input' to be of type string`);
    const regex = expressionOf(name, values);
    if (isNullish(input) || regex === null) return none;
    return answer(() => [...input.matchAll(new RegExp(regex.source, `${regex.flags}g`))], input);
  });
}

function replacement(name: string, replace: (input: string, find: string, by: string) => string): Operator {
  return withNames(name, ({ input, find, replacement: by }) => {
    const named = { input, find, replacement: by };
    const codes = { input: 51746, find: 51745, replacement: 51744 };
    for (const [key, code] of Object.entries(codes)) {
      const value = named[key as keyof typeof named];
      if (!isNullish(value)) string(value, code, `${name} requires that '${key}' be a string`);
    }
    if (isNullish(input) || isNullish(find) || isNullish(by)) return null;
    return replace(input as string, find as string, by as string);
  });
}

function replaceAll(input: string, find: string, by: string): string {
  const parts = input.split(find);
  spendText(input.length + (parts.length - 1) * by.length);
  return parts.join(by);
}

function length(name: string, code: number, measure: (text: string) => number): Operator {
  return operator(name, { least: 1, most: 1 }, ([value]) =>
    measure(string(value, code, `${name} requires a string argument`)),
  );
}

const one = { least: 1, most: 1 };
const three = { least: 3, most: 3 };
const splitPoints = (text: string): readonly unknown[] => Array.from(text);
const splitBytes = (text: string): readonly unknown[] => [...Buffer.from(text)];

/** The operators on texts, which count in code points or in bytes of UTF-8. */
export const textOperators: OperatorTable = {
  $toUpper: operator('$toUpper', one, ([value]) => upper(coerced(value))),
  $toLower: operator('$toLower', one, ([value]) => lower(coerced(value))),
  $strcasecmp: operator('$strcasecmp', { least: 2, most: 2 }, ([a, b]) =>
    Math.sign(Buffer.compare(Buffer.from(upper(coerced(a))), Buffer.from(upper(coerced(b))))),
  ),
  $concat: operator('$concat', { least: 0, most: Infinity }, concat),
  $strLenCP: length('$strLenCP', 34471, (text) => Array.from(text).length),
  $strLenBytes: length('$strLenBytes', 34473, (text) => Buffer.byteLength(text)),
  $substr: operator('$substr', three, substringOfBytes),
  $substrBytes: operator('$substrBytes', three, substringOfBytes),
  $substrCP: operator('$substrCP', three, substringOfPoints),
  $indexOfCP: indexOf('$indexOfCP', splitPoints),
  $indexOfBytes: indexOf('$indexOfBytes', splitBytes),
  $replaceOne: replacement('$replaceOne', (input, find, by) => input.replace(find, () => by)),
  $replaceAll: replacement('$replaceAll', replaceAll),
  $regexMatch: search('$regexMatch', (matches) => matches().length > 0, false),
  $regexFind: search(
    '$regexFind',
    (matches, input) => {
      const [first] = matches();
      return first ? describe(first, input) : null;
    },
    null,
  ),
  $regexFindAll: search('$regexFindAll', (matches, input) => matches().map((found) => describe(found, input)), []),
};
