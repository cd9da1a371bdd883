import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { RequestHandler } from 'express';
import type { GraphQLSchema } from 'graphql';
import type { Authenticate } from '../auth/authenticate.js';
import type { Bus } from '../bus/bus.js';
import type { Config } from '../config.js';
import { forbidden } from '../errors.js';
import type { Contexts } from '../graphql/contexts.js';
import type { Executor } from '../graphql/executor.js';
import { printSdl } from '../graphql/schema.js';
import type { Health } from '../observability/health.js';
import type { Logger } from '../observability/logger.js';
import { drain } from './drain.js';
import { createExpressApp, type ExpressApp } from './express-app.js';
import { GraphqlEndpoint, sendError } from './graphql-endpoint.js';
import { GraphqlSockets } from './graphql-sockets.js';
import { LiveSockets, type SocketObserver } from './live-sockets.js';
import type { PublishedMetrics } from './metrics-endpoint.js';
import { foreignOriginMessage, isPreflight, Origins } from './origins.js';
import { pathOf, requestIdOf } from './request-facts.js';
import { sendFailure } from './served-error.js';
import type { SlowReaderMeter } from './slow-readers.js';
import { Upgrades, type UpgradeHandler } from './upgrade.js';
import type { WsTimings } from './ws-timings.js';

/** The path of GraphQL, over HTTP and over WebSockets. */
const graphqlPath = '/graphql';

/** Time for a request's head, for a whole request, and between two checks of them, in milliseconds. */
const serverTimes = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 5_000 };
const defaultDrainMs = 5_000;
const builtPages = fileURLToPath(new URL('../../web', import.meta.url));

/** What the server counts, and publishes. */
export interface ServerMetrics extends PublishedMetrics, SlowReaderMeter {
  countConnections(protocol: string, count: () => number): void;
}

export interface HttpServerParts {
  readonly config: Config;
  readonly schema: GraphQLSchema;
  readonly executor: Executor;
  readonly contexts: Contexts;
  readonly authenticate: Authenticate;
  readonly bus: Bus;
  readonly observer: SocketObserver;
  readonly health: Health;
  readonly logger: Logger;
  readonly metrics?: ServerMetrics;
  /** The folder of the built pages; `dist/web` when absent. */
  readonly webRoot?: string;
  readonly timings?: WsTimings;
  /** What running requests get to finish when the server stops, in milliseconds; 5,000 when absent. */
  readonly drainMs?: number;
}

/** The one port that carries everything. */
export class HttpServer {
  readonly liveSockets: LiveSockets;
  private readonly server: Server;
  private readonly origins: Origins;
  private readonly upgrades: Upgrades;
  private readonly graphql: GraphqlEndpoint;
  private readonly sockets: GraphqlSockets;
  private readonly express: ExpressApp;
  private isStopping = false;

  constructor(private readonly parts: HttpServerParts) {
    const { config, bus, observer } = parts;
    const proxies = config.trustProxy;
    this.liveSockets = new LiveSockets(bus, observer);
    this.origins = new Origins(config);
    this.upgrades = new Upgrades(this.origins);
    this.graphql = new GraphqlEndpoint({ ...parts, watch: parts.executor.watch, documents: parts.executor.documents });
    this.sockets = new GraphqlSockets({ ...parts, proxies, liveSockets: this.liveSockets, meter: parts.metrics });
    parts.metrics?.countConnections('graphql-ws', () => this.sockets.size);
    this.express = createExpressApp({
      ...parts,
      proxies,
      metricsAccess: { mode: config.metrics, token: config.metricsToken, proxies },
      webRoot: parts.webRoot ?? builtPages,
      sdl: printSdl(parts.schema),
    });
    this.server = createServer(serverTimes, (request, response) => this.route(request, response));
    this.server.on('upgrade', this.upgrades.handle);
    this.upgrades.on(graphqlPath, this.sockets.accept);
  }

  /** The address of the server once it listens, without a slash at its end. */
  get url(): string {
    const { address, port, family } = this.server.address() as AddressInfo;
    const anywhere = address === '0.0.0.0' || address === '::';
    const host = anywhere ? 'localhost' : family === 'IPv6' ? `[${address}]` : address;
    return `http://${host}:${port}`;
  }

  /** Serves a path and everything under it through Express. */
  mount(path: string, handler: RequestHandler): void {
    this.express.mount(path, handler);
  }

  /** Lets sockets of another protocol in at a path; who may open one has been checked. */
  onUpgrade(path: string, handler: UpgradeHandler): void {
    this.upgrades.on(path, handler);
  }

  /**
   * Starts to listen.
   * @returns the address
   * @throws Error with cause and remedy when the port cannot be had
   */
  async listen(port: number, host: string): Promise<string> {
    await this.graphql.start();
    this.server.listen(port, host);
    try {
      await once(this.server, 'listening');
    } catch (error) {
      throw cannotListen(error as NodeJS.ErrnoException, port, host);
    }
    return this.url;
  }

  /** Says at /readyz that it stops, and serves as before until whoever asks there has had time to notice. */
  async announceStop(): Promise<void> {
    const { health, config } = this.parts;
    health.beginStopping();
    if (config.stopDelay > 0) await pause(config.stopDelay * 1_000);
  }

  /** Takes nothing new, answers what has arrived within the time to drain, closes every socket with 1001 and releases everything. */
  async stop(): Promise<void> {
    const { health, drainMs = defaultDrainMs } = this.parts;
    health.beginStopping();
    this.isStopping = true;
    this.upgrades.refuseAll();
    await Promise.all([drain(this.server, drainMs), this.sockets.stop(drainMs)]);
    await this.graphql.stop();
  }

  private route(request: IncomingMessage, response: ServerResponse): void {
    const requestId = requestIdOf(request);
    response.setHeader('x-request-id', requestId);
    response.setHeader('x-content-type-options', 'nosniff');
    if (this.isStopping) response.setHeader('connection', 'close');
    this.origins.addHeaders(request, response);
    if (isPreflight(request)) response.writeHead(204).end();
    else if (!this.origins.admits(request)) refuseOrigin(request, response);
    else if (pathOf(request) === graphqlPath) void this.graphql.handle(request, response, requestId);
    else void this.express.app(request, response);
  }
}

/** Each door in its own shape. */
function refuseOrigin(request: IncomingMessage, response: ServerResponse): void {
  const error = forbidden('FOREIGN_ORIGIN', foreignOriginMessage);
  if (pathOf(request) === graphqlPath) sendError(response, error);
  else sendFailure(response, error);
}

function cannotListen(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === 'EADDRINUSE')
    return new Error(`Port ${port} is taken by another program. Stop it, or set PORT to another number.`);
  if (error.code === 'EACCES')
    return new Error(`Port ${port} may not be opened by this user. Set PORT to a number from 1024 on.`);
  return new Error(`Cannot listen on ${host}:${port} (${error.code ?? error.message}). Check HOST and PORT.`);
}
