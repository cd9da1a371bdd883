import { createRequire } from 'node:module';
import { io, type ManagerOptions, type SocketOptions } from 'socket.io-client';
import { eventually } from './eventually.js';

/** What an acknowledgement holds. */
export interface SocketAnswer {
  readonly code: number;
  readonly msg: string;
  readonly data?: unknown;
  readonly [detail: string]: unknown;
}

/** The part of a Socket.IO client that both generations have. */
interface AnySocket {
  readonly connected: boolean;
  readonly id?: string;
  readonly io: {
    readonly engine: { readonly transport: { readonly name: string }; close(): unknown };
    on(event: 'close', listener: () => void): unknown;
  };
  emit(event: string, ...args: unknown[]): unknown;
  on(event: string, listener: (...args: never[]) => void): unknown;
  close(): unknown;
}

type Options = Partial<ManagerOptions & SocketOptions> & { readonly extraHeaders?: Record<string, string> };

const oldClient = createRequire(import.meta.url)('socket.io-client-2') as (url: string, options: object) => AnySocket;

/** A client of either generation, and everything that it has been sent. */
export class TestSocket {
  /** Events in the order of their arrival, each with its arguments. */
  readonly received: [event: string, ...args: unknown[]][] = [];
  /** Why it was refused or how its connection ended. */
  ended: unknown;
  /** How often a connection of it has ended. */
  lost = 0;
  /** Why it was disconnected, each time. */
  readonly partings: string[] = [];

  private constructor(readonly socket: AnySocket) {
    socket.on('disconnect', (reason: string) => {
      this.ended = reason;
      this.partings.push(reason);
    });
    socket.on('connect_error', (error: Error & { data?: unknown }) => (this.ended = error.data ?? error));
    socket.on('error', (error: unknown) => (this.ended = error));
    socket.io.on('close', () => (this.lost += 1));
  }

  /** Socket.IO 4. */
  static modern(url: string, token?: string, options: Options = {}): TestSocket {
    const auth = token === undefined ? {} : { token };
    const socket = io(url, { path: '/sockets', forceNew: true, reconnection: false, auth, ...options });
    const made = new TestSocket(socket);
    socket.onAny((event: string, ...args: unknown[]) => void made.received.push([event, ...args]));
    return made;
  }

  /** Socket.IO 2, as the pages of old load it: by default it polls first and then upgrades. */
  static old(url: string, token?: string, options: object = {}): TestSocket {
    const headers = token === undefined ? {} : { Cookie: `sid=${token}` };
    const transportOptions = { polling: { extraHeaders: headers }, websocket: { extraHeaders: headers } };
    const common = { path: '/sockets', forceNew: true, reconnection: false, transportOptions, extraHeaders: headers };
    const socket = oldClient(url, { ...common, ...options }) as AnySocket & { onevent: (packet: unknown) => void };
    const made = new TestSocket(socket);
    const onevent = socket.onevent.bind(socket);
    socket.onevent = (packet) => {
      made.received.push(
        (packet as { data: [string, ...unknown[]] }).data.filter((arg) => typeof arg !== 'function') as never,
      );
      onevent(packet);
    };
    return made;
  }

  /** Once it is connected and, with an identity, has been welcomed. */
  async welcomed(): Promise<this> {
    await this.first('user data');
    return this;
  }

  async connected(): Promise<this> {
    await eventually(() => expect(this.socket.connected).toBe(true));
    return this;
  }

  /** The arguments of all events of a name so far. */
  of(event: string): unknown[] {
    return this.received.filter(([name]) => name === event).map(([, data]) => data);
  }

  /** The first event of a name, when it has come. */
  first(event: string): Promise<unknown> {
    return eventually(() => {
      expect(this.received.map(([name]) => name)).toContain(event);
      return this.of(event)[0];
    });
  }

  /** Emits with an acknowledgement. */
  ask(event: string, ...payload: unknown[]): Promise<SocketAnswer> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${event} was not acknowledged`)), 5_000);
      this.socket.emit(event, ...payload, (answer: SocketAnswer) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
  }

  tell(event: string, ...payload: unknown[]): void {
    this.socket.emit(event, ...payload);
  }

  get transport(): string {
    return this.socket.io.engine.transport.name;
  }

  /** Cuts its connection, as a broken network does. */
  cut(): void {
    this.socket.io.engine.close();
  }

  close(): void {
    this.socket.close();
  }
}
