import type { Socket } from 'socket.io';

/** The largest packet of a connection without identity, in characters. */
const maxAnonymousLength = 8_192;

type Connection = Socket['conn'];

/** Keeps what comes from nobody in particular small, from the first packet on. */
export class FirstPackets {
  private readonly known = new WeakSet<Connection>();

  /** Closes the connection at a packet that is too large, before anybody reads it. */
  watch(connection: Connection): void {
    connection.prependListener('packet', ({ data }: { data?: unknown }) => {
      const { length = 0 } = (data ?? {}) as { length?: number };
      if (length > maxAnonymousLength && !this.known.has(connection)) connection.close(true);
    });
  }

  /** The connection is somebody's from here on. */
  lift(connection: Connection): void {
    this.known.add(connection);
  }
}
