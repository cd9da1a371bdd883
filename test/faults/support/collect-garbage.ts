import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { garbageCollected } from './measured-server.js';

/*
 * Loaded into a server before everything else (`--import`): at SIGUSR2 it collects its garbage and says so, so that
 * what is measured afterwards is what it holds.
 */

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
process.on('SIGUSR2', () => {
  collect();
  process.stdout.write(`${garbageCollected}\n`);
});
