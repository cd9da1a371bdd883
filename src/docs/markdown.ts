/** A table of Markdown as Prettier writes it. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, at) => Math.max(3, ...[title, ...rows.map((row) => row[at] ?? '')].map(widthOf)));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, at) => padded(cells[at] ?? '', width)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** A word of code in running text. */
export function code(text: string): string {
  return `\`${text}\``;
}

/**
 * Replaces the generated parts of a document. A part stands between `<!-- name:begin -->` and `<!-- name:end -->`.
 * @throws Error when the markers of a part are not there
 */
export function withGenerated(text: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((current, [name, part]) => {
    const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
    const from = current.indexOf(begin);
    const to = current.indexOf(end);
    if (from === -1 || to < from) throw new Error(`A document lacks the markers ${begin} and ${end}.`);
    return `${current.slice(0, from + begin.length)}\n\n${part}\n\n${current.slice(to)}`;
  }, text);
}

const widthOf = (text: string): number => [...text].length;

function padded(text: string, width: number): string {
  return text + ' '.repeat(width - widthOf(text));
}
