import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../embedded-mongo/support/random.js';
import type { Actor } from './actor.js';
import type { Victim } from './victim.js';
import type { World } from './world.js';

/** Breaks one thing after the other, and mends each before it breaks the next. */
export class Nemesis {
  /** How often it did what. */
  readonly deeds: Record<string, number> = {};

  constructor(
    private readonly world: World,
    private readonly actors: readonly Actor[],
    private readonly random: Random,
  ) {}

  /** @param end when to stop, as of performance.now() */
  async rage(end: number): Promise<void> {
    const deeds = this.possibleDeeds();
    while (performance.now() < end) {
      const name = this.random.pick(Object.keys(deeds));
      await deeds[name]?.();
      this.deeds[name] = (this.deeds[name] ?? 0) + 1;
      await pause(this.between(1_000, 4_000));
    }
  }

  private possibleDeeds(): Record<string, () => unknown> {
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

  private async killed(victim: Victim): Promise<void> {
    await victim.kill();
    await pause(this.between(50, 2_000));
    await victim.start();
  }

  private async stopped(victim: { pause(): void; resume(): void }): Promise<void> {
    victim.pause();
    await pause(this.between(500, 4_000));
    victim.resume();
  }

  private between(least: number, most: number): number {
    return least + this.random.below(most - least);
  }
}
