import type { Escape, Reader } from './regex-class.js';
import { charAt, refuse, shorthand } from './regex-class.js';

const controls: Readonly<Record<string, string>> = { a: '\x07', e: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t' };
const generalCategory = /^(?:Any|L[ulmot]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfnos]?)$/;

/** What stands next, when it is of that form; the reader is then behind it. */
export function take(reader: Reader, expression: RegExp): RegExpExecArray | undefined {
  const match = expression.exec(reader.pattern.slice(reader.at));
  if (match) reader.at += match[0].length;
  return match ?? undefined;
}

function fromCode(digits: string, radix: number): Escape {
  const code = parseInt(digits === '' ? '0' : digits, radix);
  return code > 0x10ffff ? refuse('character code point value is too large') : { char: String.fromCodePoint(code) };
}

function property(reader: Reader, letter: string): Escape {
  const match = take(reader, /^(?:\{(\^?)\s*([\w&]+)\s*\}|([A-Z]))/) ?? refuse(`malformed \\${letter} sequence`);
  const name = match[2] ?? match[3] ?? '';
  const isNegated = (letter === 'P') !== (match[1] === '^');
  if (name === 'L&') return { set: isNegated ? refuse('\\P{L&} is not supported') : '\\p{Lu}\\p{Ll}\\p{Lt}' };
  return { set: `\\${isNegated ? 'P' : 'p'}{${generalCategory.test(name) ? name : `Script=${name}`}}` };
}

function controlCode(reader: Reader): number {
  const [char] = take(reader, /^[\x20-\x7e]/) ?? refuse('\\c at end of pattern');
  return char.toUpperCase().charCodeAt(0) ^ 0x40;
}

function hexadecimal(reader: Reader): Escape {
  const match = take(reader, /^(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{0,2}))/);
  return fromCode(match?.[1] ?? match?.[2] ?? '', 16);
}

const forms: Readonly<Record<string, (reader: Reader) => Escape>> = {
  p: (reader) => property(reader, 'p'),
  P: (reader) => property(reader, 'P'),
  x: hexadecimal,
  o: (reader) => fromCode(take(reader, /^\{([0-7]+)\}/)?.[1] ?? refuse('missing digits after \\o'), 8),
  c: (reader) => ({ char: String.fromCharCode(controlCode(reader)) }),
};

/** Reads an escape that means the same within a class and outside of one, behind its backslash. */
export function readEscape(reader: Reader): Escape {
  const char = charAt(reader);
  reader.at += char.length;
  if (char === '') return refuse('\\ at end of pattern');
  if (!/[A-Za-z0-9]/.test(char)) return { char };
  if (/[0-7]/.test(char)) return fromCode(char + (take(reader, /^[0-7]{0,2}/)?.[0] ?? ''), 8);
  const control = controls[char];
  if (control !== undefined) return { char: control };
  const set = shorthand(char);
  return set === undefined ? (forms[char]?.(reader) ?? refuse(`unrecognized character follows \\: ${char}`)) : { set };
}

/** Reads an escape within a class, where `\b` is a backspace. */
export function readClassEscape(reader: Reader): Escape {
  if (reader.pattern[reader.at] !== 'b') return readEscape(reader);
  reader.at += 1;
  return { char: '\b' };
}
