/** A growing buffer for index keys. `mapString` puts another text in place of a string that is a value. */
export class KeyWriter {
  constructor(readonly mapString?: (value: string) => string) {}

  #bytes = Buffer.allocUnsafe(256);
  length = 0;

  #room(size: number): void {
    if (this.length + size <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.length + size));
    this.#bytes.copy(larger, 0, 0, this.length);
    this.#bytes = larger;
  }

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.length] = value;
    this.length += 1;
  }

  raw(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  uint16(value: number): void {
    this.#room(2);
    this.length = this.#bytes.writeUInt16BE(value, this.length);
  }

  uint32(value: number): void {
    this.#room(4);
    this.length = this.#bytes.writeUInt32BE(value, this.length);
  }

  uint48(value: number): void {
    this.#room(6);
    this.length = this.#bytes.writeUIntBE(value, this.length, 6);
  }

  int64(value: bigint): void {
    this.#room(8);
    this.length = this.#bytes.writeBigInt64BE(value ^ (-1n << 63n), this.length);
  }

  /** Eight bytes that order as the doubles do. */
  double(value: number): void {
    this.#room(8);
    const start = this.length;
    this.length = this.#bytes.writeDoubleBE(value === 0 ? 0 : value, start);
    if (value < 0) this.invert(start);
    else this.#bytes[start] = (this.#bytes[start] ?? 0) ^ 0x80;
  }

  /**
   * UTF-8 that ends with a zero byte; inside, 0 is written as 1 1 and 1 as 1 2. So no text begins with the whole of
   * another, and the order may be turned round.
   */
  text(value: string): void {
    const size = Buffer.byteLength(value);
    this.#room(size + 1);
    if (value.includes('\u0000') || value.includes('\u0001')) {
      for (const byte of Buffer.from(value)) {
        this.byte(byte <= 1 ? 1 : byte);
        if (byte <= 1) this.byte(byte + 1);
      }
    } else this.length += this.#bytes.write(value, this.length);
    this.byte(0);
  }

  /** A string that is a value. */
  string(value: string): void {
    this.text(this.mapString ? this.mapString(value) : value);
  }

  /** Turns the order of everything since `start` round. */
  invert(start: number): void {
    for (let i = start; i < this.length; i += 1) this.#bytes[i] = ~(this.#bytes[i] ?? 0) & 0xff;
  }

  /** A copy of what was written. */
  take(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.length));
  }
}
