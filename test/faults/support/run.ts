import { setTimeout as pause } from 'node:timers/promises';
import { GroupCreateDocument, UserRegisterDocument } from '../../../src/generated/operations.js';
import { Random } from '../../embedded-mongo/support/random.js';
import { send } from '../../support/wire-person.js';
import { Actor } from './actor.js';
import { type Fault, faultsOf } from './checker.js';
import type { History } from './history.js';
import type { Flaws } from './lossy-link.js';
import { Nemesis } from './nemesis.js';
import { World } from './world.js';

export interface RunOptions {
  readonly seed: number;
  readonly seconds: number;
  readonly hasNemesis: boolean;
  readonly flaws?: Partial<Flaws>;
  /** Said by everybody at the end, when nothing else happens any more. */
  readonly lastWords?: string;
  /** How long everything may take to come right at the end, seconds. */
  readonly patience: number;
}

/** What a run did, and what was wrong with it. */
export interface RunReport {
  /** How long it took until everything was right at the end, seconds. */
  readonly settledIn: number;
  readonly faults: readonly Fault[];
  readonly history: History;
  readonly counts: {
    readonly sent: number;
    readonly acknowledged: number;
    readonly seen: number;
    readonly entries: number;
  };
  readonly deeds: Readonly<Record<string, number>>;
}

const people = 6;
const groups = 3;

/** Lets people talk over servers that break, then looks whether every promise was kept. */
export async function runFaults(options: RunOptions): Promise<RunReport> {
  const random = new Random(options.seed);
  const world = await World.start({ seed: options.seed, ...options.flaws });
  const actors: Actor[] = [];
  try {
    for (let at = 0; at < people; at++) actors.push(await register(world, new Random(options.seed + at)));
    const groupIds = await foundGroups(world, actors);
    const stage = { world, actors, groupIds };
    for (const actor of actors) actor.wake(random.pick(world.servers).url);
    const end = performance.now() + options.seconds * 1_000;
    const nemesis = new Nemesis(world, actors, new Random(options.seed + 1_000));
    const acting = actors.map((actor, at) => act(stage, actor, { random: new Random(options.seed + 2_000 + at), end }));
    await Promise.all([...acting, options.hasNemesis && nemesis.rage(end)]);
    const report = await settle(stage, options);
    return { ...report, faults: [...report.faults, ...nemesis.faults], deeds: nemesis.deeds };
  } finally {
    await Promise.all(actors.map((actor) => actor.sleep()));
    await world.stop();
  }
}

interface Stage {
  readonly world: World;
  readonly actors: readonly Actor[];
  readonly groupIds: readonly string[];
}

async function register({ servers }: World, random: Random): Promise<Actor> {
  const input = { username: `p-${random.seed}`, password: 'correct horse battery staple' };
  const { userRegister } = await send(servers[0]!, UserRegisterDocument, { input });
  return new Actor({ id: userRegister.user.id, token: userRegister.token }, random);
}

/** The first person owns all groups and never leaves. */
async function foundGroups({ servers }: World, [owner, ...others]: readonly Actor[]): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < groups; at++) {
    const input = { title: `g${at}`, userIds: others.map(({ identity }) => identity.id) };
    const caller = { url: servers[0]!.url, token: owner!.identity.token };
    ids.push((await send(caller, GroupCreateDocument, { input })).groupCreate.conversation.id);
  }
  return ids;
}

/** One person, until the end. */
async function act(stage: Stage, actor: Actor, { random, end }: { random: Random; end: number }): Promise<void> {
  const [owner, ...others] = stage.actors;
  while (performance.now() < end) {
    const group = random.pick(stage.groupIds);
    const die = random.next();
    if (die < 0.7) actor.say(group);
    else if (die < 0.8) actor.change();
    else if (die < 0.87) actor.repeat();
    else if (die < 0.92) owner!.add(group, random.pick(others).identity.id);
    else if (die < 0.93) owner!.remove(group, random.pick(others).identity.id);
    else if (die < 0.94 && actor !== owner) actor.remove(group);
    else if (die < 0.96) actor.sockets.cut();
    else if (die < 0.98) {
      await actor.sleep();
      await pause(random.below(3_000));
      actor.wake(random.pick(stage.world.servers).url);
    }
    await pause(10 + random.below(60));
  }
}

/** Waits until every promise is kept, as long as patience lasts. */
async function settle(stage: Stage, { lastWords, patience }: RunOptions): Promise<Omit<RunReport, 'deeds'>> {
  const end = performance.now() + patience * 1_000;
  const begin = performance.now();
  const isOver = (): boolean => performance.now() > end;
  while (!stage.actors.every((actor) => actor.isSettled) && !isOver()) await pause(50);
  if (lastWords !== undefined) for (const id of stage.groupIds) stage.actors[0]!.say(id, lastWords);
  for (;;) {
    await pause(500);
    const isQuiet = stage.actors.every((actor) => actor.isSettled);
    const history = await historyOf(stage);
    const faults = faultsOf(history);
    if ((isQuiet && faults.length === 0) || isOver()) {
      const settledIn = (performance.now() - begin) / 1_000;
      return { faults, history, counts: countsOf(history), settledIn };
    }
  }
}

async function historyOf({ world, actors }: Stage): Promise<History> {
  const log = await world.readLog();
  return {
    log,
    sendings: actors.flatMap((actor) => actor.sendings),
    views: actors.map(({ view }) => view),
    wires: actors.flatMap(({ sockets }) => sockets.wires),
  };
}

function countsOf({ log, sendings, views }: History): RunReport['counts'] {
  return {
    sent: sendings.length,
    acknowledged: sendings.filter(({ answers }) => answers.length > 0).length,
    seen: views.reduce((sum, { sights }) => sum + sights.length, 0),
    entries: log.length,
  };
}
