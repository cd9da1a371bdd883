import { settings } from '../config.js';
import { code, markdownTable } from './markdown.js';

/** Every setting with its default and its sentence. */
export function settingsTable(): string {
  const rows = Object.values(settings).map(({ variable, fallback, sentence }) => [
    code(variable),
    fallback === '' ? 'empty' : code(fallback),
    sentence,
  ]);
  return markdownTable(['Variable', 'Default', 'What it does'], rows);
}
