/** Prints figures, each with its name and unit, in columns. */
export function printFigures(figures: readonly (readonly [name: string, value: string])[]): void {
  const width = Math.max(...figures.map(([name]) => name.length));
  for (const [name, value] of figures) process.stdout.write(`  ${name.padEnd(width)}  ${value}\n`);
}

/** A count or an amount, with a comma between thousands. */
export function amount(value: number, unit = ''): string {
  return `${Math.round(value).toLocaleString('en-US')}${unit && ` ${unit}`}`;
}

/** Prints rows of cells in columns; the first column stands on the left, all others on the right. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_cell, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  for (const row of rows) {
    const cells = row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)));
    process.stdout.write(`  ${cells.join('   ')}\n`);
  }
}
