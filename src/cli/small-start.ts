import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the heap small while the program loads. Loading leaves much garbage at once, and a young generation that grew
 * for it would keep its size in a server that then has little to do.
 * @returns the call that lets the heap grow again, as work needs it
 */
export function smallStart(): () => void {
  setFlagsFromString('--semi-space-growth-factor=1');
  return () => setFlagsFromString('--semi-space-growth-factor=2');
}
