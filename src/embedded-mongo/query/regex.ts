import { BSONRegExp, BSONSymbol } from 'bson';
import { fail, messageOf } from '../errors.js';
import { regexParts } from '../bson/compare.js';
import { translatePattern } from './regex-syntax.js';

const inlineFlags = /^\(\?([imsx]+)\)/;

const cache = new Map<string, RegExp>();
const cacheSize = 500;

/**
 * A JavaScript expression for a pattern and MongoDB's options i, m, s, x and u.
 * @throws CommandError 51108 for an unknown option, 51091 for a pattern that is none.
 */
export function compileRegex(pattern: string, options: string): RegExp {
  const cacheKey = `${options}/${pattern}`;
  const known = cache.get(cacheKey);
  if (known) return known;
  const unknown = /[^imsxu]/.exec(options);
  if (unknown) fail(51108, `invalid flag in regex options: ${unknown[0]}`);
  if (pattern.includes('\0')) fail('BadValue', 'Regular expression cannot contain an embedded null byte');
  const inline = inlineFlags.exec(pattern);
  const flags = new Set(Array.from(options + (inline?.[1] ?? '')));
  const body = inline ? pattern.slice(inline[0].length) : pattern;
  const regex = build(translatePattern(body, flags), flags);
  if (cache.size >= cacheSize) cache.clear();
  cache.set(cacheKey, regex);
  return regex;
}

function build(source: string, flags: ReadonlySet<string>): RegExp {
  try {
    return new RegExp(source, flags.has('i') ? 'iu' : 'u');
  } catch (error) {
    return fail(51091, `Regular expression is invalid: ${messageOf(error)}`);
  }
}

export function isRegex(value: unknown): value is BSONRegExp | RegExp {
  return value instanceof BSONRegExp || value instanceof RegExp;
}

/** A test for strings: does the expression match? */
export function regexTest(value: BSONRegExp | RegExp): (candidate: unknown) => boolean {
  const regex = compileRegex(...regexParts(value));
  return (candidate) => {
    const text = candidate instanceof BSONSymbol ? candidate.value : candidate;
    return typeof text === 'string' && regex.test(text);
  };
}

/** The text every match begins with, when the expression says so (`^abc`); empty when it does not. */
export function regexPrefix(value: BSONRegExp | RegExp): { prefix: string; isWhole: boolean } {
  const [pattern, options] = regexParts(value);
  const match = /^(?:\^|\\A)((?:[\p{L}\p{N}\s_@:;,<>=!~"'%&/-]|\\[^\p{L}\p{N}])*)/u.exec(pattern);
  if (!match || /[imx]/.test(options) || pattern.includes('|')) return { prefix: '', isWhole: false };
  const rest = pattern.slice(match[0].length);
  const literal = match[1] ?? '';
  const isWhole = rest === '' || rest === '.*';
  const lastIsOptional = /^[*?{]/.test(rest);
  return {
    prefix: (lastIsOptional ? literal.replace(/\\?.$/su, '') : literal).replace(/\\(.)/g, '$1'),
    isWhole: isWhole && rest === '',
  };
}
