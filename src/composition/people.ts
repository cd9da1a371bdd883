import type { Authenticate } from '../auth/authenticate.js';
import { Credentials } from '../auth/credentials.js';
import { Passwords } from '../auth/passwords.js';
import { RateLimits } from '../auth/rate-limits.js';
import { BlockResolver } from '../contacts/block.resolver.js';
import { BlockService } from '../contacts/block.service.js';
import { ContactResolver } from '../contacts/contact.resolver.js';
import { ContactService } from '../contacts/contact.service.js';
import { MemoryPresenceStore } from '../presence/presence-store.js';
import { PresenceService } from '../presence/presence.service.js';
import { SessionActivity } from '../sessions/session.activity.js';
import { SessionResolver } from '../sessions/session.resolver.js';
import { SessionService } from '../sessions/session.service.js';
import { UserAnnouncer } from '../users/user.announcer.js';
import { UserDirectory } from '../users/user.directory.js';
import { Erasures } from '../users/user.erasures.js';
import { UserResolver } from '../users/user.resolver.js';
import { UserService } from '../users/user.service.js';
import type { Core } from './core.js';

/** Everything about people: who they are, how they log in, whom they know and whether they are there. */
export interface PeopleRooms {
  readonly resolvers: readonly object[];
  readonly authenticate: Authenticate;
  readonly limits: RateLimits;
  readonly directory: UserDirectory;
  readonly users: UserService;
  readonly presence: PresenceService;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** @param leaveEverything takes a person who unregisters out of all groups */
export function composePeople(core: Core, leaveEverything: (userId: string) => Promise<void>): PeopleRooms {
  const { config, collections, relations, onError } = core;
  const limits = new RateLimits({ enabled: config.rateLimits });
  const passwords = new Passwords();
  const credentials = new Credentials({ users: collections.users, passwords, limits });
  const { sessionDays, userDirectory } = config;
  const activity = new SessionActivity({ sessions: collections.sessions, sessionDays, onError });
  const needs = { ...core, directory: userDirectory, credentials, passwords, limits, activity };
  const sessions = new SessionService(needs);
  const erasures = new Erasures({ collections, sessions, leaveEverything, onError });
  const announcer = new UserAnnouncer(needs);
  const users = new UserService({ ...needs, sessions, erasures, announcer });
  const directory = new UserDirectory({ collections, relations, directory: userDirectory });
  const presence = new PresenceService({ ...core, store: new MemoryPresenceStore() });
  return {
    limits,
    directory,
    users,
    presence,
    authenticate: (token) => sessions.authenticate(token),
    resolvers: [
      new UserResolver(users, directory, presence),
      new SessionResolver(sessions),
      new ContactResolver(new ContactService(needs)),
      new BlockResolver(new BlockService(needs)),
    ],
    start: async () => {
      presence.start();
      activity.start();
      await erasures.resumeErasures();
    },
    stop: async () => {
      presence.stop();
      await erasures.stop();
      await activity.stop();
    },
  };
}
