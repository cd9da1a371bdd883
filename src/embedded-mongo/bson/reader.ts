import { CommandError } from '../errors.js';

export function invalidBson(reason: string): never {
  throw new CommandError('InvalidBSON', `Invalid BSON: ${reason}`);
}

/** A position in a buffer whose every step is checked against `end`. */
export class BsonReader {
  position: number;
  end: number;

  constructor(
    readonly bytes: Buffer,
    start = 0,
  ) {
    this.position = start;
    this.end = bytes.length;
  }

  /** Moves over `length` bytes and returns where they start. */
  take(length: number): number {
    const start = this.position;
    if (length < 0 || start + length > this.end) invalidBson('a length runs past the end of the document');
    this.position = start + length;
    return start;
  }

  byte(): number {
    return this.bytes[this.take(1)] ?? 0;
  }

  int32(): number {
    return this.bytes.readInt32LE(this.take(4));
  }

  double(): number {
    return this.bytes.readDoubleLE(this.take(8));
  }

  copy(length: number): Buffer {
    const start = this.take(length);
    return Buffer.from(this.bytes.subarray(start, start + length));
  }

  cstring(): string {
    const end = this.bytes.indexOf(0, this.position);
    if (end < 0 || end >= this.end) invalidBson('a field name has no end');
    const text = this.bytes.toString('utf8', this.position, end);
    this.position = end + 1;
    return text;
  }

  string(): string {
    const length = this.int32();
    if (length < 1) invalidBson('a string has no length');
    const start = this.take(length);
    if (this.bytes[start + length - 1] !== 0) invalidBson('a string has no end');
    return this.bytes.toString('utf8', start, start + length - 1);
  }
}
