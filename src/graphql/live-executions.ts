import { execute, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { ErrorCode } from '../errors.js';
import type { LiveEvent } from '../feed/live-stream.js';
import type { Logger } from '../observability/logger.js';
import type { Contexts } from './contexts.js';
import type { LiveSubscription } from './live-subscription.js';
import { logHiddenErrors, presentError, type PresentedError } from './present-error.js';

/** What an event became for a subscription: the JSON text of its execution result, or why there is none. */
export type Outcome = { readonly body: Buffer } | Failed;

interface Failed {
  readonly errors: readonly PresentedError[];
}

type Pending = Outcome | Promise<Outcome>;

export interface LiveExecutionParts {
  readonly schema: GraphQLSchema;
  readonly contexts: Contexts;
  readonly logger: Logger;
}

/** Executes live events: each once for all subscriptions that must get the same answer. */
export class LiveExecutions {
  private readonly byIdentity = new WeakMap<object, Map<string, Pending>>();

  constructor(private readonly parts: LiveExecutionParts) {}

  /** Never throws or rejects; what failed is in the outcome. */
  run(subscription: LiveSubscription, event: LiveEvent): Pending {
    const outcomes = this.outcomesOf(event.identity);
    const key = subscription.key + event.visibility;
    const known = outcomes.get(key);
    if (known) return known;
    const outcome = this.execute(subscription, event);
    outcomes.set(key, outcome);
    if (outcome instanceof Promise) void outcome.then((settled) => outcomes.set(key, settled));
    return outcome;
  }

  /** What subscribers are told of errors; the operator is told the rest. */
  failure(errors: readonly unknown[]): Failed {
    logHiddenErrors(this.parts.logger, errors);
    return { errors: errors.map(presentError) };
  }

  private outcomesOf(identity: object): Map<string, Pending> {
    const known = this.byIdentity.get(identity);
    if (known) return known;
    const outcomes = new Map<string, Pending>();
    this.byIdentity.set(identity, outcomes);
    return outcomes;
  }

  private execute({ operation, variables, context }: LiveSubscription, event: LiveEvent): Pending {
    const { schema, contexts } = this.parts;
    try {
      const result = execute({
        schema,
        document: operation.document,
        operationName: operation.node.name?.value,
        rootValue: event.payload,
        variableValues: variables,
        contextValue: operation.viewerDependent
          ? contexts.forEvent(context, event.floor)
          : contexts.shared(event.floor),
      });
      if (!('then' in result)) return this.outcomeOf(result);
      return Promise.resolve(result).then(
        (settled) => this.outcomeOf(settled),
        (error: unknown) => this.failure([error]),
      );
    } catch (error) {
      return this.failure([error]);
    }
  }

  private outcomeOf({ data, errors }: ExecutionResult): Outcome {
    if (data && !errors) return { body: Buffer.from(JSON.stringify({ data })) };
    const failure = this.failure(errors ?? []);
    // A part that the server could not read would be taken for one that is not there.
    if (!data || failure.errors.some(({ extensions }) => isOurs(extensions.code))) return failure;
    return { body: Buffer.from(JSON.stringify({ data, errors: failure.errors })) };
  }
}

/** Whether an error is the server's, and not the answer to what the caller asked for. */
function isOurs(code: ErrorCode): boolean {
  return code === 'INTERNAL' || code === 'UNAVAILABLE';
}
