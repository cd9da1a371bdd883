import { fail } from '../errors.js';

/** A place in a pattern, moved on by what reads from it. */
export interface Reader {
  readonly pattern: string;
  at: number;
}

export function refuse(what: string): never {
  return fail(51091, `Regular expression is invalid: ${what}`);
}

/** The code point at a place, as a text; empty at the end. */
export function charAt({ pattern, at }: Reader): string {
  const code = pattern.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}

/** A character that stands for itself, wherever it is put in a JavaScript expression. */
export function literal(char: string): string {
  if (/[\p{L}\p{N}_]/u.test(char)) return char;
  if (/[\^$\\.*+?()[\]{}|/]/.test(char)) return `\\${char}`;
  return char > '\x7e' ? char : `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

type Range = readonly [from: number, to: number];

const lastPoint = 0x10ffff;
const digits: Range = [0x30, 0x39];
const upper: Range = [0x41, 0x5a];
const lower: Range = [0x61, 0x7a];

const posix: Readonly<Record<string, readonly Range[]>> = {
  alnum: [digits, upper, lower],
  alpha: [upper, lower],
  ascii: [[0, 0x7f]],
  blank: [
    [0x09, 0x09],
    [0x20, 0x20],
  ],
  cntrl: [
    [0, 0x1f],
    [0x7f, 0x7f],
  ],
  digit: [digits],
  graph: [[0x21, 0x7e]],
  lower: [lower],
  print: [[0x20, 0x7e]],
  punct: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
  ],
  space: [
    [0x09, 0x0d],
    [0x20, 0x20],
  ],
  upper: [upper],
  word: [digits, upper, [0x5f, 0x5f], lower],
  xdigit: [digits, [0x41, 0x46], [0x61, 0x66]],
};

const horizontal: readonly Range[] = [
  [0x09, 0x09],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x180e, 0x180e],
  [0x2000, 0x200a],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
];
const vertical: readonly Range[] = [
  [0x0a, 0x0d],
  [0x85, 0x85],
  [0x2028, 0x2029],
];

function complement(ranges: readonly Range[]): Range[] {
  const starts = [0, ...ranges.map(([, to]) => to + 1)];
  const ends = [...ranges.map(([from]) => from - 1), lastPoint];
  return starts.map((from, i): Range => [from, ends[i] ?? lastPoint]).filter(([from, to]) => from <= to);
}

const point = (code: number): string => `\\u{${code.toString(16)}}`;

function inClass(ranges: readonly Range[]): string {
  return ranges.map(([from, to]) => (from === to ? point(from) : `${point(from)}-${point(to)}`)).join('');
}

/** What `\d`, `\s`, `\h` and their opposites hold, to be put between brackets; undefined for other letters. */
export function shorthand(letter: string): string | undefined {
  const ranges = { d: posix.digit, s: posix.space, w: posix.word, h: horizontal, v: vertical }[letter.toLowerCase()];
  if (!ranges) return undefined;
  return inClass(letter === letter.toLowerCase() ? ranges : complement(ranges));
}

const named = /^\[:(\^?)([a-z]+):\]/;

/** `[:alpha:]` within a class. */
function posixClass(reader: Reader): string | undefined {
  const rest = reader.pattern.slice(reader.at);
  const match = named.exec(rest);
  if (!match) return /^\[[.=].*[.=]\]/.test(rest) ? refuse('collating elements are not supported') : undefined;
  const ranges = posix[match[2] ?? ''] ?? refuse(`unknown POSIX class name ${match[2] ?? ''}`);
  reader.at += match[0].length;
  return inClass(match[1] === '^' ? complement(ranges) : ranges);
}

/** What an escape stands for: one character, or a set of them. */
export type Escape = { readonly char: string } | { readonly set: string };

interface Item {
  readonly text: string;
  /** False for sets, which begin and end no range. */
  readonly isChar: boolean;
}

function quoted(reader: Reader): Item[] {
  const end = reader.pattern.indexOf('\\E', reader.at);
  const text = reader.pattern.slice(reader.at, end < 0 ? undefined : end);
  reader.at += text.length + (end < 0 ? 0 : 2);
  return Array.from(text, (char) => ({ text: literal(char), isChar: true }));
}

function items(reader: Reader, readEscape: (reader: Reader) => Escape): Item[] {
  const set = posixClass(reader);
  if (set !== undefined) return [{ text: set, isChar: false }];
  const char = charAt(reader);
  reader.at += char.length;
  if (char !== '\\') return [{ text: char === '-' ? '-' : literal(char), isChar: true }];
  if (reader.pattern[reader.at] === 'Q') {
    reader.at += 1;
    return quoted(reader);
  }
  if (reader.pattern[reader.at] === 'E') {
    reader.at += 1;
    return [];
  }
  const escape = readEscape(reader);
  return 'char' in escape ? [{ text: literal(escape.char), isChar: true }] : [{ text: escape.set, isChar: false }];
}

function written(list: readonly Item[]): string {
  return list
    .map((item, i) => {
      if (item.text !== '-') return item.text;
      const isBetween = i > 0 && i < list.length - 1 && list[i - 1]?.isChar === true && list[i + 1]?.isChar === true;
      return isBetween ? '-' : '\\-';
    })
    .join('');
}

/** Reads a class, behind its `[`. */
export function readClass(reader: Reader, readEscape: (reader: Reader) => Escape): string {
  const isNegated = reader.pattern[reader.at] === '^';
  if (isNegated) reader.at += 1;
  const list: Item[] = [];
  for (let isFirst = true; isFirst || reader.pattern[reader.at] !== ']'; isFirst = false) {
    if (reader.at >= reader.pattern.length) refuse('missing terminating ] for character class');
    list.push(...items(reader, readEscape));
  }
  reader.at += 1;
  return `[${isNegated ? '^' : ''}${written(list)}]`;
}
