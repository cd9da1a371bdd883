import type { Socket } from 'socket.io';
import { maxBufferedBytes, type Reader, type SlowReaders } from '../../http/slow-readers.js';
import type { Answer } from '../answer.js';
import type { Frame } from './frames.js';
import type { Ack, Speaker } from './requests.js';

/** A reader this far behind is cut at once, whatever it asked for. */
const hardLimit = 8 * maxBufferedBytes;

/** What Socket.IO's own adapters use, too, to write one encoded packet to many sockets. */
interface Engine {
  readonly writeBuffer: readonly { readonly data?: string | Buffer }[];
  readonly transport: { readonly socket?: { readonly bufferedAmount: number } };
}
interface PacketWriter {
  writeToEngine(packet: string, options: { readonly volatile?: boolean }): void;
}

interface WireHands {
  readonly slowReaders: SlowReaders;
  /** The client has read what waited. */
  onDrained(): void;
}

/** The way out to one Socket.IO client. */
export class Wire implements Reader, Speaker {
  constructor(
    private readonly socket: Socket,
    readonly caller: Reader['caller'],
    private readonly hands: WireHands,
  ) {}

  get bufferedAmount(): number {
    const { writeBuffer, transport } = this.socket.conn as unknown as Engine;
    let bytes = transport.socket?.bufferedAmount ?? 0;
    for (const { data } of writeBuffer) bytes += data?.length ?? 0;
    return bytes;
  }

  hasRoom(): boolean {
    if (this.bufferedAmount < maxBufferedBytes) return true;
    this.hands.slowReaders.watch(this);
    return false;
  }

  emit(event: string, args: readonly unknown[]): void {
    this.socket.emit(event, ...args);
    this.limit();
  }

  /** Answers over an acknowledgement. */
  acknowledge(ack: Ack, answer: Answer): void {
    ack(answer);
    this.limit();
  }

  write({ packet, push }: Frame): void {
    (this.socket.client as unknown as PacketWriter).writeToEngine(packet, { volatile: push.isVolatile });
    this.limit();
  }

  drained(): void {
    this.hands.onDrained();
  }

  /** Closes it; what waits is thrown away. */
  cut(): void {
    this.socket.conn.close(true);
  }

  forget(): void {
    this.hands.slowReaders.forget(this);
  }

  private limit(): void {
    if (!this.hasRoom() && this.bufferedAmount > hardLimit) this.hands.slowReaders.cut(this);
  }
}
