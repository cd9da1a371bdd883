import { setTimeout as pause } from 'node:timers/promises';
import { judge, type Verdict } from './checker.js';
import type { Fault } from './checks/fault.js';
import type { History } from './history.js';
import type { Stage } from './stage.js';

/** Between two looks, ms. */
const roundMs = 500;
/** Within a round, ms. */
const glanceMs = 20;
/** How often somebody says something into the silence. */
const echoes = 30;
/** A round in which a server does not even answer may last so long, ms; so many in a row mean that it never will. */
const maxDeafRounds = 5;

/** What was found, and from what. */
export interface Findings {
  readonly faults: readonly Fault[];
  readonly history: History;
}

/** How it went when one thing was said after the other. */
export interface Echoes {
  readonly faults: readonly Fault[];
  /** The longest that something took to be shown to everybody, seconds. */
  readonly slowest: number;
}

/**
 * Waits until everything is right that can become so. Slowness is no fault: what counts is how many rounds pass in which every server
 * answers and yet nothing at all comes nearer.
 * @param patience how many such rounds
 */
export async function settle(stage: Stage, patience: number): Promise<Findings> {
  const waiting = new Waiting(stage, patience);
  for (;;) {
    const history = await stage.history();
    const isQuiet = stage.actors.every((actor) => actor.isSettled);
    const verdict = judge(history);
    if (isQuiet && verdict.open.length === 0) {
      const found = await judgeStandings(stage, history);
      if (found.faults.length === verdict.lasting.length) return found;
    }
    if (await waiting.isOver(progressOf(history, verdict))) return giveUp(stage, history);
  }
}

/**
 * In the silence, one thing is said after the other, and nothing else may be needed for everybody to be shown it: a
 * message that follows would bring out what a lost hint has left behind.
 */
export async function listenForEchoes(stage: Stage, patience: number): Promise<Echoes> {
  await spread(stage);
  let slowest = 0;
  for (let at = 0; at < echoes; at++) {
    const begin = performance.now();
    const faults = await echo(stage, { at, patience });
    slowest = Math.max(slowest, (performance.now() - begin) / 1_000);
    if (faults.length > 0) return { faults, slowest };
  }
  return { faults: [], slowest };
}

/** Somebody has its application on every server. */
async function spread({ actors, world }: Stage): Promise<void> {
  const [first, ...others] = actors;
  const empty = world.servers.find(({ url }) => actors.every(({ place }) => place !== url));
  const mover = others.at(-1) ?? first;
  if (!empty || !mover) return;
  await mover.sleep();
  mover.wake(empty.url);
}

async function echo(stage: Stage, { at, patience }: { at: number; patience: number }): Promise<Fault[]> {
  const said = stage.groupIds.map((id) => {
    const members = stage.actors.filter((actor) => actor.placeIn(id) !== undefined);
    return members[at % members.length]?.say(id);
  });
  const unseen = (): Fault[] =>
    said.flatMap((sending) => {
      const { conversationId = '', answers: [answer] = [] } = sending ?? {};
      const late = stage.actors.filter(
        (actor) => (actor.placeIn(conversationId) ?? Infinity) < (answer?.seq ?? Infinity),
      );
      return late.map(({ identity }) => ({
        promise: answer ? 'never shown' : 'not settled',
        where: `echo ${at}, ${identity.id} in ${conversationId} at ${answer?.seq}`,
      }));
    });
  const waiting = new Waiting(stage, patience);
  for (;;) {
    for (let glance = 0; glance < roundMs / glanceMs; glance++) {
      if (unseen().length === 0) return [];
      await pause(glanceMs);
    }
    if (await waiting.isOver(String(unseen().length))) return unseen();
  }
}

/** Counts the rounds in which nothing came nearer. */
class Waiting {
  private last = '';
  private idle = 0;
  private deaf = 0;

  constructor(
    private readonly stage: Stage,
    private readonly patience: number,
  ) {}

  /** Ends a round. */
  async isOver(progress: string): Promise<boolean> {
    await pause(roundMs);
    const isAnswered = await this.stage.everyServerAnswers().then(
      () => true,
      () => false,
    );
    this.deaf = isAnswered ? 0 : this.deaf + 1;
    this.idle = progress === this.last ? this.idle + 1 : 0;
    this.last = progress;
    return this.deaf > maxDeafRounds || (isAnswered && this.idle >= this.patience);
  }
}

async function judgeStandings(stage: Stage, history: History): Promise<Findings> {
  const standings = await stage.standings().catch(() => undefined);
  if (!standings) return { faults: [notSettled('a server does not say how people stand')], history };
  const complete = { ...history, standings };
  const { lasting, open } = judge(complete);
  return { faults: [...lasting, ...open], history: complete };
}

async function giveUp(stage: Stage, history: History): Promise<Findings> {
  const busy = stage.actors.filter((actor) => !actor.isSettled);
  const found = await judgeStandings(stage, history);
  return { ...found, faults: [...found.faults, ...busy.map(({ identity }) => notSettled(identity.id))] };
}

function notSettled(where: string): Fault {
  return { promise: 'not settled', where };
}

function progressOf({ sendings, deeds, views, wires, log }: History, verdict: Verdict): string {
  const sum = (items: readonly { length: number }[]): number => items.reduce((total, { length }) => total + length, 0);
  const shown = sum(views.map(({ sights }) => sights)) + sum(wires.map(({ sights }) => sights));
  const answered = sum(sendings.map(({ answers }) => answers)) + deeds.filter(({ ended }) => ended < Infinity).length;
  return [shown, answered, log.length, verdict.open.length].join();
}
