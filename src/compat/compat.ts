import type { RequestHandler } from 'express';
import type { Authenticate } from '../auth/authenticate.js';
import type { Config } from '../config.js';
import type { LiveSockets } from '../http/live-sockets.js';
import { sendServedError } from '../http/served-error.js';
import type { ServerMetrics } from '../http/server.js';
import type { UpgradeHandler } from '../http/upgrade.js';
import type { WsTimings } from '../http/ws-timings.js';
import type { Logger } from '../observability/logger.js';
import { about } from '../about.js';
import { servedDocuments } from './documents/served-documents.js';
import { Operations, type OperationsParts } from './operations.js';
import { Callers } from './rest/callers.js';
import { loginForms } from './rest/login-forms.js';
import { restPrefixes, restRouter } from './rest/router.js';
import { SocketDoor, socketPaths } from './sockets/socket-door.js';
import { table } from './table.js';

/** What of the one port the old protocols need. */
export interface Doors {
  readonly liveSockets: LiveSockets;
  mount(path: string, handler: RequestHandler): void;
  onUpgrade(path: string, handler: UpgradeHandler): void;
}

export interface CompatParts extends OperationsParts {
  readonly config: Config;
  readonly authenticate: Authenticate;
  readonly logger: Logger;
  readonly timings?: WsTimings;
  readonly metrics?: ServerMetrics;
}

/** Pages of old have copies of their own; the one that Socket.IO could hand out here does not speak to them. */
const noClientLibrary: RequestHandler = (request, response) => {
  const message =
    'The library of Socket.IO is not served here. Put the copy of the client that your page uses beside it.';
  sendServedError(request, response, { status: 404, message });
};

/** Serves what the table says over REST and Socket.IO. */
export class Compat {
  private readonly sockets: SocketDoor;

  /** @throws Error when the table does not fit the schema */
  constructor(parts: CompatParts, doors: Doors) {
    const { config, authenticate } = parts;
    const operations = new Operations(parts, table);
    const callers = new Callers({ authenticate, proxies: config.trustProxy });
    const rest = restRouter({ operations, callers });
    for (const prefix of restPrefixes) doors.mount(prefix, rest);
    doors.mount('/', loginForms(operations, callers));
    doors.mount('/', servedDocuments(parts.schema, about.version));
    this.sockets = new SocketDoor({ ...parts, operations, liveSockets: doors.liveSockets });
    for (const path of socketPaths) {
      doors.mount(`${path}/socket.io.js`, noClientLibrary);
      doors.mount(path, this.sockets.request);
      doors.onUpgrade(path, this.sockets.upgrade);
    }
  }

  /** Closes every socket. */
  stop(): Promise<void> {
    return this.sockets.stop();
  }
}
