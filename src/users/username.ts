/** The most characters of a username. */
const maxLength = 64;
/** How the usernames of people who have gone begin; nobody can take such a name. */
const tombstonePrefix = 'removed-';

/** The form in which a username is stored and compared: one spelling for all compatible characters, lower case. */
export function normaliseUsername(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFKC');
}

/** Alphabets with letters that look like those of another one. */
const lookalikes = ['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Cherokee', 'Coptic'].map(
  (script) => new RegExp(`\\p{Script=${script}}`, 'u'),
);

/** Whether a username, once normalised, is 1 to 64 letters, digits and `. _ - @ +`, with a letter or digit among them. */
export function isUsername(text: string): boolean {
  const username = normaliseUsername(text);
  // A mark belongs to a letter, and scripts that stack them stack few.
  const isWritten = /^(?!\p{M})[\p{L}\p{M}\p{Nd}._@+-]+$/u.test(username) && !/\p{M}{4}/u.test(username);
  return isWritten && /[\p{L}\p{Nd}]/u.test(username) && [...username].length <= maxLength;
}

/** Whether a username mixes alphabets, so that it can be read as another one. */
export function mixesAlphabets(text: string): boolean {
  const username = normaliseUsername(text);
  return lookalikes.filter((alphabet) => alphabet.test(username)).length > 1;
}

/** Whether a username, once normalised, is one that people who have gone bear. */
export function isReserved(text: string): boolean {
  return normaliseUsername(text).startsWith(tombstonePrefix);
}

/** The username of somebody who has gone. */
export function tombstoneName(eightHexDigits: string): string {
  return `${tombstonePrefix}${eightHexDigits}`;
}
