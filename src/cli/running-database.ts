import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What the lock file of a data folder tells about its holder. */
interface Holder {
  readonly endpoint: string | number;
}

/**
 * Where the database answers that holds a data folder just now.
 * @returns its URI, or undefined when none holds it, or one whose secret only its own process knows (Windows)
 */
export function runningUri(dataDir: string): string | undefined {
  try {
    const { endpoint } = JSON.parse(readFileSync(join(resolve(dataDir), 'lock.json'), 'utf8')) as Holder;
    if (typeof endpoint !== 'string') return undefined;
    return `mongodb://${encodeURIComponent(endpoint)}/chatset?directConnection=true`;
  } catch {
    return undefined;
  }
}
