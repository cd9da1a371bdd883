import type { BusLink } from '../../src/bus/bus-link.js';
import { decode } from '../../src/bus/envelope.js';
import type { BusMessage } from '../../src/bus/messages.js';

/** A way to the other processes that swallows a message when it is told to; its number is missing there. */
export class SwallowingLink implements BusLink {
  /** The kinds of the messages that it has swallowed. */
  readonly swallowed: BusMessage['kind'][] = [];
  private wanted: BusMessage['kind'] | undefined;

  constructor(private readonly link: BusLink) {}

  get isUp(): boolean {
    return this.link.isUp;
  }

  /** The next message of this kind is swallowed. */
  swallow(kind: BusMessage['kind']): void {
    this.wanted = kind;
  }

  open(...hands: Parameters<BusLink['open']>): Promise<void> {
    return this.link.open(...hands);
  }

  send(bytes: Uint8Array): void {
    const envelope = decode(bytes);
    const kind = envelope?.kind === 'message' ? envelope.message.kind : undefined;
    if (kind === undefined || kind !== this.wanted) {
      this.link.send(bytes);
      return;
    }
    this.wanted = undefined;
    this.swallowed.push(kind);
  }

  close(): Promise<void> {
    return this.link.close();
  }
}
