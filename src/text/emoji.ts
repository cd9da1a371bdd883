/** Unicode's own list of emoji, which includes joined, flagged and toned ones. */
const emoji = new RegExp('^\\p{RGI_Emoji}$', 'v');
/** Asks for the colourful form of a character that also has a plain one. */
const colourful = '\uFE0F';

/** The full form of one emoji, so that ❤ and ❤️ are the same reaction; undefined when it is none. */
export function normalizeEmoji(text: string): string | undefined {
  if (emoji.test(text)) return text;
  return emoji.test(text + colourful) ? text + colourful : undefined;
}
