import type { Hearing, Performance } from './performance.js';
import type { LoggedLine } from './verdict.js';
import { isFaultless } from './verdict.js';

/** Characters of a line that are shown. */
const lineWidth = 88;

const columns = ['character', 'username', 'received', 'missing', 'doubled', 'out of order', 'altered'] as const;

/** One line of a play on one line of a terminal. */
export function abridged({ speaker, text }: LoggedLine): string {
  const line = `${speaker.padStart(12)}  ${text.replaceAll('\n', ' / ')}`;
  return line.length <= lineWidth ? line : `${line.slice(0, lineWidth - 1)}…`;
}

/** What everybody received, as a table with a row for each character. */
export function tableOf(hearings: readonly Hearing[]): string {
  const rows: string[][] = [[...columns], ...hearings.map(rowOf)];
  const widths = columns.map((_column, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) => row.map((cell, at) => aligned(cell, at, widths[at] ?? 0)).join('  ')).join('\n');
}

/** The outcome in one sentence. */
export function outcomeOf({ said, hearings }: Performance): string {
  const failed = hearings.filter(({ faults }) => !isFaultless(faults)).map(({ character }) => character.username);
  if (failed.length > 0) return `Not everyone got every line once and in order: see ${failed.join(', ')}.`;
  return `All ${hearings.length} people got all ${said.length} lines, each once and in order.`;
}

function rowOf({ character, received, faults }: Hearing): string[] {
  const { missing, doubled, disordered, altered } = faults;
  return [character.name, character.username, ...[received, missing, doubled, disordered, altered].map(String)];
}

/** Names stand on the left, counts on the right. */
function aligned(cell: string, column: number, width: number): string {
  return column < 2 ? cell.padEnd(width) : cell.padStart(width);
}
