import type { Reader } from './regex-class.js';
import { charAt, literal, readClass, refuse } from './regex-class.js';
import { readClassEscape, readEscape, take } from './regex-escape.js';

/** The options i, m, s and x of an expression, by their letters. */
type RegexFlags = ReadonlySet<string>;

const subjectStart = '(?<![\\s\\S])';
const subjectEnd = '(?![\\s\\S])';

const assertions: Readonly<Record<string, string>> = {
  A: subjectStart,
  z: subjectEnd,
  Z: `(?=\\n?${subjectEnd})`,
  b: '\\b',
  B: '\\B',
  N: '[^\\n]',
  R: '(?:\\r\\n|[\\n\\v\\f\\r\\x85\\u2028\\u2029])',
};

/** Turns an expression of Perl's kind, as MongoDB reads it, into one of JavaScript's that means the same. */
class Translation {
  readonly #reader: Reader;
  /** What the options decide about. */
  readonly #anchors: Readonly<Record<string, string>>;
  #groups = 0;

  constructor(
    pattern: string,
    readonly flags: RegexFlags,
  ) {
    this.#reader = { pattern, at: 0 };
    const isByLine = flags.has('m');
    this.#anchors = {
      '.': flags.has('s') ? '[\\s\\S]' : '[^\\n]',
      '^': isByLine ? '(?:^|(?<=\\n)(?=[\\s\\S]))' : '^',
      $: isByLine ? '(?![^\\n])' : `(?=\\n?${subjectEnd})`,
    };
  }

  run(): string {
    let result = '';
    while (this.#reader.at < this.#reader.pattern.length) result += this.#next();
    return result;
  }

  #next(): string {
    const reader = this.#reader;
    const char = charAt(reader);
    reader.at += char.length;
    if (char === '\\') return this.#escape();
    if (char === '[') return readClass(reader, readClassEscape);
    if (char === '(') return this.#group();
    if (this.flags.has('x') && /\s/.test(char)) return '';
    if (this.flags.has('x') && char === '#') {
      take(reader, /^[^\n]*\n?/);
      return '';
    }
    return this.#plain(char);
  }

  #plain(char: string): string {
    if ('|)'.includes(char)) return char;
    if ('*+?'.includes(char)) return this.#quantifier(char);
    if (char === '{') {
      const match = take(this.#reader, /^\d+(?:,\d*)?\}/);
      return match ? this.#quantifier(`{${match[0]}`) : '\\{';
    }
    return this.#anchors[char] ?? literal(char);
  }

  #quantifier(text: string): string {
    if (take(this.#reader, /^\+/)) refuse('possessive quantifiers are not supported');
    return text + (take(this.#reader, /^\?/)?.[0] ?? '');
  }

  #escape(): string {
    const reader = this.#reader;
    const letter = reader.pattern[reader.at] ?? '';
    if (letter === 'Q') return this.#quoted();
    if (/[EgkGKCX1-9]/.test(letter) || Object.hasOwn(assertions, letter)) {
      reader.at += 1;
      return assertions[letter] ?? this.#reference(letter);
    }
    const escape = readEscape(reader);
    return 'char' in escape ? literal(escape.char) : `[${escape.set}]`;
  }

  #quoted(): string {
    const reader = this.#reader;
    const end = reader.pattern.indexOf('\\E', reader.at);
    const text = reader.pattern.slice(reader.at + 1, end < 0 ? undefined : end);
    reader.at = end < 0 ? reader.pattern.length : end + 2;
    return Array.from(text, literal).join('');
  }

  #reference(letter: string): string {
    if (letter === 'E') return '';
    if (/[1-9]/.test(letter)) return this.#numbered(letter + (take(this.#reader, /^\d*/)?.[0] ?? ''));
    const number = letter === 'g' ? take(this.#reader, /^\{?(-?\d+)\}?/) : undefined;
    if (number) return this.#relative(number[1] ?? '');
    const form = letter === 'k' ? /^[{<'](\w+)[}>']/ : /^\{(\w+)\}/;
    const name = 'gk'.includes(letter) ? take(this.#reader, form)?.[1] : undefined;
    return name === undefined ? refuse(`\\${letter} is not supported here`) : `\\k<${name}>`;
  }

  #relative(digits: string): string {
    return this.#numbered(digits.startsWith('-') ? String(this.#groups + 1 + Number(digits)) : digits);
  }

  /** A group of its own, so that a digit behind it does not become a part of the number. */
  #numbered(digits: string): string {
    return `(?:\\${digits})`;
  }

  #group(): string {
    const reader = this.#reader;
    if (take(reader, /^\*/)) refuse('verbs are not supported');
    if (!take(reader, /^\?/)) {
      this.#groups += 1;
      return '(';
    }
    if (take(reader, /^#[^)]*\)/)) return '';
    const plain = take(reader, /^(?::|=|!|<=|<!)/);
    if (plain) return `(?${plain[0]}`;
    const named = take(reader, /^(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/);
    if (named) {
      this.#groups += 1;
      return `(?<${named[1] ?? named[2] ?? ''}>`;
    }
    const back = take(reader, /^P=([A-Za-z_]\w*)\)/);
    return back ? `\\k<${back[1] ?? ''}>` : refuse('this kind of group is not supported');
  }
}

/** @throws CommandError 51091 for what is no expression, or none that JavaScript can do. */
export function translatePattern(pattern: string, flags: RegexFlags): string {
  return new Translation(pattern, flags).run();
}
