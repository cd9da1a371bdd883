import type { Actor } from '../auth/actor.js';
import { unauthenticated } from '../errors.js';
import type { Streams } from '../feed/streams.js';
import type { Loaders } from './loaders.js';

/** Where a call came from. */
export interface Caller {
  /** The network address, for rate limits. */
  readonly address: string;
  readonly userAgent?: string;
  readonly protocol: 'http' | 'graphql-ws' | 'rest' | 'socket.io' | 'in-process';
  /** Present where an answer can carry a cookie: gives the page its session, or takes it away with undefined. */
  readonly setSessionToken?: (token: string | undefined) => void;
}

/** What a context is made of. */
export interface ContextParts {
  readonly caller: Caller;
  readonly actor: Actor | undefined;
  readonly loaders: Loaders;
  readonly streams: Streams;
}

/** What one execution knows: who calls, from where, and what it has already loaded. Never shared between calls. */
export class Context {
  private loggedIn: Actor | undefined;

  constructor(private readonly parts: ContextParts) {}

  get caller(): Caller {
    return this.parts.caller;
  }

  /** The caller's identity, or undefined before log-in. */
  get actor(): Actor | undefined {
    return this.loggedIn ?? this.parts.actor;
  }

  /** From here on the call speaks for who has just logged in, so that a log-in can answer the person's own data. */
  become(actor: Actor): void {
    this.loggedIn = actor;
  }

  /** @throws ChatError UNAUTHENTICATED without identity. */
  get viewer(): Actor {
    if (!this.actor) throw unauthenticated();
    return this.actor;
  }

  get loaders(): Loaders {
    return this.parts.loaders;
  }

  get streams(): Streams {
    return this.parts.streams;
  }
}
