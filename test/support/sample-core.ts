import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Actor } from '../../src/auth/actor.js';
import { ChatError } from '../../src/errors.js';
import type { Streams } from '../../src/feed/streams.js';
import { Contexts } from '../../src/graphql/contexts.js';
import { createExecutor, type Executor } from '../../src/graphql/executor.js';
import type { RateClass } from '../../src/graphql/guard.js';
import type { Loaders } from '../../src/graphql/loaders.js';
import { buildChatSchema } from '../../src/graphql/schema.js';
import { createLogger } from '../../src/observability/logger.js';
import { UserRole } from '../../src/users/user-role.js';
import { HandStreams } from './hand-streams.js';
import { NoteResolver } from './sample-schema.js';

/** The sample schema with everything that runs its operations, and what a test sees of it. */
export interface SampleCore {
  readonly schema: GraphQLSchema;
  readonly contexts: Contexts;
  readonly executor: Executor;
  readonly streams: HandStreams;
  readonly logger: Logger;
  /** JSON lines that were logged. */
  readonly logLines: string[];
  /** Ids of the notes whose field `late` was executed. */
  readonly executed: string[];
  /** What was counted by rate limits. */
  readonly spent: { kind: RateClass; userId: string }[];
  /** Who was said to be active. */
  readonly touched: string[];
  /** Lets the field `slow` answer. */
  readonly releaseSlow: (answer: string) => void;
}

export interface SampleOptions {
  /** Calls of each person that pass before RATE_LIMITED. */
  readonly allowance?: number;
  readonly introspection?: boolean;
}

export function buildSampleCore(options: SampleOptions = {}): SampleCore {
  const { allowance = Infinity, introspection = false } = options;
  const streams = new HandStreams();
  const seen = {
    logLines: [] as string[],
    executed: [] as string[],
    spent: [] as SampleCore['spent'],
    touched: [] as string[],
  };
  let releaseSlow: (answer: string) => void = () => undefined;
  const slow = new Promise<string>((resolve) => (releaseSlow = resolve));
  const logger = createLogger({ logLevel: 'debug' }, { write: (line) => void seen.logLines.push(line) });
  const resolver = new NoteResolver({ streams, slow: () => slow, executed: (id) => seen.executed.push(id) });
  const schema = buildChatSchema([resolver], {
    touch: ({ userId }) => seen.touched.push(userId),
    rateLimits: {
      spend: (kind, userId) => {
        seen.spent.push({ kind, userId });
        if (seen.spent.length > allowance) throw new ChatError('RATE_LIMITED', 'Too fast.', { retryAfter: 7 });
        return undefined;
      },
    },
  });
  const contexts = new Contexts({ loadersFor: () => ({}) as Loaders, streams: streams as unknown as Streams });
  const executor = createExecutor({ schema, contexts, introspection, logger });
  return { schema, contexts, executor, streams, logger, releaseSlow, ...seen };
}

/** Somebody who is logged in. */
export function buildActor(name: string): Actor {
  return { userId: name, sessionId: `session-of-${name}`, role: UserRole.USER };
}

/** The context of one call in process. */
export function contextOf({ contexts }: SampleCore, name?: string) {
  return contexts.forCall({ address: '127.0.0.1', protocol: 'in-process' }, name ? buildActor(name) : undefined);
}
