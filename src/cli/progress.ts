import { Presets, SingleBar } from 'cli-progress';
import type { Progress } from '../backup/dump.js';

/** A bar on standard error where a person looks on; nothing where a program does. */
export function progressBar(): Progress {
  if (!process.stderr.isTTY) return { begin: () => undefined, advance: () => undefined, end: () => undefined };
  const format = '{bar} {percentage} % {what}';
  let bar: SingleBar | undefined;
  return {
    begin: (what, total) => {
      bar?.stop();
      bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true }, Presets.shades_classic);
      bar.start(total, 0, { what });
    },
    advance: (units) => bar?.increment(units),
    end: () => bar?.stop(),
  };
}
