import type { InitializeHook, LoadHook } from 'node:module';
import type { Change } from './build.js';

/*
 * Changes modules as they are loaded. Runs in Node's thread for loading.
 */

let changes: readonly Change[] = [];

export const initialize: InitializeHook<readonly Change[]> = (given) => {
  changes = given;
};

/** @throws Error when a text that is to be changed is not there: the product has moved on, and the table must follow */
export const load: LoadHook = async (url, context, nextLoad) => {
  const loaded = await nextLoad(url, context);
  const mine = changes.filter(({ module }) => url.endsWith(`/dist/src/${module}`));
  if (mine.length === 0) return loaded;
  const source = mine.reduce(
    (text, { from, to }) => {
      if (!text.includes(from)) throw new Error(`${url} does not hold what is to be broken: ${from}`);
      return text.replace(from, () => to);
    },
    Buffer.from(loaded.source as Uint8Array).toString(),
  );
  return { ...loaded, source };
};
