import { MessageType } from 'graphql-ws';
import type { LiveSink } from '../graphql/live-delivery.js';
import type { PresentedError } from '../graphql/present-error.js';

/** How a subscription's answers leave. */
interface Wire {
  hasRoom(): boolean;
  send(message: Buffer): void;
}

/** Who is told that a subscription is over. */
interface Owner {
  finish(id: string, errors?: readonly PresentedError[]): void;
}

const closingBrace = Buffer.from('}');

/** Writes the answers of one subscription: its own few bytes, then the body that it shares with all others. */
export class WsSubscription implements LiveSink {
  private readonly prefix: Buffer;

  constructor(
    private readonly wire: Wire,
    private readonly owner: Owner,
    private readonly id: string,
  ) {
    this.prefix = Buffer.from(`{"id":${JSON.stringify(id)},"type":"${MessageType.Next}","payload":`);
  }

  hasRoom(): boolean {
    return this.wire.hasRoom();
  }

  answer(body: Buffer): void {
    this.wire.send(Buffer.concat([this.prefix, body, closingBrace]));
  }

  fail(errors: readonly PresentedError[]): void {
    this.owner.finish(this.id, errors);
  }

  complete(): void {
    this.owner.finish(this.id);
  }
}
