import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { BSON } from 'mongodb';

/** A connection to a database's socket that speaks no protocol yet. */
export async function openWire(uri: string): Promise<Socket> {
  const socket = connect(decodeURIComponent(/\/\/([^/]+)/.exec(uri)![1]!));
  await once(socket, 'connect');
  return socket;
}

/** A frame; its length field may lie. */
export function frame(opCode: number, body: Uint8Array, { id = 7, length = 16 + body.length } = {}): Buffer {
  const header = Buffer.alloc(16);
  header.writeInt32LE(length, 0);
  header.writeInt32LE(id, 4);
  header.writeInt32LE(opCode, 12);
  return Buffer.concat([header, body]);
}

/** The body of an OP_MSG with one section. */
export function message(command: object, flags = 0): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32LE(flags, 0);
  return Buffer.concat([head, BSON.serialize(command)]);
}

/** An answer, and the request it answers. */
export interface Reply {
  readonly to: number;
  readonly body: BSON.Document;
}

/** A connection whose answers are read one by one. */
export class Conversation {
  #bytes = Buffer.alloc(0);
  readonly #closed: Promise<unknown>;

  constructor(readonly socket: Socket) {
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => (this.#bytes = Buffer.concat([this.#bytes, chunk])));
    this.#closed = new Promise((resolve) => socket.once('close', resolve));
  }

  send(bytes: Buffer): void {
    this.socket.write(bytes);
  }

  /** The next answers: so many, or those that came before the server closed the connection. */
  async replies(count: number): Promise<Reply[]> {
    const found: Reply[] = [];
    while (found.length < count) {
      const reply = this.#take();
      if (reply) found.push(reply);
      else if (this.socket.destroyed) break;
      else await Promise.race([once(this.socket, 'data').catch(() => undefined), this.#closed]);
    }
    return found;
  }

  end(): void {
    this.socket.destroy();
  }

  #take(): Reply | undefined {
    if (this.#bytes.length < 4 || this.#bytes.length < this.#bytes.readInt32LE(0)) return undefined;
    const size = this.#bytes.readInt32LE(0);
    const bytes = this.#bytes.subarray(0, size);
    this.#bytes = this.#bytes.subarray(size);
    const isQueryReply = bytes.readInt32LE(12) === 1;
    return { to: bytes.readInt32LE(8), body: BSON.deserialize(bytes.subarray(isQueryReply ? 36 : 21)) };
  }
}
