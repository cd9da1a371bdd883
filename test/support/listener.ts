import { print } from 'graphql';
import type { Client } from 'graphql-ws';
import { eventually } from './eventually.js';
import { operation } from './operations.js';

export type Variables = Record<string, unknown>;

/** The fields that the tests of people look at; an operation answers those that its document selects. */
export interface Answer {
  readonly id: string;
  readonly username: string;
  readonly name: string | null;
  readonly alias: string | null;
  readonly presence: string;
  readonly current: boolean;
  readonly token: string;
  readonly userId: string;
  readonly sessionIds: readonly string[];
  readonly user: Answer;
  readonly contact: Answer;
  readonly conversation: Answer;
  readonly session: Answer;
  readonly edges: readonly { readonly cursor: string; readonly node: Answer }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly endCursor: string | null;
  };
}

/** Why an operation was refused. */
export interface Refusal {
  readonly message: string;
  readonly code: string;
  readonly retryAfter?: number;
  readonly fields?: readonly { readonly path: string }[];
}

/** What the server sent. */
export interface Result {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

/** What a live view has received, one event at a time. */
export class Listener {
  private readonly results: Result[] = [];
  private taken = 0;
  private ended: unknown;
  /** Leaves the view. */
  readonly close: () => void;

  constructor(client: Client, name: string, variables: Variables) {
    this.close = client.subscribe(
      { query: print(operation(name)), variables },
      {
        next: (result) => this.results.push(result as Result),
        error: (error) => (this.ended = error),
        complete: () => (this.ended ??= 'complete'),
      },
    );
  }

  /** How many events nobody has looked at. */
  get unread(): number {
    return this.results.length - this.taken;
  }

  /** The next event's only field. */
  async next(): Promise<Answer> {
    return (await this.nextValue()) as Answer;
  }

  /** The next event about one of those whom it can be about. */
  async nextAbout({ id }: { readonly id: string }): Promise<Answer> {
    let event = await this.next();
    while (event.id !== id) event = await this.next();
    return event;
  }

  /** The ids of everything that has come so far. */
  get seen(): string[] {
    return this.results.map(({ data }) => (Object.values(data ?? {})[0] as Answer).id);
  }

  /** The next event of a subscription that answers ids. */
  async nextId(): Promise<string> {
    return (await this.nextValue()) as string;
  }

  /** What the client was told when the view ended. */
  async end(): Promise<unknown> {
    await eventually(() => expect(this.ended).toBeDefined());
    return this.ended;
  }

  private async nextValue(): Promise<unknown> {
    await eventually(() => expect(this.unread > 0 || this.ended !== undefined).toBe(true));
    const result = this.results[this.taken];
    if (!result) throw new Error(`The subscription has ended: ${JSON.stringify(this.ended)}`);
    if (result.errors) throw new Error(JSON.stringify(result.errors));
    this.taken += 1;
    return Object.values(result.data ?? {})[0];
  }
}
