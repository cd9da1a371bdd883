import type { Frame } from './frames.js';

/** Own messages that are remembered until they are met as pushes. */
const maxRemembered = 1_000;

interface Waiting {
  readonly frame: Frame;
  /** Settles when it is known whether the message is the socket's own. */
  readonly known: Promise<unknown> | undefined;
}

/**
 * Keeps messages away from the socket that sent them. The push of a message may come before its send is answered, so
 * own pushes wait for the sends that are under way, and what comes after them waits behind.
 */
export class Echoes {
  private readonly sends = new Set<Promise<unknown>>();
  private readonly own = new Set<string>();
  private readonly queue: Waiting[] = [];

  constructor(
    private readonly userId: string,
    private readonly write: (frame: Frame) => void,
  ) {}

  /** How many pushes wait. */
  get waiting(): number {
    return this.queue.length;
  }

  /** Remembers what a send that runs over this socket will have added. */
  sending(send: Promise<string | undefined>): void {
    const noted = send.then((id) => {
      if (id !== undefined) this.remember(id);
      this.sends.delete(noted);
    });
    this.sends.add(noted);
  }

  /** Gives a push its turn. */
  take(frame: Frame): void {
    const isOwn = frame.push.added?.fromId === this.userId;
    const known = isOwn && this.sends.size > 0 ? Promise.all(this.sends) : undefined;
    if (this.queue.length === 0 && known === undefined) this.give(frame);
    else if (this.queue.push({ frame, known }) === 1) void this.drain();
  }

  private async drain(): Promise<void> {
    for (let next = this.queue[0]; next; next = this.queue[0]) {
      await next.known;
      this.give(next.frame);
      this.queue.shift();
    }
  }

  private give(frame: Frame): void {
    const { added } = frame.push;
    if (!added || !this.own.has(added.id)) this.write(frame);
  }

  private remember(id: string): void {
    this.own.add(id);
    if (this.own.size <= maxRemembered) return;
    const [oldest = ''] = this.own;
    this.own.delete(oldest);
  }
}
