import {
  createSourceEventStream,
  execute,
  getVariableValues,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import type { Logger } from '../observability/logger.js';
import type { Caller, Context } from './context.js';
import type { Contexts } from './contexts.js';
import { DocumentRefused, Documents } from './documents.js';
import type { KnownOperation } from './known-operation.js';
import { LiveSource } from './live.js';
import { LiveDelivery, type DeliveryMeter, type LiveSink } from './live-delivery.js';
import { LiveExecutions } from './live-executions.js';
import { eventVariables, liveKey, type LiveSubscription, type Variables } from './live-subscription.js';
import { OperationWatch, type OperationMeter, type RunningOperation } from './operation-watch.js';
import { presentError, type PresentedError } from './present-error.js';
import { ResultQueue } from './result-queue.js';

/** What a client asks to run. */
export interface OperationRequest {
  /** A document, as text or parsed. */
  readonly query: string | DocumentNode;
  readonly variables?: Variables | null;
  /** Needed only when the document holds several operations. */
  readonly operationName?: string | null;
}

/** A finished execution. Without `data` the operation was refused before it ran. */
export interface OperationResult {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly PresentedError[];
}

export interface ExecutorParts {
  readonly schema: GraphQLSchema;
  readonly documents: Documents;
  readonly liveExecutions: LiveExecutions;
  readonly watch: OperationWatch;
  readonly meter?: DeliveryMeter;
}

/** Wires an executor to a schema. */
export function createExecutor(parts: {
  readonly schema: GraphQLSchema;
  readonly contexts: Contexts;
  readonly logger: Logger;
  /** Whether documents may ask for the schema. */
  readonly introspection: boolean;
  readonly meter?: OperationMeter & DeliveryMeter;
}): Executor {
  const { schema, introspection, logger, meter } = parts;
  const documents = new Documents(schema, introspection);
  const watch = new OperationWatch(logger, meter);
  return new Executor({ schema, documents, watch, meter, liveExecutions: new LiveExecutions(parts) });
}

/** Runs operations in process, with the same limits, guards and error codes as over HTTP. */
export class Executor {
  constructor(private readonly parts: ExecutorParts) {}

  /** Sees operations end; those that do not run here tell it themselves. */
  get watch(): OperationWatch {
    return this.parts.watch;
  }

  /** Knows the rules that documents must keep on every transport. */
  get documents(): Documents {
    return this.parts.documents;
  }

  /** The operation of a request, or the answer that refuses it. */
  prepare(request: OperationRequest, caller: Caller = nobody): KnownOperation | OperationResult {
    try {
      return this.parts.documents.operation(request.query, request.operationName);
    } catch (error) {
      const errors = error instanceof DocumentRefused ? error.errors : [error];
      this.watch.begin(caller).finished(errors);
      return { errors: errors.map(presentError) };
    }
  }

  /** Runs a query or a mutation. Never rejects. */
  async execute(request: OperationRequest, context: Context): Promise<OperationResult> {
    const operation = this.prepare(request, context.caller);
    return isKnown(operation) ? this.run(operation, request.variables, context) : operation;
  }

  /** Runs a prepared query or mutation. Never rejects. */
  async run(
    operation: KnownOperation,
    variables: Variables | null | undefined,
    context: Context,
  ): Promise<OperationResult> {
    const running = this.watch.begin(context.caller, operation.node.name?.value);
    try {
      return answerOf(await execute(this.argumentsOf(operation, variables, context)), running);
    } catch (error) {
      return answerOf({ errors: [error] }, running);
    }
  }

  /**
   * Opens a prepared subscription; nothing that happens after it was opened is missed. The answer without a stream
   * says why it was refused. Never rejects.
   */
  async open(
    operation: KnownOperation,
    variables: Variables | null | undefined,
    context: Context,
  ): Promise<LiveSubscription | OperationResult> {
    const running = this.watch.begin(context.caller, operation.node.name?.value);
    try {
      const source = await createSourceEventStream(this.argumentsOf(operation, variables, context));
      if (!(source instanceof LiveSource)) return answerOf(source as ExecutionResult, running);
      running.finished();
      const key = liveKey(operation, this.coerced(operation, variables), context.actor?.userId);
      return {
        stream: source.stream,
        operation,
        variables: eventVariables(operation, variables ?? undefined),
        context,
        key,
      };
    } catch (error) {
      return answerOf({ errors: [error] }, running);
    }
  }

  /** Ties an opened subscription to where its answers go; it is silent until it is started. */
  deliver(subscription: LiveSubscription, sink: LiveSink): LiveDelivery {
    return new LiveDelivery(subscription, { executions: this.parts.liveExecutions, meter: this.parts.meter }, sink);
  }

  /**
   * Runs a subscription in process. Ending the iteration leaves the stream.
   * A refusal is the only result of the iteration; so is the error that ends a stream the last one.
   */
  async subscribe(request: OperationRequest, context: Context): Promise<AsyncIterableIterator<OperationResult>> {
    const operation = this.prepare(request, context.caller);
    const opened = isKnown(operation) ? await this.open(operation, request.variables, context) : operation;
    const queue = new ResultQueue();
    if (isLive(opened)) queue.follow(this.deliver(opened, queue));
    else queue.fail(opened.errors ?? []);
    return queue;
  }

  private argumentsOf(operation: KnownOperation, variables: Variables | null | undefined, context: Context) {
    const { document, node } = operation;
    return {
      schema: this.parts.schema,
      document,
      operationName: node.name?.value,
      variableValues: variables,
      contextValue: context,
    };
  }

  private coerced({ node }: KnownOperation, variables: Variables | null | undefined): Variables {
    return getVariableValues(this.parts.schema, node.variableDefinitions ?? [], variables ?? {}).coerced ?? {};
  }
}

const nobody: Caller = { address: '', protocol: 'in-process' };

interface Unpresented {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly unknown[];
}

/** What is answered, once the watch has seen what was thrown. */
function answerOf({ data, errors }: Unpresented, running: RunningOperation): OperationResult {
  running.finished(errors);
  if (!errors) return { data };
  const presented = errors.map(presentError);
  return data === undefined ? { errors: presented } : { data, errors: presented };
}

/** Whether a request was prepared and not refused. */
export function isKnown(prepared: KnownOperation | OperationResult): prepared is KnownOperation {
  return 'document' in prepared;
}

/** Whether a subscription was opened and not refused. */
export function isLive(opened: LiveSubscription | OperationResult): opened is LiveSubscription {
  return 'stream' in opened;
}
