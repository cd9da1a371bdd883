import type { ChatError } from '../../src/errors.js';
import type { LiveEvent, LiveStream, Outlet } from '../../src/feed/live-stream.js';

/** One subscriber's stream. What its outlet refuses waits, without a limit, until the outlet has room. */
class HandStream implements LiveStream {
  private outlet: Outlet | undefined;
  private readonly waiting: LiveEvent[] = [];

  constructor(private readonly leave: (stream: HandStream) => void) {}

  get waitingCount(): number {
    return this.waiting.length;
  }

  attach(outlet: Outlet): void {
    this.outlet = outlet;
    this.resume();
  }

  give(event: LiveEvent): void {
    this.waiting.push(event);
    if (this.waiting.length === 1) this.resume();
  }

  resume(): void {
    while (this.waiting[0] && this.outlet?.push(this.waiting[0])) this.waiting.shift();
  }

  end(error?: ChatError): void {
    this.close();
    this.outlet?.end(error);
  }

  close(): void {
    this.waiting.length = 0;
    this.leave(this);
  }
}

/** Live streams that a test drives by hand: what is published goes to every open one. */
export class HandStreams {
  private readonly streams = new Set<HandStream>();

  /** How many are open. */
  get size(): number {
    return this.streams.size;
  }

  /** Events that some outlet has refused so far and not taken later. */
  get waitingCount(): number {
    return [...this.streams].reduce((sum, stream) => sum + stream.waitingCount, 0);
  }

  open(): LiveStream {
    const stream = new HandStream((left) => this.streams.delete(left));
    this.streams.add(stream);
    return stream;
  }

  /** Tells every stream of one event. */
  publish(payload: object, more: Partial<LiveEvent> = {}): void {
    const event: LiveEvent = { payload, identity: payload, visibility: '', ...more };
    for (const stream of [...this.streams]) stream.give(event);
  }

  /** Ends every stream. */
  end(error?: ChatError): void {
    for (const stream of [...this.streams]) stream.end(error);
  }
}
