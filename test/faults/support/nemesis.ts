import { setTimeout as pause } from 'node:timers/promises';
import { UserDocument } from '../../../src/generated/operations.js';
import type { Random } from '../../embedded-mongo/support/random.js';
import { send } from '../../support/wire-person.js';
import type { Actor } from './actor.js';
import type { Fault } from './checks/fault.js';
import type { Victim } from './victim.js';
import type { ServerVictim, World } from './world.js';

/** By then everybody must know of a process that died, ms. */
const longest = 30_000;
/** A run needs at least so much time before its end for a deed that takes long, ms. */
const roomForLong = 60_000;

/** Breaks one thing after the other, and mends each before it breaks the next. */
export class Nemesis {
  /** How often it did what. */
  readonly deeds: Record<string, number> = {};
  /** What it found wrong. */
  readonly faults: Fault[] = [];
  /** What it has yet to do before it does anything a second time. */
  private undone: string[] = [];

  constructor(
    private readonly world: World,
    private readonly actors: readonly Actor[],
    private readonly random: Random,
  ) {}

  /** @param end when to stop, as of performance.now() */
  async rage(end: number): Promise<void> {
    while (performance.now() < end) {
      const hasRoom = end - performance.now() > roomForLong;
      const names = Object.keys({ ...this.shortDeeds(), ...(hasRoom && this.longDeeds()) });
      await this.perform([this.choose(names)]);
      await pause(this.between(1_000, 4_000));
    }
  }

  /** Does these things, one after the other. */
  async perform(names: readonly string[]): Promise<void> {
    const deeds = { ...this.shortDeeds(), ...this.longDeeds() };
    for (const name of names) {
      await deeds[name]?.();
      this.deeds[name] = (this.deeds[name] ?? 0) + 1;
    }
  }

  /** Everything comes once before anything comes again, so that a minute is enough for all that is short. */
  private choose(possible: readonly string[]): string {
    if (!this.undone.some((name) => possible.includes(name))) this.undone = [...possible];
    const name = this.random.pick(this.undone.filter((undone) => possible.includes(undone)));
    this.undone = this.undone.filter((undone) => undone !== name);
    return name;
  }

  private shortDeeds(): Record<string, () => unknown> {
    const { redis, database, servers } = this.world;
    const server = () => this.random.pick(servers).victim;
    const actor = () => this.random.pick(this.actors).sockets;
    return {
      'server killed': () => this.killed(server()),
      'server stopped': () => this.stopped(server()),
      'database killed': () => this.killed(database),
      'database stopped': () => this.stopped(database),
      'Redis killed': async () => {
        await redis.kill();
        await pause(this.between(100, 3_000));
        await redis.revive();
      },
      'Redis stopped': () => this.stopped(redis),
      'all sockets cut': () => {
        for (const { sockets } of this.actors) sockets.cut();
      },
      'one reader slow': () => actor().stall(this.between(1_000, 6_000)),
    };
  }

  /** What takes longer than anybody is waited for. */
  private longDeeds(): Record<string, () => unknown> {
    const { servers, database } = this.world;
    return {
      'server killed for long': () => this.killedForLong(this.random.pick(servers)),
      'server stopped for long': () => this.stopped(this.random.pick(servers).victim, this.between(longest, 40_000)),
      'database stopped for long': () => this.stopped(database, this.between(12_000, 20_000)),
    };
  }

  /** Whoever has its application on a server that died is OFFLINE for all others in time. */
  private async killedForLong({ victim, url }: ServerVictim): Promise<void> {
    const stranded = await this.strand(url);
    await victim.kill();
    await pause(longest);
    for (const { identity } of stranded) {
      const presence = await this.presenceOf(identity.id, url);
      if (presence === 'OFFLINE') continue;
      this.faults.push({ promise: 'present without a socket', where: `${identity.id} ${presence} without ${url}` });
    }
    for (const actor of stranded) actor.isStranded = false;
    await victim.start();
  }

  /**
   * People who have their application on a server stay there, instead of going elsewhere before anybody looks. The first
   * person, who looks, is not among them. @returns those whom it sees there, at least one
   */
  private async strand(url: string): Promise<readonly Actor[]> {
    for (;;) {
      const stranded: Actor[] = [];
      for (const actor of this.actors.slice(1)) {
        if (actor.place !== url) continue;
        actor.isStranded = true;
        const presence = await this.presenceOf(actor.identity.id, url).catch(() => 'OFFLINE');
        actor.isStranded = presence !== 'OFFLINE';
        if (actor.isStranded) stranded.push(actor);
      }
      if (stranded.length > 0) return stranded;
      await pause(100);
    }
  }

  /** How somebody stands, as the owner of all groups sees it on another server. */
  private async presenceOf(id: string, dead: string): Promise<string | undefined> {
    const other = this.world.servers.find(({ url }) => url !== dead);
    const viewer = { url: other?.url ?? dead, token: this.actors[0]?.identity.token };
    return (await send(viewer, UserDocument, { id })).user?.presence;
  }

  private async killed(victim: Victim): Promise<void> {
    await victim.kill();
    await pause(this.between(50, 2_000));
    await victim.start();
  }

  private async stopped(
    victim: { pause(): void; resume(): void },
    milliseconds = this.between(500, 4_000),
  ): Promise<void> {
    victim.pause();
    await pause(milliseconds);
    victim.resume();
  }

  private between(least: number, most: number): number {
    return least + this.random.below(most - least);
  }
}
