import { Credentials } from '../../src/auth/credentials.js';
import { Passwords } from '../../src/auth/passwords.js';
import { RateLimits } from '../../src/auth/rate-limits.js';
import { MemoryBus } from '../../src/bus/memory-bus.js';
import { BlockResolver } from '../../src/contacts/block.resolver.js';
import { BlockService } from '../../src/contacts/block.service.js';
import { ContactResolver } from '../../src/contacts/contact.resolver.js';
import { ContactService } from '../../src/contacts/contact.service.js';
import { Relations } from '../../src/contacts/relations.js';
import { Digests } from '../../src/conversations/digests.js';
import { FeedHub } from '../../src/feed/hub.js';
import { Muffled } from '../../src/feed/muffled.js';
import { Notices } from '../../src/feed/notices.js';
import { Streams } from '../../src/feed/streams.js';
import { Contexts } from '../../src/graphql/contexts.js';
import { Documents } from '../../src/graphql/documents.js';
import { Executor } from '../../src/graphql/executor.js';
import { LiveExecutions } from '../../src/graphql/live-executions.js';
import { createLoaders } from '../../src/graphql/loaders.js';
import { buildChatSchema } from '../../src/graphql/schema.js';
import { LogReader } from '../../src/log/log-reader.js';
import { createLogger } from '../../src/observability/logger.js';
import { MemoryPresenceStore } from '../../src/presence/presence-store.js';
import { PresenceService } from '../../src/presence/presence.service.js';
import { SessionActivity } from '../../src/sessions/session.activity.js';
import { SessionResolver } from '../../src/sessions/session.resolver.js';
import { SessionService } from '../../src/sessions/session.service.js';
import { UserAnnouncer } from '../../src/users/user.announcer.js';
import { UserCache } from '../../src/users/user-cache.js';
import { UserDirectory } from '../../src/users/user.directory.js';
import { Erasures } from '../../src/users/user.erasures.js';
import type { DirectoryKind } from '../../src/users/user.policy.js';
import { UserResolver } from '../../src/users/user.resolver.js';
import { UserService } from '../../src/users/user.service.js';
import { openTestDatabase, type TestDatabase } from './database.js';

/** What a test may change about the people side of a server. */
export interface PeopleOptions {
  readonly directory?: DirectoryKind;
  readonly rateLimits?: boolean;
  readonly leaveEverything?: (userId: string) => Promise<void>;
  readonly erasureRetryMs?: number;
  /** Time stands still but for these milliseconds. */
  readonly clock?: { ahead: number };
  /** Share another server's database instead of an empty one. */
  readonly database?: TestDatabase;
}

export type PeopleServer = Awaited<ReturnType<typeof startPeople>>;

/** The people side of a server on a database of its own, run in process. */
export async function startPeople(options: PeopleOptions = {}) {
  const database = options.database ?? (await openTestDatabase());
  const { collections } = database;
  const bus = new MemoryBus();
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const startedAt = Date.now();
  const { clock } = options;
  const now = clock ? () => startedAt + clock.ahead : Date.now;
  const directoryKind = options.directory ?? 'open';

  const relations = new Relations(collections, bus);
  const muffled = new Muffled(collections, bus);
  const notices = new Notices(bus, muffled);
  const passwords = new Passwords();
  const limits = new RateLimits({ enabled: options.rateLimits ?? false });
  const credentials = new Credentials({ users: collections.users, passwords, limits });
  const activity = new SessionActivity({ sessions: collections.sessions, sessionDays: 30, onError, now });
  const sessions = new SessionService({ collections, credentials, bus, activity, now });
  const leaveEverything = options.leaveEverything ?? (() => Promise.resolve());
  const retryAfterMs = options.erasureRetryMs;
  const erasures = new Erasures({ collections, sessions, leaveEverything, onError, retryAfterMs });
  const announcer = new UserAnnouncer({ notices, relations, directory: directoryKind });
  const users = new UserService({ collections, credentials, passwords, limits, sessions, erasures, announcer });
  const directory = new UserDirectory({ collections, relations, directory: directoryKind });
  const contacts = new ContactService({ collections, notices });
  const blocks = new BlockService({ collections, bus });
  const store = new MemoryPresenceStore();
  const presence = new PresenceService({ relations, notices, store, onError, now });

  const resolvers = [
    new UserResolver(users, directory, presence),
    new SessionResolver(sessions),
    new ContactResolver(contacts),
    new BlockResolver(blocks),
  ];
  const schema = buildChatSchema(resolvers, { rateLimits: limits, touch: (actor) => presence.touch(actor) });
  const reader = new LogReader(collections);
  const hub = new FeedHub(reader, bus);
  const contexts = new Contexts({
    streams: new Streams({ collections, hub, notices, muffled }),
    loadersFor: (actor) =>
      createLoaders(actor, {
        collections,
        reader,
        digests: new Digests(collections),
        users: new UserCache(collections.users, bus),
        findable: (viewer, ids) => directory.findable(viewer, ids),
        presenceFor: (viewerId, ids) => presence.presenceFor(viewerId, ids),
      }),
  });
  const logger = createLogger({ logLevel: 'silent' });
  const liveExecutions = new LiveExecutions({ schema, contexts, logger });
  const executor = new Executor({ schema, documents: new Documents(schema, true), liveExecutions, logger });
  const stop = async (): Promise<void> => {
    presence.stop();
    await erasures.stop();
    await bus.stop();
    if (!options.database) await database.stop();
  };
  return {
    database,
    collections,
    bus,
    errors,
    sessions,
    activity,
    users,
    erasures,
    relations,
    presence,
    contexts,
    executor,
    stop,
  };
}
