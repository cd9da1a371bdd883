import type { Server } from 'node:http';
import { Server as TcpServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What a request that is on its way over an open connection gets to arrive, in milliseconds. */
const arrivalMs = 100;
const lookEveryMs = 50;

/**
 * Takes no new connection, lets what has arrived be answered, and closes every connection once it is idle.
 * Node's own `close` cuts idle connections at once, and with them requests that are just arriving.
 * @param patienceMs after which everything is cut
 */
export async function drain(server: Server, patienceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => TcpServer.prototype.close.call(server, () => resolve()));
  const deadline = setTimeout(() => server.closeAllConnections(), patienceMs);
  await Promise.race([closed, pause(arrivalMs)]);
  server.closeIdleConnections();
  const looking = setInterval(() => server.closeIdleConnections(), lookEveryMs);
  await closed;
  clearInterval(looking);
  clearTimeout(deadline);
}
