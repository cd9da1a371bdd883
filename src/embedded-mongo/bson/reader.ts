import { CommandError } from '../errors.js';

export function invalidBson(reason: string): never {
  throw new CommandError('InvalidBSON', `Invalid BSON: ${reason}`);
}

/** Field names that were read, by a hash of their bytes: making a string costs more than looking one up. */
const nameMask = 0xfff;
const names = new Array<string | undefined>(nameMask + 1);

/** True when the bytes are the text and nothing but ASCII. */
function isTextAt(bytes: Buffer, start: number, text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code > 0x7f || bytes[start + i] !== code) return false;
  }
  return true;
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

  /** Text that ends with a zero byte: field names, of which there are few different ones. */
  cstring(): string {
    const { bytes, position: start } = this;
    let hash = 0;
    let at = start;
    for (let byte = bytes[at]; byte !== 0; byte = bytes[at]) {
      if (byte === undefined || at >= this.end) invalidBson('a field name has no end');
      hash = (hash * 31 + byte) & nameMask;
      at += 1;
    }
    this.position = at + 1;
    const known = names[hash];
    if (known?.length === at - start && isTextAt(bytes, start, known)) return known;
    const text = bytes.toString('utf8', start, at);
    names[hash] = text;
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
