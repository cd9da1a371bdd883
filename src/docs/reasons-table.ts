import { errorReasons } from '../errors.js';
import { code, markdownTable } from './markdown.js';

/** Every reason that a refusal can name, and what it means. */
export function reasonsTable(): string {
  const rows = Object.entries(errorReasons).map(([reason, meaning]) => [code(reason), meaning]);
  return markdownTable(['Reason', 'What it means'], rows);
}
