import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  ApolloServer,
  HeaderMap,
  type ApolloServerPlugin,
  type GraphQLRequestListener,
  type HTTPGraphQLResponse,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLFormattedError, GraphQLSchema, ValidationRule } from 'graphql';
import type { Authenticate } from '../auth/authenticate.js';
import type { Config } from '../config.js';
import { httpStatusByCode } from '../errors.js';
import type { Caller, Context } from '../graphql/context.js';
import type { Contexts } from '../graphql/contexts.js';
import { limitRules, parseLimits } from '../graphql/limits.js';
import { logHiddenErrors, presentError, type PresentedError } from '../graphql/present-error.js';
import type { Logger } from '../observability/logger.js';
import { readJson } from './request-body.js';
import { addressOf, isSecure, searchOf } from './request-facts.js';
import { sessionCookieHeader, tokenOf } from './tokens.js';

export interface GraphqlEndpointParts {
  readonly config: Config;
  readonly schema: GraphQLSchema;
  readonly contexts: Contexts;
  readonly authenticate: Authenticate;
  readonly logger: Logger;
}

/** A context as Apollo's types can hold it. */
type CallContext = Pick<Context, keyof Context>;

/** GraphQL over HTTP: POST and GET, queries and mutations. */
export class GraphqlEndpoint {
  private readonly apollo: ApolloServer<CallContext>;
  private isStarted = false;
  /** Who called with a proper request, whatever became of its document. Apollo copies contexts, so it is told by caller. */
  private readonly proper = new WeakSet<Caller>();

  constructor(private readonly parts: GraphqlEndpointParts) {
    const { config, schema, logger } = parts;
    this.apollo = new ApolloServer<CallContext>({
      schema,
      logger: quietLogger(logger),
      // Introspection is refused by the same rule as on the other transports.
      introspection: true,
      validationRules: limitRules(config.introspection) as ValidationRule[],
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
    try {
      const body = request.method === 'POST' ? await readJson(request) : undefined;
      const context = await this.contextOf(request, response, requestId);
      const answer = await this.apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: request.method?.toUpperCase() ?? 'GET',
          headers: headersOf(request),
          search: searchOf(request),
          body,
        },
        context: () => Promise.resolve(context),
      });
      send(response, answer, this.proper.has(context.caller));
    } catch (error) {
      logHiddenErrors(this.parts.logger, [error], { address: '', protocol: 'http', requestId });
      if (response.headersSent) response.destroy();
      else sendError(response, error);
    }
  }

  private observing(): ApolloServerPlugin<CallContext> {
    const listener: GraphQLRequestListener<CallContext> = {
      didResolveSource: ({ contextValue }) => {
        this.proper.add(contextValue.caller);
        return Promise.resolve();
      },
      didEncounterErrors: ({ errors, contextValue }) => {
        logHiddenErrors(this.parts.logger, errors, contextValue.caller);
        return Promise.resolve();
      },
    };
    return { requestDidStart: () => Promise.resolve(listener) };
  }

  /** A token that nobody holds leaves the call without identity: `login` works, all else is UNAUTHENTICATED. */
  private async contextOf(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<Context> {
    const { config, contexts, authenticate } = this.parts;
    const token = tokenOf(request);
    const actor = token === undefined ? undefined : await authenticate(token);
    const secure = isSecure(request, config.trustProxy);
    const setSessionToken = (given: string | undefined): void => {
      response.setHeader('set-cookie', sessionCookieHeader(given, secure));
    };
    const address = addressOf(request, config.trustProxy);
    const userAgent = request.headers['user-agent'];
    return contexts.forCall({ address, userAgent, requestId, protocol: 'http', setSessionToken }, actor);
  }
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

/** Apollo logs whole errors; what is worth telling is logged by `logHiddenErrors`. */
function quietLogger(logger: Logger) {
  const silent = (): void => undefined;
  return { debug: silent, info: silent, warn: silent, error: (text: unknown) => logger.error(String(text)) };
}
