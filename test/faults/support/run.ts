import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../../embedded-mongo/support/random.js';
import type { Actor } from './actor.js';
import { judge } from './checker.js';
import type { Fault } from './checks/fault.js';
import type { History } from './history.js';
import type { Flaws } from './lossy-link.js';
import { Nemesis } from './nemesis.js';
import { type Findings, listenForEchoes, settle } from './settle.js';
import { Stage } from './stage.js';
import { World } from './world.js';

/** Operations beside sending that must have been acknowledged before a run ends, and how much later it ends without, ms. */
const [enough, longestDelay] = [60, 60_000];

export interface RunOptions {
  readonly seed: number;
  /** How long people talk; longer on a busy machine, until enough has been done. */
  readonly seconds: number;
  /** What the nemesis does: everything again and again, or these deeds once; nothing without. */
  readonly deeds?: 'all' | readonly string[];
  readonly flaws?: Partial<Flaws>;
  /** The broken build that the servers run, by its name in `broken/builds.ts`. */
  readonly brokenBuild?: string;
  /** Ends the talk as soon as one of these promises is broken, and nothing can put it right. */
  readonly stopsAt?: readonly Fault['promise'][];
  /** For how many rounds of half a second nothing may come nearer at the end, while every server answers. */
  readonly patience: number;
}

/** What a run did, and what was wrong with it. */
export interface RunReport {
  /** How long it took until everything was right at the end, seconds. */
  readonly settledIn: number;
  /** How long the slowest message took then until everybody was shown it, seconds. */
  readonly slowestEcho: number;
  readonly faults: readonly Fault[];
  readonly history: History;
  readonly counts: {
    readonly sent: number;
    readonly acknowledged: number;
    readonly done: number;
    readonly seen: number;
    readonly entries: number;
  };
  readonly deeds: Readonly<Record<string, number>>;
  /** What each server wrote last. */
  readonly outputs: readonly string[];
}

/** Lets people talk over servers that break, then looks whether every promise was kept. */
export async function runFaults(options: RunOptions): Promise<RunReport> {
  const { seed, flaws, brokenBuild } = options;
  const world = await World.start({ seed, ...flaws }, brokenBuild);
  let stage: Stage | undefined;
  try {
    stage = await Stage.build(world, seed);
    const nemesis = new Nemesis(world, stage.actors, new Random(seed + 1_000));
    await play(stage, nemesis, options);
    const begin = performance.now();
    const { faults, history, slowestEcho } = await conclude(stage, options.patience);
    const settledIn = (performance.now() - begin) / 1_000;
    return {
      settledIn,
      slowestEcho,
      history,
      counts: countsOf(history),
      faults: [...faults, ...nemesis.faults],
      deeds: nemesis.deeds,
      outputs: world.servers.map(({ victim }) => victim.output),
    };
  } finally {
    await Promise.all((stage?.actors ?? []).map((actor) => actor.sleep()));
    await world.stop();
  }
}

/** Everybody does something, until the time is over. */
async function play(stage: Stage, nemesis: Nemesis, options: RunOptions): Promise<void> {
  const end = performance.now() + options.seconds * 1_000;
  const ending = new AbortController();
  const hasEnough = (): boolean => doneBy(stage.actors) >= enough || performance.now() > end + longestDelay;
  const isOver = (): boolean => ending.signal.aborted || (performance.now() > end && hasEnough());
  const acting = stage.actors.map((actor, at) => {
    return act(stage, actor, { random: new Random(options.seed + 2_000 + at), isOver });
  });
  const { stopsAt = [] } = options;
  const watching = stopsAt.length > 0 && watch(stage, { isOver, stopsAt, found: () => ending.abort() });
  const breaking = options.deeds === 'all' ? nemesis.rage(end) : nemesis.perform(options.deeds ?? []);
  await Promise.all([...acting, watching, breaking]);
}

function doneBy(actors: readonly Actor[]): number {
  const counts = actors.map(({ attempts }) => attempts.deeds.filter(({ outcome }) => outcome === 'done').length);
  return counts.reduce((sum, count) => sum + count, 0);
}

/** One person, until the end. */
async function act(
  stage: Stage,
  actor: Actor,
  { random, isOver }: { random: Random; isOver: () => boolean },
): Promise<void> {
  const [owner, ...others] = stage.actors;
  while (!isOver()) {
    const group = random.pick(stage.groupIds);
    const die = random.next();
    if (die < 0.6) actor.say(group);
    else if (die < 0.72) actor.change();
    else if (die < 0.79) actor.repeat();
    else if (die < 0.85) actor.read(group);
    else if (die < 0.91) owner!.add(group, random.pick(others).identity.id);
    else if (die < 0.93) owner!.remove(group, random.pick(others).identity.id);
    else if (die < 0.94 && actor !== owner) actor.remove(group);
    else if (die < 0.96) actor.sockets.cut();
    else if (die < 0.98) await wander(stage, actor, random);
    await pause(10 + random.below(60));
  }
}

/** Stops the application for a while, and starts it on any server. */
async function wander({ world }: Stage, actor: Actor, random: Random): Promise<void> {
  if (actor.isStranded) return;
  await actor.sleep();
  await pause(random.below(3_000));
  actor.wake(random.pick(world.servers).url);
}

interface Watch {
  readonly isOver: () => boolean;
  readonly stopsAt: readonly Fault['promise'][];
  readonly found: () => void;
}

/** Looks again and again. */
async function watch(stage: Stage, { isOver, stopsAt, found }: Watch): Promise<void> {
  while (!isOver()) {
    await pause(500);
    const { lasting } = judge(await stage.history());
    if (lasting.some(({ promise }) => stopsAt.includes(promise))) found();
  }
}

async function conclude(stage: Stage, patience: number): Promise<Findings & { slowestEcho: number }> {
  const settled = await settle(stage, patience);
  if (settled.faults.length > 0) return { ...settled, slowestEcho: 0 };
  const { faults, slowest: slowestEcho } = await listenForEchoes(stage, patience);
  if (faults.length > 0) return { faults, history: await stage.history(), slowestEcho };
  for (const actor of stage.actors) for (const id of stage.groupIds) actor.read(id);
  return { ...(await settle(stage, patience)), slowestEcho };
}

function countsOf({ log, sendings, deeds, views }: History): RunReport['counts'] {
  return {
    sent: sendings.length,
    acknowledged: sendings.filter(({ answers }) => answers.length > 0).length,
    done: deeds.filter(({ outcome }) => outcome === 'done').length,
    seen: views.reduce((sum, { sights }) => sum + sights.length, 0),
    entries: log.length,
  };
}
