import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/*
 * Loaded into a server before everything else (`--import`): at SIGUSR2 it collects its garbage, so that what is
 * measured afterwards is what it holds.
 */

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
process.on('SIGUSR2', () => collect());
