import { reportFailure } from './report.js';

/** Does the work of a command: one sentence and exit code 1 when it cannot be done. */
export async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    reportFailure(error);
    process.exitCode = 1;
  }
}

/** The end of a command's help. */
export function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}\n`).join('')}`;
}
