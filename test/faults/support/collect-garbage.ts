import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { garbageCollected } from './measured-server.js';

/*
 * Loaded into a server before everything else (`--import`): at SIGUSR2 it collects its garbage and says so, so that
 * what is measured afterwards is what it holds.
 */

/** What one collection finds is let go of a little later, and lets the next one find more. */
const passes = 4;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

async function collectAll(): Promise<void> {
  for (let pass = 0; pass < passes; pass++) {
    collect();
    await nextTurn();
  }
  process.stdout.write(`${garbageCollected}\n`);
}

process.on('SIGUSR2', () => void collectAll());
