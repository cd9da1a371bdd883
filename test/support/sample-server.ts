import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { MemoryBus } from '../../src/bus/memory-bus.js';
import { readConfig } from '../../src/config.js';
import type { OperationResult } from '../../src/graphql/executor.js';
import { HttpServer } from '../../src/http/server.js';
import { defaultWsTimings, type WsTimings } from '../../src/http/ws-timings.js';
import { Health, type HealthCheck } from '../../src/observability/health.js';
import { buildActor, buildSampleCore, type SampleCore, type SampleOptions } from './sample-core.js';

/** The sample schema behind the real HTTP server on a free port. The token `token-of-ana` is Ana's. */
export interface SampleServer extends SampleCore {
  readonly server: HttpServer;
  readonly bus: MemoryBus;
  readonly health: Health;
  readonly url: string;
  readonly wsUrl: string;
  /** Sockets as the observer was told of them. */
  readonly online: string[];
  /** Slow readers that were cut. */
  readonly cut: () => number;
  stop(): Promise<void>;
}

export interface SampleServerOptions extends SampleOptions {
  readonly variables?: Record<string, string>;
  readonly timings?: Partial<WsTimings>;
  readonly checks?: Record<string, HealthCheck>;
  readonly port?: number;
  readonly drainMs?: number;
  readonly webRoot?: string;
}

export async function startSampleServer(options: SampleServerOptions = {}): Promise<SampleServer> {
  const config = readConfig({ INTROSPECTION: options.introspection ? 'on' : 'off', ...options.variables });
  const core = buildSampleCore(options);
  const bus = new MemoryBus();
  const health = new Health(options.checks ?? {});
  const online: string[] = [];
  let cut = 0;
  const server = new HttpServer({
    ...core,
    config,
    bus,
    health,
    authenticate: (token) => {
      if (token === 'database-down')
        return Promise.reject(Object.assign(new Error('down'), { name: 'MongoNetworkError' }));
      const name = /^token-of-(\w+)$/.exec(token)?.[1];
      return Promise.resolve(name === undefined ? undefined : buildActor(name));
    },
    observer: {
      opened: ({ userId }) => void online.push(userId),
      closed: ({ userId }) => void online.splice(online.indexOf(userId), 1),
    },
    timings: { ...defaultWsTimings, ...options.timings },
    drainMs: options.drainMs,
    metrics: {
      contentType: 'text/plain',
      text: () => Promise.resolve(''),
      countConnections: () => undefined,
      slowReaderCut: () => void (cut += 1),
    },
    webRoot: options.webRoot,
  });
  const url = await server.listen(options.port ?? 0, '127.0.0.1');
  const wsUrl = `${url.replace('http', 'ws')}/graphql`;
  return { ...core, server, bus, health, url, wsUrl, online, cut: () => cut, stop: () => server.stop() };
}

/** A real graphql-ws client; it connects with its first operation. */
export function connect({ wsUrl }: SampleServer, name?: string): Client {
  const connectionParams = name === undefined ? {} : { token: `token-of-${name}` };
  return createClient({ url: wsUrl, webSocketImpl: WebSocket, connectionParams, retryAttempts: 0 });
}

/** Runs a query or a mutation over graphql-ws; what the server sends as `error` is given as `errors`. */
export async function runOverSocket(
  client: Client,
  payload: Parameters<Client['subscribe']>[0],
): Promise<OperationResult> {
  return new Promise((resolve, reject) => {
    let result: OperationResult | undefined;
    client.subscribe(payload, {
      next: (value) => (result = value as OperationResult),
      error: (error) =>
        Array.isArray(error) ? resolve({ errors: error as OperationResult['errors'] }) : reject(error as Error),
      complete: () => (result ? resolve(result) : reject(new Error('completed without a result'))),
    });
  });
}

export interface PostOptions {
  readonly token?: string;
  readonly headers?: Record<string, string>;
}

/** Posts an operation. */
export function post(url: string, body: unknown, { token, headers }: PostOptions = {}): Promise<Response> {
  return fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
