import type { Authenticate } from '../auth/authenticate.js';
import { Credentials } from '../auth/credentials.js';
import { Passwords } from '../auth/passwords.js';
import { RateLimits } from '../auth/rate-limits.js';
import { BlockResolver } from '../contacts/block.resolver.js';
import { BlockService } from '../contacts/block.service.js';
import { ContactResolver } from '../contacts/contact.resolver.js';
import { ContactService } from '../contacts/contact.service.js';
import type { SocketObserver } from '../http/live-sockets.js';
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
  readonly presence: PresenceService;
  /** To be told of every socket of every person. */
  readonly observer: SocketObserver;
  readonly users: UserService;
  readonly sessions: SessionService;
  readonly activity: SessionActivity;
  readonly erasures: Erasures;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** What of time can be changed. */
export interface PeopleTimes {
  /** Milliseconds since 1970; the machine's clock when absent. */
  readonly now?: () => number;
  readonly erasurePauseMs?: number;
}

/** @param leaveEverything takes a person who unregisters out of all groups */
export function composePeople(
  core: Core,
  leaveEverything: (userId: string) => Promise<void>,
  times: PeopleTimes = {},
): PeopleRooms {
  const doors = composeDoors(core, times);
  const { limits, sessions, activity } = doors;
  const parts = { ...core, ...doors, directory: core.config.userDirectory, now: times.now };
  const erasures = new Erasures({ ...parts, leaveEverything, pauseMs: times.erasurePauseMs });
  const users = new UserService({ ...parts, erasures, announcer: new UserAnnouncer(parts) });
  const directory = new UserDirectory(parts);
  const presence = new PresenceService(parts);
  return {
    limits,
    directory,
    presence,
    observer: everyObserver([presence, activity]),
    users,
    sessions,
    activity,
    erasures,
    authenticate: (token) => sessions.authenticate(token),
    resolvers: [
      new UserResolver(users, directory, presence),
      new SessionResolver(sessions),
      new ContactResolver(new ContactService(parts)),
      new BlockResolver(new BlockService(parts)),
    ],
    start: async () => {
      for (const part of [presence, activity]) part.start();
      await erasures.resumeErasures();
    },
    stop: async () => {
      presence.stop();
      await erasures.stop();
      await activity.stop();
    },
  };
}

/** What decides who somebody is, and how often it may try. */
function composeDoors({ config, collections, bus, onError, limiters }: Core, { now }: PeopleTimes) {
  const limits = new RateLimits({ enabled: config.rateLimits }, limiters);
  const passwords = new Passwords();
  const credentials = new Credentials({ users: collections.users, passwords, limits });
  const { sessionDays } = config;
  const activity = new SessionActivity({ sessions: collections.sessions, sessionDays, onError, now });
  const sessions = new SessionService({ collections, credentials, bus, activity, now });
  return { limits, passwords, credentials, activity, sessions };
}

function everyObserver(observers: readonly SocketObserver[]): SocketObserver {
  return {
    opened: (actor) => observers.forEach((observer) => observer.opened(actor)),
    closed: (actor) => observers.forEach((observer) => observer.closed(actor)),
  };
}
