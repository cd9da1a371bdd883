import type { LimiterFactory } from '../auth/rate-limits.js';
import type { Bus } from '../bus/bus.js';
import { Rounds } from '../bus/rounds.js';
import type { Config } from '../config.js';
import { Relations } from '../contacts/relations.js';
import { Digests } from '../conversations/digests.js';
import type { Collections } from '../database/database.js';
import { FeedHub } from '../feed/hub.js';
import { feedRechecks } from '../feed/rechecks.js';
import { Muffled } from '../feed/muffled.js';
import { Notices } from '../feed/notices.js';
import { Streams } from '../feed/streams.js';
import { ConversationLog } from '../log/conversation-log.js';
import { UserCache } from '../users/user-cache.js';

/** What every room builds on. */
export interface Core {
  readonly config: Config;
  readonly collections: Collections;
  readonly bus: Bus;
  /** What is looked at again when the bus may have lost something. */
  readonly rounds: Rounds;
  /** Counters that processes share; in memory when absent. */
  readonly limiters?: LimiterFactory;
  readonly log: ConversationLog;
  readonly notices: Notices;
  readonly streams: Streams;
  readonly relations: Relations;
  readonly digests: Digests;
  readonly users: UserCache;
  /** Hears of failures in the background; each is tried again. */
  readonly onError: (error: unknown) => void;
  /** Hears how many messages were stored. */
  readonly onStored?: (messages: number) => void;
}

/** What the core is made of. */
export type CoreGiven = Pick<Core, 'config' | 'collections' | 'bus' | 'onError' | 'onStored' | 'limiters'>;

export function composeCore(given: CoreGiven): Core {
  const { collections, bus, onStored } = given;
  const log = new ConversationLog(collections, bus, onStored);
  const muffled = new Muffled(collections, bus);
  const notices = new Notices(bus, muffled);
  const hub = new FeedHub(log.reader, bus);
  const rounds = new Rounds(bus, given.onError);
  for (const recheck of feedRechecks({ collections, hub, muffled, notices, reader: log.reader })) rounds.add(recheck);
  return {
    ...given,
    log,
    rounds,
    notices,
    streams: new Streams({ collections, hub, notices, muffled }),
    relations: new Relations(collections, bus),
    digests: new Digests(collections),
    users: new UserCache(collections.users, bus),
  };
}
