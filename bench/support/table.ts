/** Prints figures, each with its name and unit, in columns. */
export function printFigures(figures: readonly (readonly [name: string, value: string])[]): void {
  const width = Math.max(...figures.map(([name]) => name.length));
  for (const [name, value] of figures) process.stdout.write(`  ${name.padEnd(width)}  ${value}\n`);
}

/** A count or an amount, with a comma between thousands. */
export function amount(value: number, unit = ''): string {
  return `${Math.round(value).toLocaleString('en-US')}${unit && ` ${unit}`}`;
}
