import type { Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { Address } from './door.js';
import type { Engine } from './engine.js';
import { Gate } from './commands/authentication.js';
import { dispatch, errorReply } from './commands/dispatch.js';
import { Framer } from './wire/framing.js';
import type { Frame } from './wire/messages.js';
import { isUnderstood, readCommand, readFrame, wantsReply, writeReply } from './wire/messages.js';
import type { Reply } from './wire/reply.js';
import { replyBytes } from './wire/reply.js';

/** Answers more bytes than this before it reads on: a client that does not read fills nobody's memory. */
const highWater = 64 * 1024 * 1024;

/** One client: commands are carried out in the order they come, as MongoDB does for a connection. */
class Connection {
  readonly #framer = new Framer();
  readonly #waiting: Buffer[] = [];
  #isBusy = false;
  #nextId = 1;

  constructor(
    readonly engine: Engine,
    readonly socket: Socket,
    readonly client: { readonly id: number; readonly gate: Gate },
  ) {
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', () => socket.destroy());
  }

  #receive(chunk: Buffer): void {
    if (this.socket.writableEnded) return;
    try {
      for (const message of this.#framer.push(chunk)) this.#waiting.push(message);
    } catch {
      this.socket.destroy();
      return;
    }
    if (!this.#isBusy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    this.socket.pause();
    for (let message = this.#waiting.shift(); message && !this.socket.destroyed; message = this.#waiting.shift()) {
      await this.#handle(readFrame(message));
    }
    this.#isBusy = false;
    this.socket.resume();
  }

  async #handle(frame: Frame): Promise<void> {
    let incoming;
    try {
      incoming = readCommand(frame);
    } catch (error) {
      if (wantsReply(frame)) this.#send(frame, replyBytes(errorReply(error)));
      if (!isUnderstood(frame)) this.#end();
      return;
    }
    const { database, body } = incoming;
    const { id: connectionId, gate } = this.client;
    const reply = gate.answer(body) ?? (await dispatch({ engine: this.engine, connectionId, database, body }));
    if (incoming.wantsReply) this.#send(frame, bytesOf(reply));
    if (this.socket.writableLength > highWater) await drained(this.socket);
  }

  /** Closes the connection when what was answered is sent; nothing that came behind is carried out. */
  #end(): void {
    this.#waiting.length = 0;
    this.socket.destroySoon();
  }

  #send(frame: Frame, document: Buffer): void {
    if (!this.socket.destroyed) this.socket.write(writeReply(frame, this.#nextId, document));
    this.#nextId += 1;
  }
}

/** A result that cannot be written (one over 64 MB, for instance) is an error of its command alone. */
function bytesOf(reply: Reply): Buffer {
  try {
    return replyBytes(reply);
  } catch (error) {
    return replyBytes(errorReply(error));
  }
}

async function drained(socket: Socket): Promise<void> {
  await new Promise<void>((resolve) => {
    socket.once('drain', resolve);
    socket.once('close', resolve);
  });
}

/** Takes connections until it is closed. */
export class WireServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #connections = 0;

  constructor(
    readonly engine: Engine,
    readonly secret: string | undefined,
  ) {
    this.#server = createServer((socket) => this.#accept(socket));
  }

  /** @returns the address, with the port that was chosen when 0 was asked for. */
  async listen(address: Address): Promise<Address> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(address, resolve);
    });
    const bound = this.#server.address();
    return typeof bound === 'object' && bound !== null ? { host: bound.address, port: bound.port } : address;
  }

  /** Ends every connection and stops listening. */
  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #accept(socket: Socket): void {
    socket.setNoDelay(true);
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    this.#connections += 1;
    new Connection(this.engine, socket, { id: this.#connections, gate: new Gate(this.secret) });
  }
}
