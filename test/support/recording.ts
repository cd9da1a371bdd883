import type { Client, SubscribePayload } from 'graphql-ws';
import { eventually } from './eventually.js';

/** Everything that one subscription has received. */
export class Recording<Result> {
  readonly items: Result[] = [];
  /** Why the stream ended: true when it completed, otherwise what the client was told. */
  ended: unknown;
  readonly stop: () => void;
  private taken = 0;

  constructor(
    private readonly client: Client,
    payload: SubscribePayload,
  ) {
    this.stop = client.subscribe<Result>(payload, {
      next: ({ data, errors }) => {
        if (data) this.items.push(data);
        if (errors) this.ended = errors;
      },
      error: (error) => (this.ended = error),
      complete: () => (this.ended ??= true),
    });
  }

  /** The subscription is in place. */
  async ready(): Promise<void> {
    await answered(this.client).catch(() => undefined);
  }

  /** How many items nobody has taken. */
  get unread(): number {
    return this.items.length - this.taken;
  }

  /** The next item that nobody has taken. @throws Error when the stream ended before it */
  async next(): Promise<Result> {
    await eventually(() => expect(this.unread > 0 || this.ended !== undefined).toBe(true));
    const item = this.items[this.taken];
    if (!item) throw new Error(`The subscription has ended: ${JSON.stringify(this.ended)}`);
    this.taken += 1;
    return item;
  }

  /** The items once there are so many. */
  async until(count: number): Promise<Result[]> {
    await eventually(() => expect(this.items.length).toBeGreaterThanOrEqual(count));
    return this.items;
  }

  /** Looks at what has arrived until the check passes. */
  async eventually<T>(check: (items: readonly T[]) => void, view: (recording: this) => readonly T[]): Promise<void> {
    await eventually(() => check(view(this)));
  }

  /** The reason once the stream has ended. */
  async end(): Promise<unknown> {
    await eventually(() => expect(this.ended).toBeDefined());
    return this.ended;
  }
}

/** Operations of one socket begin in order: once this one is answered, those before it are in place. */
export async function answered(client: Client): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    client.subscribe(
      { query: '{ __typename }' },
      { next: () => undefined, complete: resolve, error: () => reject(new Error('The socket was closed.')) },
    );
  });
}
