import { print } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { ConversationFeedDocument, type ConversationFeedSubscription } from '../generated/operations.js';
import type { PublicApi } from './public-api.js';

type FeedItem = ConversationFeedSubscription['conversationFeed'];

/** An entry of a conversation's log, as a feed delivers it. */
export type FeedEntry = Extract<FeedItem, { __typename: 'ConversationEvent' }>;

/** How long a feed may take for what is expected of it, in milliseconds. */
const patience = 15_000;

/** Everything that happens in somebody's conversations, heard over a WebSocket of its own. */
export class Feed {
  /** What came, in the order of arrival. */
  readonly entries: FeedEntry[] = [];
  /** Hears each entry as it comes. */
  onEntry: (entry: FeedEntry) => void = () => undefined;
  private readonly client: Client;
  private isCaughtUp = false;
  private failure: Error | undefined;
  private look: () => void = () => undefined;

  constructor(api: PublicApi, token: string) {
    this.client = createClient({
      url: api.socketUrl,
      webSocketImpl: WebSocket,
      connectionParams: { token },
      retryAttempts: 0,
    });
    this.client.subscribe<ConversationFeedSubscription>(
      { query: print(ConversationFeedDocument) },
      {
        next: ({ data, errors }) => {
          if (errors) this.fail(errors);
          else if (data) this.take(data.conversationFeed);
        },
        error: (error) => this.fail(error),
        complete: () => this.fail('it was completed'),
      },
    );
  }

  /** Nothing that happens from here on is missed. @throws Error when the server refuses or goes away */
  async ready(): Promise<void> {
    if (!(await this.waitFor(() => this.isCaughtUp))) throw new Error('A feed did not begin in time.');
  }

  /** Whether such an entry came in time. @throws Error when the feed ended before */
  async has(isExpected: (entry: FeedEntry) => boolean): Promise<boolean> {
    return this.waitFor(() => this.entries.some(isExpected));
  }

  async close(): Promise<void> {
    this.look = () => undefined;
    await this.client.dispose();
  }

  private take(item: FeedItem): void {
    if (item.__typename === 'FeedCaughtUp') this.isCaughtUp = true;
    if (item.__typename === 'ConversationEvent') {
      this.entries.push(item);
      this.onEntry(item);
    }
    this.look();
  }

  private fail(reason: unknown): void {
    this.failure ??= new Error(`A feed ended too early: ${textOf(reason)}.`);
    this.look();
  }

  private waitFor(isTrue: () => boolean): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => resolve(false), patience);
      this.look = () => {
        if (!isTrue() && !this.failure) return;
        clearTimeout(timer);
        if (isTrue()) resolve(true);
        else reject(this.failure ?? new Error());
      };
      this.look();
    });
  }
}

/** graphql-ws gives errors, close events and lists of GraphQL errors. */
function textOf(reason: unknown): string {
  if (typeof reason === 'string') return reason;
  const [first] = Array.isArray(reason) ? (reason as unknown[]) : [reason];
  const { message, reason: closing, code } = first as { message?: string; reason?: string; code?: number };
  return message ?? `the socket closed with ${code ?? 'no code'} ${closing ?? ''}`.trim();
}
