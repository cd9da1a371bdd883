import type { Client, SubscribePayload } from 'graphql-ws';
import { eventually } from './eventually.js';

/** Everything that one subscription has received. */
export class Recording<Result> {
  readonly items: Result[] = [];
  /** Why the stream ended: true when it completed, otherwise what the client was told. */
  ended: unknown;
  readonly stop: () => void;

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

  /** The subscription is in place: operations of one socket begin in order, and one after it has been answered. */
  async ready(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.client.subscribe(
        { query: '{ __typename }' },
        { next: () => undefined, error: () => reject(new Error('not connected')), complete: resolve },
      );
    }).catch(() => undefined);
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
