import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));

const text = readFileSync(`${root}docs/delivery.md`, 'utf8');

/** The programs of docs/delivery.md that can be pasted: name and code. */
export const pastedPrograms = [
  ...text.matchAll(/as `([\w-]+\.mjs)`:\n\n<!-- prettier-ignore -->\n```js\n([^]+?)```/g),
].map(([, name, code]) => [name!, code!] as const);

/** Starts one that was written to a folder; what it shows is added to `shown`, line by line. */
export function startPasted(folder: string, [file, token]: [string, string], shown: string[]): ChildProcess {
  const child = spawn(process.execPath, [file, token], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.on('data', (lines: Buffer) => {
    shown.push(
      ...lines
        .toString()
        .trim()
        .split('\n')
        .map((line) => line.trim()),
    );
  });
  return child;
}
