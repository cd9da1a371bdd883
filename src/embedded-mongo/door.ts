import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where clients connect to: a Unix socket, or a port of the loopback address. */
export type Address = { readonly path: string } | { readonly host: string; readonly port: number };

/** The way into a database, for its owner only. */
export interface Door {
  readonly address: Address;
  /** What answers as long as the database lives: a socket's path or a port. */
  readonly endpoint: string | number;
  /** What clients must know to come in; undefined where the file system guards the door. */
  readonly secret: string | undefined;
  /** Removes what a killed process has left behind. */
  clear(): void;
  /** Closes the door to others, and gives its URI. */
  opened(bound: Address): string;
  remove(): void;
}

/** Unix socket paths hold 104 bytes on macOS and 108 on Linux, with the zero at the end. */
const maxSocketPath = 100;

/** In the data folder, or in a private folder of its own when that path is too long. */
function socketPath(dataDir: string): string {
  const path = join(dataDir, 'mongo.sock');
  return Buffer.byteLength(path) <= maxSocketPath ? path : join(mkdtempSync(join(tmpdir(), 'chatset-')), 'mongo.sock');
}

/** A Unix socket that only its owner may use. */
export function socketDoor(dataDir: string): Door {
  const path = socketPath(dataDir);
  const clear = (): void => rmSync(path, { force: true });
  return {
    address: { path },
    endpoint: path,
    secret: undefined,
    clear,
    opened: () => {
      chmodSync(path, 0o600);
      return `mongodb://${encodeURIComponent(path)}/chatset?directConnection=true`;
    },
    remove: () => {
      clear();
      if (dirname(path) !== dataDir) rmSync(dirname(path), { recursive: true, force: true });
    },
  };
}

/** A loopback port with a secret, for systems whose sockets the file system does not guard (Windows). */
export async function portDoor(): Promise<Door> {
  const secret = randomBytes(24).toString('hex');
  const beacon = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(beacon, 'listening');
  return {
    address: { host: '127.0.0.1', port: 0 },
    endpoint: (beacon.address() as AddressInfo).port,
    secret,
    clear: () => undefined,
    opened: (bound) => {
      const port = 'port' in bound ? bound.port : 0;
      return `mongodb://chatset:${secret}@127.0.0.1:${port}/chatset?directConnection=true&authMechanism=PLAIN&authSource=%24external`;
    },
    remove: () => void beacon.close(),
  };
}
