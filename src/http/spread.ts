import { setTimeout as pause } from 'node:timers/promises';

/** The longest that something is spread over, and between two steps of it, in milliseconds. */
const longestMs = 2_000;
const stepMs = 10;

/** Does something to each of many, a few at a time over up to two seconds, so that they do not all come back at once. */
export async function spread<T>(all: readonly T[], act: (one: T) => void): Promise<void> {
  const step = Math.ceil((all.length * stepMs) / longestMs);
  for (let at = 0; at < all.length; at += step) {
    all.slice(at, at + step).forEach(act);
    if (at + step < all.length) await pause(stepMs);
  }
}
