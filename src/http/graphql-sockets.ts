import type { IncomingMessage } from 'node:http';
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL, handleProtocols } from 'graphql-ws';
import { WebSocket, WebSocketServer, type RawData } from 'ws';
import { addressOf, requestIdOf } from './request-facts.js';
import { type SlowReaderMeter, SlowReaders, tellCuts } from './slow-readers.js';
import { spread } from './spread.js';
import { tokenOf } from './tokens.js';
import type { UpgradeHandler } from './upgrade.js';
import { WsConnection, type WsServices } from './ws-connection.js';
import { defaultWsTimings, type WsTimings } from './ws-timings.js';

/** The largest frame, in bytes; a larger one closes its socket with 1009. */
const maxFrameBytes = 1_048_576;
/** How long sockets may take to say goodbye when the server stops, in milliseconds. */
const goodbyeMs = 3_000;

/** Its handlers are shared by all sockets, so that an idle one holds as little as possible. */
class ChatSocket extends WebSocket {
  connection?: WsConnection;
}

export interface GraphqlSocketsParts extends Omit<WsServices, 'slowReaders'> {
  /** How many proxies stand before the server. */
  readonly proxies: number;
  readonly timings?: WsTimings;
  readonly meter?: SlowReaderMeter;
}

/** GraphQL over WebSockets: every operation, with subscriptions pushed as they happen. */
export class GraphqlSockets {
  private readonly server = new WebSocketServer<typeof ChatSocket>({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: maxFrameBytes,
    handleProtocols,
    WebSocket: ChatSocket,
  });
  private readonly services: WsServices;
  private readonly timings: WsTimings;
  private readonly pinging: NodeJS.Timeout;

  constructor(private readonly parts: GraphqlSocketsParts) {
    this.timings = parts.timings ?? defaultWsTimings;
    this.services = {
      ...parts,
      slowReaders: new SlowReaders(this.timings.slowReader, tellCuts(parts.logger, parts.meter)),
    };
    this.pinging = setInterval(() => this.pingAll(), this.timings.ping).unref();
  }

  readonly accept: UpgradeHandler = (request, socket, head) => {
    this.server.handleUpgrade(request, socket, head, (opened) => this.opened(opened, request));
  };

  /** How many sockets are open. */
  get size(): number {
    return this.server.clients.size;
  }

  /**
   * Closes all sockets with 1001 once what they run is answered, one after the other over a moment, so that their
   * owners do not all come back at once.
   * @param patienceMs what running operations get to be answered
   */
  async stop(patienceMs: number): Promise<void> {
    clearInterval(this.pinging);
    const all = [...this.server.clients];
    const gone = all.map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())));
    await spread(all, ({ connection }) => connection?.drain(patienceMs));
    const timer = setTimeout(() => all.forEach((socket) => socket.terminate()), patienceMs + goodbyeMs);
    await Promise.all(gone);
    clearTimeout(timer);
    this.server.close();
  }

  private opened(socket: ChatSocket, request: IncomingMessage): void {
    if (socket.protocol !== GRAPHQL_TRANSPORT_WS_PROTOCOL) {
      socket.on('error', dispose);
      socket.close(CloseCode.SubprotocolNotAcceptable, 'Subprotocol not acceptable');
      return;
    }
    const caller = {
      address: addressOf(request, this.parts.proxies),
      userAgent: request.headers['user-agent'],
      requestId: requestIdOf(request),
      protocol: 'graphql-ws',
    } as const;
    const origin = { caller, token: tokenOf(request) };
    socket.connection = new WsConnection(socket, this.services, { origin, initWait: this.timings.init });
    socket.on('message', receive).on('pong', heard).on('close', dispose).on('error', dispose);
  }

  private pingAll(): void {
    for (const { connection } of this.server.clients) connection?.ping();
  }
}

function receive(this: ChatSocket, data: RawData, isBinary: boolean): void {
  this.connection?.receive(data as Buffer, isBinary);
}

function heard(this: ChatSocket): void {
  if (this.connection) this.connection.isAlive = true;
}

/** Faults of the peer's frames arrive as errors; ws closes the socket by itself. */
function dispose(this: ChatSocket): void {
  this.connection?.dispose();
}
