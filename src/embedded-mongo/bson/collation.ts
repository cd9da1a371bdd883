import { fail } from '../errors.js';
import { isNumeric, toDouble } from './numbers.js';
import { isDoc, typeAlias } from './types.js';
import type { Doc } from './types.js';

/** How the strings of a request are compared when its `collation` names a language. */
export interface Collation {
  readonly compare: (a: string, b: string) => number;
  /** One text that stands for all that are equal to this one. */
  readonly canonical: (text: string) => string;
}

const fields = new Set([
  'locale',
  'caseLevel',
  'caseFirst',
  'strength',
  'numericOrdering',
  'alternate',
  'maxVariable',
  'normalization',
  'backwards',
  'version',
]);

function strengthOf({ strength = 3 }: Doc): number {
  const value = isNumeric(strength)
    ? toDouble(strength)
    : fail('TypeMismatch', "BSON field 'collation.strength' is the wrong type, expected a number");
  if (!Number.isInteger(value) || value < 1 || value > 5) {
    fail('BadValue', `Enumeration value '${value}' for field 'collation.strength' is not a valid value.`);
  }
  return value;
}

function sensitivityOf(spec: Doc): Intl.CollatorOptions['sensitivity'] {
  const strength = strengthOf(spec);
  if (strength >= 3) return 'variant';
  if (spec.caseLevel === true) return strength === 1 ? 'case' : 'variant';
  return strength === 1 ? 'base' : 'accent';
}

function collatorOf(locale: string, spec: Doc): Intl.Collator {
  const { caseFirst = 'off' } = spec;
  if (caseFirst !== 'off' && caseFirst !== 'upper' && caseFirst !== 'lower') {
    fail('BadValue', `Enumeration value '${String(caseFirst)}' for field 'collation.caseFirst' is not a valid value.`);
  }
  const name = locale.replaceAll('_', '-');
  const options: Intl.CollatorOptions = {
    usage: 'sort',
    sensitivity: sensitivityOf(spec),
    numeric: spec.numericOrdering === true,
    caseFirst: caseFirst === 'off' ? 'false' : caseFirst,
    ignorePunctuation: spec.alternate === 'shifted',
  };
  try {
    if (Intl.Collator.supportedLocalesOf([name]).length > 0) return new Intl.Collator(name, options);
  } catch {
    // A locale that is none is refused as one that is not known.
  }
  return fail('BadValue', `Field 'locale' is invalid in: { locale: "${locale}" }`);
}

/** The place of a text in a sorted list, or where it would be put. */
function placeIn(list: readonly string[], text: string, compare: Collation['compare']): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(list[middle] ?? '', text) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Reads a `collation`; undefined for none and for the simple one, which compares bytes.
 * @throws CommandError 2, 14, 40414 or 40415 for one that is none.
 */
export function parseCollation(spec: unknown): Collation | undefined {
  if (spec === undefined || spec === null) return undefined;
  if (!isDoc(spec))
    fail('TypeMismatch', `BSON field 'collation' is the wrong type '${typeAlias(spec)}', expected type 'object'`);
  if (Object.keys(spec).length === 0) return undefined;
  const unknown = Object.keys(spec).find((name) => !fields.has(name));
  if (unknown !== undefined) fail(40415, `BSON field 'collation.${unknown}' is an unknown field.`);
  const { locale } = spec;
  if (locale === undefined) fail(40414, "BSON field 'collation.locale' is missing but a required field");
  if (typeof locale !== 'string')
    fail('TypeMismatch', "BSON field 'collation.locale' is the wrong type, expected type 'string'");
  if (locale === 'simple') return undefined;
  const { compare } = collatorOf(locale, spec);
  const known: string[] = [];
  const canonical = (text: string): string => {
    const at = placeIn(known, text, compare);
    const found = known[at];
    if (found !== undefined && compare(found, text) === 0) return found;
    known.splice(at, 0, text);
    return text;
  };
  return { compare, canonical };
}
