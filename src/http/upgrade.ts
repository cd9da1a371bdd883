import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { foreignOriginMessage, type Origins } from './origins.js';
import { pathOf } from './request-facts.js';

/** Turns one request into a socket of its protocol. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** The one place where requests become sockets: checks who may, and hands over by path. */
export class Upgrades {
  private readonly handlers = new Map<string, UpgradeHandler>();

  private isRefusing = false;

  constructor(private readonly origins: Origins) {}

  /** @param path without a slash at its end */
  on(path: string, handler: UpgradeHandler): void {
    this.handlers.set(path, handler);
  }

  /** The server stops: nobody gets a socket any more. */
  refuseAll(): void {
    this.isRefusing = true;
  }

  readonly handle: UpgradeHandler = (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const handler = this.handlers.get(pathOf(request).replace(/\/$/, ''));
    if (this.isRefusing) refuse(socket, '503 Service Unavailable', 'The server is stopping. Connect again shortly.');
    else if (!handler) refuse(socket, '404 Not Found', 'There is no socket at this path.');
    else if (!this.origins.admitsSocket(request)) refuse(socket, '403 Forbidden', foreignOriginMessage);
    else handler(request, socket, head);
  };
}

function refuse(socket: Duplex, status: string, sentence: string): void {
  const body = `${sentence}\n`;
  const headers = `Connection: close\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(body)}`;
  socket.end(`HTTP/1.1 ${status}\r\n${headers}\r\n\r\n${body}`, () => socket.destroy());
}
