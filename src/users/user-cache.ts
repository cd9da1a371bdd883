import type { LRUCache } from 'lru-cache';
import type { Bus } from '../bus/bus.js';
import type { Notice } from '../feed/notice.js';
import type { Repository } from '../database/repository.js';
import type { User } from './user.model.js';
import { recentCache } from '../recent-cache.js';

const maxRemembered = 20_000;
/** How long a change may go unnoticed when the bus lost the word of it, ms. */
const rememberMs = 5_000;

/** People as they are shown beside messages, remembered for some seconds, because every message shows its sender. */
export class UserCache {
  private readonly remembered: LRUCache<string, User>;
  private changes = 0;

  constructor(
    private readonly users: Pick<Repository<User>, 'findByIds'>,
    bus: Bus,
    now: () => number = () => performance.now(),
  ) {
    this.remembered = recentCache(maxRemembered, { ttl: rememberMs, ttlResolution: 0, perf: { now } });
    bus.subscribe((message) => {
      if (message.kind === 'notice') this.hear(message.notice);
    });
  }

  /** In the order of the ids; undefined where there is nobody. At most one command. */
  async load(ids: readonly string[]): Promise<(User | undefined)[]> {
    // What is remembered is taken at once: it may be forgotten while the rest is read.
    const known = new Map(ids.map((id) => [id, this.remembered.get(id)]));
    const missing = [...known.keys()].filter((id) => !known.get(id));
    const learned = missing.length > 0 ? await this.learn(missing) : undefined;
    return ids.map((id) => known.get(id) ?? learned?.get(id));
  }

  private async learn(ids: readonly string[]): Promise<Map<string, User>> {
    const before = this.changes;
    const found = (await this.users.findByIds(ids)).filter((user) => user !== undefined);
    // What was read before a change may be what it was before: it is answered, but not remembered.
    if (before === this.changes) for (const user of found) this.remembered.set(user.id, user);
    return new Map(found.map((user) => [user.id, user]));
  }

  private hear({ name, payload }: Notice): void {
    if ((name !== 'userChanged' && name !== 'userUnregistered') || !('userId' in payload)) return;
    this.changes += 1;
    this.remembered.delete(payload.userId);
  }
}
