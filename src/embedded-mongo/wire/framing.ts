import { fail } from '../errors.js';
import { headerSize, maxMessageSize } from './limits.js';

/** Cuts a stream of bytes into messages. */
export class Framer {
  #chunks: Buffer[] = [];
  #length = 0;

  /**
   * Takes bytes in and gives the messages that are complete.
   * @throws CommandError 17 for a length that cannot be: the connection is to be closed.
   */
  *push(chunk: Buffer): Generator<Buffer> {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    for (let size = this.#nextSize(); size !== undefined && this.#length >= size; size = this.#nextSize()) {
      yield this.#take(size);
    }
  }

  #nextSize(): number | undefined {
    if (this.#length < 4) return undefined;
    const [first] = this.#chunks;
    const head = first && first.length >= 4 ? first : this.#joined();
    const size = head.readInt32LE(0);
    if (size < headerSize || size > maxMessageSize) fail(17, `a message of ${size} bytes is not allowed`);
    return size;
  }

  #joined(): Buffer {
    const joined = Buffer.concat(this.#chunks, this.#length);
    this.#chunks = [joined];
    return joined;
  }

  #take(size: number): Buffer {
    const [first] = this.#chunks;
    const bytes = first && first.length >= size ? first : this.#joined();
    const rest = bytes.subarray(size);
    this.#chunks[0] = rest;
    if (rest.length === 0) this.#chunks.shift();
    this.#length -= size;
    return bytes.subarray(0, size);
  }
}
