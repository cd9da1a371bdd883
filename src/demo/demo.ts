import { reportFailure } from '../cli/report.js';
import { ChatRequestError } from '../client/index.js';
import { enter, introduce, leave, stagePassword } from './cast.js';
import { fuenteOvejuna } from './fuente-ovejuna.js';
import { Stage, type Performance } from './performance.js';
import { abridged, outcomeOf, tableOf } from './programme.js';
import type { Scene } from './scene.js';
import { isFaultless } from './verdict.js';

/**
 * Plays the scene on a running server and prints what everybody received.
 * @param address of the server, such as http://127.0.0.1:3000
 * @returns the exit code: 0 only when everyone got every line once and in order
 */
export async function runDemo(address: string): Promise<number> {
  try {
    const performance = await play(address.replace(/\/+$/, ''), fuenteOvejuna);
    say(`\n${tableOf(performance.hearings)}\n\n${outcomeOf(performance)}`);
    say(
      `Log in as one of them with the password "${stagePassword}". It is no secret: use the demo on a server to try.`,
    );
    return performance.hearings.every(({ faults }) => isFaultless(faults)) ? 0 : 1;
  } catch (error) {
    reportFailure(withRemedy(error));
    return 1;
  }
}

async function play(url: string, scene: Scene): Promise<Performance> {
  const cast = await enter(url, scene);
  await introduce(cast);
  const stage = new Stage(cast);
  say(`${scene.play}, ${scene.author}: ${cast.size} people, ${scene.lines.length} lines, on ${url}\n`);
  try {
    return await stage.perform(scene, (line) => say(abridged(line)));
  } finally {
    await stage.close();
    await leave(cast);
  }
}

/** Whoever runs the demo can do something about a server that is not there. */
function withRemedy(error: unknown): unknown {
  if (!(error instanceof ChatRequestError) || error.code !== 'NETWORK') return error;
  return new Error(`${error.message} Start one with "npm start", or give its address with --url.`, { cause: error });
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
