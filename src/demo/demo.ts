import { reportFailure } from '../cli/report.js';
import { enter, introduce, leave, stagePassword } from './cast.js';
import { fuenteOvejuna } from './fuente-ovejuna.js';
import { Stage, type Performance } from './performance.js';
import { abridged, outcomeOf, tableOf } from './programme.js';
import { PublicApi } from './public-api.js';
import type { Scene } from './scene.js';
import { isFaultless } from './verdict.js';

const defaultAddress = 'http://127.0.0.1:3000';

/**
 * Plays the scene on a running server and prints what everybody received.
 * @returns the exit code: 0 only when everyone got every line once and in order
 */
export async function runDemo(address = defaultAddress): Promise<number> {
  try {
    const performance = await play(new PublicApi(address), fuenteOvejuna);
    say(`\n${tableOf(performance.hearings)}\n\n${outcomeOf(performance)}`);
    say(
      `Log in as one of them with the password "${stagePassword}". It is no secret: use the demo on a server to try.`,
    );
    return performance.hearings.every(({ faults }) => isFaultless(faults)) ? 0 : 1;
  } catch (error) {
    reportFailure(error);
    return 1;
  }
}

async function play(api: PublicApi, scene: Scene): Promise<Performance> {
  const cast = await enter(api, scene);
  await introduce(api, cast);
  const stage = new Stage(api, cast);
  say(`${scene.play}, ${scene.author}: ${cast.size} people, ${scene.lines.length} lines, on ${api.url}\n`);
  try {
    return await stage.perform(scene, (line) => say(abridged(line)));
  } finally {
    await stage.close();
    await leave(api, cast);
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
