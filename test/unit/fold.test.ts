import { fold, foldedWords, prefixPattern } from '../../src/text/fold.js';
import { isPlainText } from '../../src/text/rules.js';

describe('folding', () => {
  it('takes away case, accents and compatibility forms', () => {
    expect(fold('JOSÉ Ñandú ﬁn')).toBe('jose nandu fin');
  });

  it('finds whole words and the words within them, each once', () => {
    expect(foldedWords('ana.lopez')).toEqual(['ana.lopez', 'ana', 'lopez']);
    expect(foldedWords("  Calderón  O'Brien ")).toEqual(['calderon', "o'brien", 'o', 'brien']);
    expect(foldedWords('')).toEqual([]);
  });

  it('makes a pattern in which every character stands for itself', () => {
    const pattern = new RegExp(prefixPattern('a.b*(c)[d]^$|\\-'), 'u');
    expect(pattern.test('a.b*(c)[d]^$|\\-x')).toBe(true);
    expect(pattern.test('aXb')).toBe(false);
  });
});

describe('plain text', () => {
  it.each(['Ana', 'مرحبا', '👩‍👩‍👧', 'a b'])('can be %j', (text) => {
    expect(isPlainText(text)).toBe(true);
  });

  it.each(['a\u0000b', 'a\nb', 'a\tb', '\u007f', '\u0085', '\ud83d', 7, null, { $ne: null }])(
    'cannot be %j',
    (text) => {
      expect(isPlainText(text)).toBe(false);
    },
  );
});
