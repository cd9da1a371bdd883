import type { Actor } from '../auth/actor.js';
import { firstSeqOf } from '../conversations/member.model.js';
import { unauthenticated } from '../errors.js';
import type { Floor } from '../feed/live-stream.js';
import type { Streams } from '../feed/streams.js';
import type { Loaders } from './loaders.js';

/** Where a call came from. */
export interface Caller {
  /** The network address, for rate limits. */
  readonly address: string;
  readonly userAgent?: string;
  /** Names the call in the log. */
  readonly requestId?: string;
  readonly protocol: 'http' | 'graphql-ws' | 'rest' | 'socket.io' | 'in-process';
  /** Whether the server runs this by itself, for a socket that has not asked: it counts for no rate limit. */
  readonly isUnasked?: boolean;
  /** Present where an answer can carry a cookie: gives the page its session, or takes it away with undefined. */
  readonly setSessionToken?: (token: string | undefined) => void;
}

/** What a context is made of. */
export interface ContextParts {
  readonly caller: Caller;
  readonly actor: Actor | undefined;
  readonly loaders: Loaders;
  readonly streams: Streams;
  /** Of a live event: what the viewer may read of its conversation. */
  readonly floor?: Floor;
}

/** What one execution knows: who calls, from where, and what it has already loaded. Never shared between calls. */
export class Context {
  private loggedIn: Actor | undefined;
  private readonly floors = new Map<string, Promise<number | undefined>>();

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

  /** The first seq of a conversation that the viewer may read; undefined for one it is not in. */
  floorOf(conversationId: string): Promise<number | undefined> {
    const { floor } = this.parts;
    if (floor?.conversationId === conversationId) return Promise.resolve(floor.firstSeq);
    // A loader answers even what it knows one turn later, and would tear apart what fields load together.
    const known = this.floors.get(conversationId) ?? this.loadFloor(conversationId);
    this.floors.set(conversationId, known);
    return known;
  }

  private async loadFloor(conversationId: string): Promise<number | undefined> {
    const member = await this.loaders.membership.load(conversationId);
    return member && firstSeqOf(member);
  }
}
