import type { Bus } from '../bus/bus.js';
import type { Repository } from '../database/repository.js';
import type { Block } from './block.model.js';
import { recentCache } from '../recent-cache.js';

const maxRemembered = 50_000;
/** How long a block may go unnoticed when the bus lost the word of it. */
const rememberMs = 5_000;

/** Who stands in a block with whom, remembered for some seconds, because every message of a direct chat asks. */
export class BlockedPairs {
  private readonly remembered = recentCache<boolean>(maxRemembered, { ttl: rememberMs });
  private changes = 0;

  constructor(
    private readonly blocks: Repository<Block>,
    bus: Bus,
  ) {
    bus.subscribe((message) => {
      if (message.kind === 'blockChanged') this.forget(...message.userIds);
    });
  }

  /** Whether one of the two has blocked the other. At most one command. */
  async has(one: string, other: string): Promise<boolean> {
    const known = this.remembered.get(pairKey(one, other));
    return known ?? this.learn(one, other);
  }

  private async learn(one: string, other: string): Promise<boolean> {
    const before = this.changes;
    const eitherWay = [
      { ownerId: one, userId: other },
      { ownerId: other, userId: one },
    ];
    const isBlocked = (await this.blocks.findOne({ $or: eitherWay })) !== undefined;
    // What was read before a change may be what it was before: it is answered, but not remembered.
    if (before === this.changes) this.remembered.set(pairKey(one, other), isBlocked);
    return isBlocked;
  }

  private forget(one: string, other: string): void {
    this.changes += 1;
    this.remembered.delete(pairKey(one, other));
  }
}

function pairKey(one: string, other: string): string {
  return one < other ? `${one}-${other}` : `${other}-${one}`;
}
