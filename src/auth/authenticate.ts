import type { Actor } from './actor.js';

/** Who holds a token; undefined when it is unknown or its session has ended. Rejects when nobody can say. */
export type Authenticate = (token: string) => Promise<Actor | undefined>;
