/** The most characters of a username. */
const maxLength = 64;
/** How the usernames of people who have gone begin; nobody can take such a name. */
const tombstonePrefix = 'removed-';

/** The form in which a username is stored and compared: one spelling for all compatible characters, lower case. */
export function normaliseUsername(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFKC');
}

/** Whether a username, once normalised, is 1 to 64 letters, digits and `. _ - @ +`. */
export function isUsername(text: string): boolean {
  const username = normaliseUsername(text);
  return [...username].length <= maxLength && /^[\p{L}\p{M}\p{Nd}._@+-]+$/u.test(username);
}

/** Whether a username, once normalised, is one that people who have gone bear. */
export function isReserved(text: string): boolean {
  return normaliseUsername(text).startsWith(tombstonePrefix);
}

/** The username of somebody who has gone. */
export function tombstoneName(eightHexDigits: string): string {
  return `${tombstonePrefix}${eightHexDigits}`;
}
