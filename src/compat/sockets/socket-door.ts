import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { Server as Engine } from 'engine.io';
import { Server, type Socket } from 'socket.io';
import type { Authenticate } from '../../auth/authenticate.js';
import type { Config } from '../../config.js';
import type { Executor } from '../../graphql/executor.js';
import { closeCodes, type LiveSockets } from '../../http/live-sockets.js';
import { foreignOriginMessage, Origins } from '../../http/origins.js';
import type { ServerMetrics } from '../../http/server.js';
import { SlowReaders, tellCuts } from '../../http/slow-readers.js';
import { spread } from '../../http/spread.js';
import { defaultWsTimings, type WsTimings } from '../../http/ws-timings.js';
import type { Logger } from '../../observability/logger.js';
import type { Asker, Operations } from '../operations.js';
import { Admission } from './admission.js';
import { ChatSocket } from './chat-socket.js';
import { FirstPackets } from './first-packets.js';
import { Frames } from './frames.js';
import { Introductions } from './introductions.js';
import { rowsByEvent } from './requests.js';

/** Where Socket.IO is served: the path of old, and the usual one. */
export const socketPaths = ['/sockets', '/socket.io'] as const;

/** The largest packet, in bytes; a larger one closes its socket. */
const maxPacketBytes = 1_048_576;

/** The clock of Socket.IO counts what the server takes, too; it is set to the longest time there is. */
const socketIoPatience = 2 ** 31 - 1;

/** How long sockets may take to end when the server stops, in milliseconds. */
const goodbyeMs = 3_000;

/** Heartbeats, cookie and protocol as clients of old know them (Engine.IO 3 beside 4). */
const engineOptions = {
  allowEIO3: true,
  pingInterval: 25_000,
  pingTimeout: 5_000,
  cookie: { name: 'io', path: '/', httpOnly: true, sameSite: false as unknown as boolean },
  maxHttpBufferSize: maxPacketBytes,
  perMessageDeflate: false,
} as const;

export interface SocketDoorParts {
  readonly config: Config;
  readonly operations: Operations;
  readonly executor: Executor;
  readonly authenticate: Authenticate;
  readonly logger: Logger;
  readonly liveSockets: LiveSockets;
  readonly timings?: WsTimings;
  readonly metrics?: ServerMetrics;
}

/** Socket.IO over the table, for clients 2.x and 4.x. */
export class SocketDoor {
  private readonly engine: Engine;
  private readonly io: Server;
  private readonly open = new Set<ChatSocket>();
  private readonly askers = new WeakMap<Socket, Asker>();
  private readonly firstPackets = new FirstPackets();

  constructor(parts: SocketDoorParts) {
    const { config, logger, metrics, timings = defaultWsTimings } = parts;
    const origins = new Origins(config);
    this.engine = new Engine({
      ...engineOptions,
      allowRequest: (request, decide) => {
        const isAdmitted = isScript(request) ? origins.admitsScript(request) : origins.admitsSocket(request);
        decide(isAdmitted ? null : foreignOriginMessage, isAdmitted);
      },
    });
    // Browsers run no script that is declared as text.
    this.engine.on('headers', (headers: Record<string, string>, request: IncomingMessage) => {
      if (isScript(request) && 'Content-Type' in headers) headers['Content-Type'] = 'text/javascript; charset=UTF-8';
    });
    const introductions = new Introductions(timings.init);
    this.engine.on('connection', (connection: Socket['conn']) => {
      this.firstPackets.watch(connection);
      introductions.expect(connection);
    });
    this.io = new Server({ serveClient: false, connectTimeout: socketIoPatience });
    this.io.bind(this.engine);
    const services = {
      ...parts,
      rows: rowsByEvent(parts.operations.rows),
      frames: new Frames(),
      slowReaders: new SlowReaders(timings.slowReader, tellCuts(logger, metrics)),
    };
    const admission = new Admission({ ...parts, proxies: config.trustProxy, isLimited: config.rateLimits });
    this.admitBy(admission, introductions);
    this.io.on('connection', (socket) => {
      const asker = this.askers.get(socket);
      if (asker?.actor) this.firstPackets.lift(socket.conn);
      if (asker) this.begin(socket, new ChatSocket(socket, services, asker));
    });
    metrics?.countConnections('socket.io', () => this.engine.clientsCount);
  }

  /** Handshakes and long polling. */
  readonly request = (request: IncomingMessage, response: ServerResponse): void => {
    if (isScript(request)) lend(response);
    this.engine.handleRequest(request, response);
  };

  /** WebSockets, from the start or after polling. */
  readonly upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    this.engine.handleUpgrade(request, socket, head);
  };

  /** Closes every socket once what it runs is answered, one after the other over a moment. */
  async stop(): Promise<void> {
    await spread([...this.open], (socket) => socket.end(closeCodes.goingAway));
    await Promise.race([this.whenEmpty(), pause(goodbyeMs, undefined, { ref: false })]);
    await this.io.close();
  }

  private admitBy(admission: Admission, introductions: Introductions): void {
    this.io.use((socket, next) => {
      const isFirst = introductions.heard(socket.conn);
      admission.admit(socket).then(
        (asker) => {
          this.askers.set(socket, asker);
          next();
        },
        (error: unknown) => {
          if (isFirst) introductions.refused(socket.conn);
          next(error as Error);
        },
      );
    });
  }

  private begin(socket: Socket, chat: ChatSocket): void {
    this.open.add(chat);
    socket.once('disconnect', () => this.open.delete(chat));
    chat.start();
  }

  private async whenEmpty(): Promise<void> {
    while (this.open.size > 0) await pause(10);
  }
}

/** Whether the answer is to be a script (JSONP). */
function isScript({ url = '' }: IncomingMessage): boolean {
  return /[?&]j=/.test(url);
}

/** Lets the page that was admitted load an answer as a script, and into the frame to which it posts its own packets. */
function lend(response: ServerResponse): void {
  response.setHeader('cross-origin-resource-policy', 'cross-origin');
  for (const name of ['content-security-policy', 'x-frame-options']) response.removeHeader(name);
}
