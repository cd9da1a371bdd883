/** A text as it is compared in searches: without case, accents and compatibility forms. */
export function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().normalize('NFC');
}

/** The folded words of a text: what stands between blanks, and the runs of letters and digits within. Each once. */
export function foldedWords(text: string): string[] {
  const words = fold(text)
    .split(/\s+/u)
    .filter((word) => word !== '');
  return [...new Set(words.flatMap((word) => [word, ...(word.match(/[\p{L}\p{N}]+/gu) ?? [])]))];
}

/** A pattern that matches what begins with the text, letter for letter. */
export function prefixPattern(text: string): string {
  return `^${text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}`;
}
