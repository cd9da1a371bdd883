import {
  createSourceEventStream,
  execute,
  getVariableValues,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import type { Logger } from '../observability/logger.js';
import type { Context } from './context.js';
import type { Contexts } from './contexts.js';
import { DocumentRefused, Documents } from './documents.js';
import type { KnownOperation } from './known-operation.js';
import { LiveSource } from './live.js';
import { LiveDelivery, type LiveSink } from './live-delivery.js';
import { LiveExecutions } from './live-executions.js';
import { liveKey, type LiveSubscription, type Variables } from './live-subscription.js';
import { logHiddenErrors, presentError, type PresentedError } from './present-error.js';
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
  readonly logger: Logger;
}

/** Wires an executor to a schema. */
export function createExecutor(parts: {
  readonly schema: GraphQLSchema;
  readonly contexts: Contexts;
  readonly logger: Logger;
  /** Whether documents may ask for the schema. */
  readonly introspection: boolean;
}): Executor {
  const { schema, introspection, logger } = parts;
  const documents = new Documents(schema, introspection);
  return new Executor({ schema, documents, logger, liveExecutions: new LiveExecutions(parts) });
}

/** Runs operations in process, with the same limits, guards and error codes as over HTTP. */
export class Executor {
  constructor(private readonly parts: ExecutorParts) {}

  /** The operation of a request, or the answer that refuses it. */
  prepare(request: OperationRequest): KnownOperation | OperationResult {
    try {
      return this.parts.documents.operation(request.query, request.operationName);
    } catch (error) {
      return this.present({ errors: error instanceof DocumentRefused ? error.errors : [error] }, undefined);
    }
  }

  /** Runs a query or a mutation. Never rejects. */
  async execute(request: OperationRequest, context: Context): Promise<OperationResult> {
    const operation = this.prepare(request);
    return isKnown(operation) ? this.run(operation, request.variables, context) : operation;
  }

  /** Runs a prepared query or mutation. Never rejects. */
  async run(
    operation: KnownOperation,
    variables: Variables | null | undefined,
    context: Context,
  ): Promise<OperationResult> {
    try {
      return this.present(await execute(this.argumentsOf(operation, variables, context)), context);
    } catch (error) {
      return this.present({ errors: [error] }, context);
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
    try {
      const source = await createSourceEventStream(this.argumentsOf(operation, variables, context));
      if (!(source instanceof LiveSource)) return this.present(source as ExecutionResult, context);
      const key = liveKey(operation, this.coerced(operation, variables), context.actor?.userId);
      return { stream: source.stream, operation, variables: variables ?? undefined, context, key };
    } catch (error) {
      return this.present({ errors: [error] }, context);
    }
  }

  /** Ties an opened subscription to where its answers go; it is silent until it is started. */
  deliver(subscription: LiveSubscription, sink: LiveSink): LiveDelivery {
    return new LiveDelivery(subscription, this.parts.liveExecutions, sink);
  }

  /**
   * Runs a subscription in process. Ending the iteration leaves the stream.
   * A refusal is the only result of the iteration; so is the error that ends a stream the last one.
   */
  async subscribe(request: OperationRequest, context: Context): Promise<AsyncIterableIterator<OperationResult>> {
    const operation = this.prepare(request);
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

  private present({ data, errors }: Unpresented, context: Context | undefined): OperationResult {
    if (!errors) return { data };
    logHiddenErrors(this.parts.logger, errors, context?.caller);
    const presented = errors.map(presentError);
    return data === undefined ? { errors: presented } : { data, errors: presented };
  }
}

interface Unpresented {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly unknown[];
}

/** Whether a request was prepared and not refused. */
export function isKnown(prepared: KnownOperation | OperationResult): prepared is KnownOperation {
  return 'document' in prepared;
}

/** Whether a subscription was opened and not refused. */
export function isLive(opened: LiveSubscription | OperationResult): opened is LiveSubscription {
  return 'stream' in opened;
}
