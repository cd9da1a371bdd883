import type { GraphQLField, GraphQLFieldResolver, GraphQLObjectType, GraphQLSchema } from 'graphql';
import type { Actor } from '../auth/actor.js';
import { ChatError } from '../errors.js';
import type { Context } from './context.js';

/** What an operation counts as. */
export type RateClass = 'send' | 'operation';

/** How often one person may call. */
export interface RateLimits {
  /**
   * Counts one call.
   * @throws ChatError RATE_LIMITED, at once or by rejecting
   */
  spend(kind: RateClass, userId: string): Promise<void> | undefined;
}

/** What stands before every root field. */
export interface Guard {
  readonly rateLimits: RateLimits;
  /** Told of every call of a person, so that presence can tell who is away. */
  readonly touch?: (actor: Actor) => void;
}

type Resolver = GraphQLFieldResolver<unknown, Context, Record<string, unknown>>;
type RootField = GraphQLField<unknown, Context>;

/**
 * Puts identity and rate limits before every root field, each counted by itself however many one request holds.
 * A field with the extension `public` needs no identity; `rate` names its class, `operation` by default.
 */
export function guardRootFields(schema: GraphQLSchema, guard: Guard): void {
  for (const field of fieldsOf(schema.getQueryType())) field.resolve = guarded(field, field.resolve, guard);
  for (const field of fieldsOf(schema.getMutationType())) field.resolve = guarded(field, field.resolve, guard);
  for (const field of fieldsOf(schema.getSubscriptionType())) {
    field.subscribe = guarded(field, field.subscribe, guard);
    field.resolve = onlyForEvents(field.resolve);
  }
}

function fieldsOf(type: GraphQLObjectType | null | undefined): RootField[] {
  const fields: Record<string, RootField> = type?.getFields() ?? {};
  return Object.values(fields);
}

function guarded(field: RootField, resolve: Resolver | undefined, guard: Guard): Resolver {
  if (!resolve) throw new Error(`The root field ${field.name} has no resolver.`);
  const isPublic = field.extensions.public === true;
  const rate: RateClass = field.extensions.rate === 'send' ? 'send' : 'operation';
  return (...call) => {
    const context = call[2];
    const actor = isPublic ? context.actor : context.viewer;
    if (!actor) return resolve(...call);
    guard.touch?.(actor);
    if (context.caller.isUnasked) return resolve(...call);
    const counted = guard.rateLimits.spend(rate, actor.userId);
    return counted ? counted.then(() => resolve(...call)) : resolve(...call);
  };
}

/** A subscription that is executed like a query has no event to speak of; graphql-js would run it all the same. */
function onlyForEvents(resolve: Resolver | undefined): Resolver {
  return (...call) => {
    if (call[0] === undefined) {
      throw new ChatError('BAD_USER_INPUT', 'Subscriptions run over a WebSocket (graphql-transport-ws) only.');
    }
    return resolve?.(...call);
  };
}
