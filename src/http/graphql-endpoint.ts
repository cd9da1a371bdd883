import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  ApolloServer,
  HeaderMap,
  type ApolloServerPlugin,
  type GraphQLRequestListener,
  type GraphQLResponse,
  type HTTPGraphQLResponse,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { Authenticate } from '../auth/authenticate.js';
import type { Config } from '../config.js';
import { ChatError, httpStatusByCode } from '../errors.js';
import type { Caller, Context } from '../graphql/context.js';
import type { Contexts } from '../graphql/contexts.js';
import type { Documents } from '../graphql/documents.js';
import { parseLimits } from '../graphql/limits.js';
import type { OperationWatch, RunningOperation } from '../graphql/operation-watch.js';
import { presentError, type PresentedError } from '../graphql/present-error.js';
import type { Logger } from '../observability/logger.js';
import { readJson } from './request-body.js';
import { addressOf, isSecure, searchOf } from './request-facts.js';
import { sessionCookieHeader, tokenOf } from './tokens.js';

export interface GraphqlEndpointParts {
  readonly config: Config;
  readonly schema: GraphQLSchema;
  readonly contexts: Contexts;
  readonly authenticate: Authenticate;
  readonly watch: OperationWatch;
  readonly documents: Documents;
  readonly logger: Logger;
}

/** A context as Apollo's types can hold it. */
type CallContext = Pick<Context, keyof Context>;

/** GraphQL over HTTP: POST and GET, queries and mutations. */
export class GraphqlEndpoint {
  private readonly apollo: ApolloServer<CallContext>;
  private isStarted = false;
  /** Calls that are under way. Apollo copies contexts, so they are told by caller. */
  private readonly calls = new WeakMap<Caller, Call>();

  constructor(private readonly parts: GraphqlEndpointParts) {
    const { schema, logger } = parts;
    this.apollo = new ApolloServer<CallContext>({
      schema,
      logger: quietLogger(logger),
      // Introspection is refused by the same rule as on the other transports.
      introspection: true,
      // The plugin below asks the rules of the other transports instead; Apollo's own cannot be replaced one by one.
      dangerouslyDisableValidation: true,
      parseOptions: parseLimits,
      formatError: (_formatted, error) => formatted(presentError(error)),
      persistedQueries: false,
      includeStacktraceInErrorResponses: false,
      stopOnTerminationSignals: false,
      plugins: [
        ApolloServerPluginCacheControlDisabled(),
        ApolloServerPluginInlineTraceDisabled(),
        ApolloServerPluginLandingPageDisabled(),
        ApolloServerPluginSchemaReportingDisabled(),
        ApolloServerPluginUsageReportingDisabled(),
        this.observing(),
        this.validating(),
      ],
    });
  }

  async start(): Promise<void> {
    await this.apollo.start();
    this.isStarted = true;
  }

  async stop(): Promise<void> {
    if (this.isStarted) await this.apollo.stop();
  }

  /** Answers one request. Never rejects. */
  async handle(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    response.setHeader('cache-control', 'no-store');
    const caller = this.callerOf(request, response, requestId);
    const call: Call = { running: this.parts.watch.begin(caller), isProper: false, errors: [] };
    this.calls.set(caller, call);
    try {
      send(response, await this.answer(request, caller), call.isProper);
      call.running.finished(call.errors);
    } catch (error) {
      call.running.finished([error]);
      if (response.headersSent) response.destroy();
      else sendError(response, error);
    }
  }

