import { once } from 'node:events';
import { WebSocket, type ClientOptions } from 'ws';

/** A bare WebSocket that speaks graphql-transport-ws by hand. */
export class RawSocket {
  readonly messages: Record<string, unknown>[] = [];
  closed: { code: number; reason: string } | undefined;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.messages.push(JSON.parse(data.toString()) as Record<string, unknown>));
    socket.on('close', (code, reason) => (this.closed = { code, reason: reason.toString() }));
    socket.on('error', () => undefined);
  }

  static async open(url: string, options: ClientOptions & { protocols?: string[] } = {}): Promise<RawSocket> {
    const raw = new RawSocket(new WebSocket(url, options.protocols ?? ['graphql-transport-ws'], options));
    await once(raw.socket, 'open');
    return raw;
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Introduces itself and waits for the answer. */
  async init(payload?: Record<string, unknown>): Promise<void> {
    this.send({ type: 'connection_init', payload });
    await once(this.socket, 'message');
  }

  subscribe(id: string, query: string, variables?: Record<string, unknown>): void {
    this.send({ id, type: 'subscribe', payload: { query, variables } });
  }

  /** The code and reason that the server closed with. */
  async end(): Promise<{ code: number; reason: string }> {
    if (!this.closed) await once(this.socket, 'close');
    return this.closed!;
  }
}
