import type { TextKey } from '../text/catalogue.js';

/**
 * What is wrong with the fields of a form, by their names, as far as the page knows without asking: what must be filled in
 * is empty. How long a password or what a mail address is, the server knows, and tells of all fields at once.
 */
export function wrongFields(form: HTMLFormElement): ReadonlyMap<string, TextKey> {
  const fields = [...form.elements].filter((element) => element instanceof HTMLInputElement);
  return new Map(fields.filter(isMissing).map(({ name }) => [name, 'fault.required']));
}

/** In a password spaces count; of everything else they are cut off at the ends. */
function isMissing({ required, type, value }: HTMLInputElement): boolean {
  return required && (type === 'password' ? value : value.trim()) === '';
}