  private async answer(request: IncomingMessage, caller: Caller): Promise<HTTPGraphQLResponse> {
    const body = request.method === 'POST' ? await readJson(request) : undefined;
    const context = await this.contextOf(request, caller);
    const answer = await this.apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method?.toUpperCase() ?? 'GET',
        headers: headersOf(request),
        search: searchOf(request),
        body,
      },
      context: () => Promise.resolve(context),
    });
    const call = this.calls.get(caller);
    if (call && !call.isProper && call.errors.length === 0) call.errors = [improper()];
    return answer;
  }

  private observing(): ApolloServerPlugin<CallContext> {
    const callOf = ({ contextValue }: { contextValue: CallContext }) => this.calls.get(contextValue.caller);
    const listener: GraphQLRequestListener<CallContext> = {
      didResolveSource: (given) => {
        const call = callOf(given);
        if (call) call.isProper = true;
        return Promise.resolve();
      },
      didResolveOperation: (given) => {
        const call = callOf(given);
        if (call) call.running.name = given.operation?.name?.value;
        return Promise.resolve();
      },
      didEncounterErrors: (given) => {
        const call = callOf(given);
        if (call) call.errors = given.errors;
        return Promise.resolve();
      },
    };
    return {
      requestDidStart: () => Promise.resolve(listener),
      unexpectedErrorProcessingRequest: ({ requestContext, error }) => {
        const call = callOf(requestContext);
        if (call) call.errors = [error];
        return Promise.resolve();
      },
    };
  }

  private validating(): ApolloServerPlugin<CallContext> {
    const listener: GraphQLRequestListener<CallContext> = {
      responseForOperation: ({ document, contextValue }) => {
        const faults = this.parts.documents.faultsOf(document);
        if (faults.length === 0) return Promise.resolve(null);
        const call = this.calls.get(contextValue.caller);
        if (call) call.errors = faults;
        return Promise.resolve(refusal(faults));
      },
    };
    return { requestDidStart: () => Promise.resolve(listener) };
  }

  private callerOf(request: IncomingMessage, response: ServerResponse, requestId: string): Caller {
    const { trustProxy } = this.parts.config;
    const secure = isSecure(request, trustProxy);
    return {
      address: addressOf(request, trustProxy),
      userAgent: request.headers['user-agent'],
      requestId,
      protocol: 'http',
      setSessionToken: (given) => void response.setHeader('set-cookie', sessionCookieHeader(given, secure)),
    };
  }

  /** A token that nobody holds leaves the call without identity: `login` works, all else is UNAUTHENTICATED. */
  private async contextOf(request: IncomingMessage, caller: Caller): Promise<Context> {
    const token = tokenOf(request);
    const actor = token === undefined ? undefined : await this.parts.authenticate(token);
    return this.parts.contexts.forCall(caller, actor);
  }
}

/** One request on its way. */
interface Call {
  readonly running: RunningOperation;
  /** Whether the request was a proper one, whatever became of its document. */
  isProper: boolean;
  errors: readonly unknown[];
}

function refusal(faults: readonly GraphQLError[]): GraphQLResponse {
  const errors = faults.map((fault) => formatted(presentError(fault)));
  const http = { status: 400, headers: new HeaderMap() };
  return { http, body: { kind: 'single', singleResult: { errors } } };
}

/** Apollo has answered why already. */
function improper(): ChatError {
  return new ChatError('BAD_USER_INPUT', 'This is no request of GraphQL.');
}

/** Answers a request that did not get as far as GraphQL. */
export function sendError(response: ServerResponse, error: unknown): void {
  const presented = presentError(error);
  response.statusCode = httpStatusByCode[presented.extensions.code];
  response.setHeader('content-type', 'application/json; charset=utf-8');
  if (presented.extensions.code === 'PAYLOAD_TOO_LARGE') response.setHeader('connection', 'close');
  response.end(JSON.stringify({ errors: [presented] }));
}

function formatted({ extensions, ...error }: PresentedError): GraphQLFormattedError {
  return { ...error, extensions: { ...extensions } };
}

/**
 * The status says how GraphQL itself fared only to clients that accept application/graphql-response+json; to those of
 * plain JSON a proper request is answered with 200 (GraphQL over HTTP, Status Codes).
 */
function send(response: ServerResponse, answer: HTTPGraphQLResponse, isProper: boolean): void {
  const { status = 200, headers, body } = answer;
  const isPlainJson = headers.get('content-type')?.startsWith('application/json') ?? false;
  response.statusCode = status === 400 && isPlainJson && isProper ? 200 : status;
  for (const [name, value] of headers) response.setHeader(name, value);
  response.end(body.kind === 'complete' ? body.string : undefined);
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

/** Apollo puts pieces of the document into what it logs; the operation's own line tells what failed. */
function quietLogger(logger: Logger) {
  const silent = (): void => undefined;
  return { debug: silent, info: silent, warn: silent, error: () => logger.error('GraphQL over HTTP failed.') };
}
