import type { Socket } from 'socket.io';

type Connection = Socket['conn'];

/** Closes connections on which nobody asks for a socket in time. What the server takes for its answer does not count. */
export class Introductions {
  private readonly clocks = new WeakMap<Connection, () => void>();

  /** @param patienceMs what a client gets to ask, and to go when it was refused */
  constructor(private readonly patienceMs: number) {}

  expect(connection: Connection): void {
    this.clocks.set(connection, this.closeLater(connection));
  }

  /** @returns whether it is the first time that this connection asks */
  heard(connection: Connection): boolean {
    const stop = this.clocks.get(connection);
    this.clocks.delete(connection);
    stop?.();
    return stop !== undefined;
  }

  /** The connection carries no socket, and can have no other. */
  refused(connection: Connection): void {
    this.closeLater(connection);
  }

  /** @returns keeps it open */
  private closeLater(connection: Connection): () => void {
    let isStopped = false;
    const timer = setTimeout(() => {
      // What came while the server was busy is read first.
      setImmediate(() => {
        if (!isStopped) connection.close();
      });
    }, this.patienceMs);
    const stop = (): void => {
      isStopped = true;
      clearTimeout(timer);
    };
    connection.once('close', stop);
    return stop;
  }
}
