import { BSONRegExp, BSONSymbol } from 'bson';
import { fail } from '../errors.js';
import { regexParts } from '../bson/compare.js';

const inlineFlags = /^\(\?([imsx]+)\)/;

/** Removes what the `x` option ignores: blanks and comments outside of classes. */
function withoutBlanks(pattern: string): string {
  return pattern.replace(/(\\.|\[(?:\\.|[^\]])*\])|\s+|#.*$/gm, (_all, kept: string | undefined) => kept ?? '');
}

/** Turns what Perl's expressions write otherwise into what JavaScript's do. */
function translate(pattern: string): string {
  return pattern
    .replace(/\\A/g, '^')
    .replace(/\\[zZ]/g, '$')
    .replace(/\(\?<([A-Za-z_]\w*)>/g, '(?<$1>')
    .replace(/\(\?P<([A-Za-z_]\w*)>/g, '(?<$1>');
}

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
  const regex = build(translate(flags.has('x') ? withoutBlanks(body) : body), flags);
  if (cache.size >= cacheSize) cache.clear();
  cache.set(cacheKey, regex);
  return regex;
}

function build(source: string, flags: ReadonlySet<string>): RegExp {
  const jsFlags = ['i', 'm', 's'].filter((flag) => flags.has(flag)).join('');
  for (const unicode of ['u', '']) {
    try {
      return new RegExp(source, jsFlags + unicode);
    } catch (error) {
      if (unicode === '') fail(51091, `Regular expression is invalid: ${(error as Error).message}`);
    }
  }
  return fail(51091, 'Regular expression is invalid');
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
