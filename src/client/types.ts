import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { ConversationFeedSubscription, KnownSeq, MessageFieldsFragment } from '../generated/operations.js';
import type { ChatRequestError, ClientErrorCode } from './errors.js';
import type { ClientStorage } from './storage.js';

/** What the feed says, one thing at a time. */
export type FeedItem = ConversationFeedSubscription['conversationFeed'];
/** One entry of a conversation's log, with its message as it is now. */
export type ConversationEvent = Extract<FeedItem, { __typename: 'ConversationEvent' }>;
export type Message = MessageFieldsFragment;
/** The last seq that somebody has of a conversation. */
export type Known = KnownSeq;

/**
 * connecting: on the way to `live`; live: connected, and everything missed has been given; offline: the server cannot be
 * reached, the next try is set; signed-out: the server does not take the token or the cookie, `connect()` tries again;
 * closed: stopped by `close()`, or not yet begun.
 */
export type ConnectionState = 'connecting' | 'live' | 'offline' | 'signed-out' | 'closed';

export interface ChatClientOptions {
  /** The origin of the server, like `https://chat.example.org`. A page may leave it out: its own. */
  readonly url?: string;
  /** The token of a session. Without it a page's cookie counts; a program without it can only log in or register. */
  readonly token?: string;
  /** The class that makes WebSockets: on Node the one of `ws`. A browser has its own. */
  readonly webSocketImpl?: unknown;
  readonly fetchImpl?: typeof fetch;
  /** Keeps what is known and what is not yet sent across restarts. Without it both end with the client. */
  readonly storage?: ClientStorage;
  /** What happens when too much was missed for a replay by the feed: page it, or only say so by the event `reset`. */
  readonly onReset?: 'replay' | 'skip';
  /** Where to continue, whatever the storage says. null: from the newest on; [] : everything that there is. */
  readonly knownAtStart?: readonly Known[] | null;
}

/** A message that the server has not acknowledged. */
export interface OutgoingMessage {
  readonly clientMessageId: string;
  readonly conversationId: string;
  readonly content: string;
  /** The message that it answers. */
  readonly replyToId?: string;
  /** failed: the server refused it; it waits for `retry` or `discard`. */
  readonly status: 'waiting' | 'sending' | 'failed';
  /** Of a waiting one that the server did not take yet: why. It is sent again by itself. */
  readonly heldBy?: ClientErrorCode;
  /** Of a failed one. */
  readonly error?: Pick<ChatRequestError, 'code' | 'message' | 'reason'>;
}

/** What somebody wants to send. */
export type Draft = Pick<OutgoingMessage, 'conversationId' | 'content' | 'replyToId'>;

export interface ChatClientEvents {
  /** The state has changed. */
  state: ConnectionState;
  /** An entry of a log: in seq order within its conversation, without a hole, once. */
  event: ConversationEvent;
  /** Everything that was missed has been given; from here on it is live. */
  caughtUp: { readonly at: string };
  /**
   * What the application holds of this conversation does not continue. With `replay` its entries from firstSeq on follow;
   * with `skip` only those after lastSeq.
   */
  reset: { readonly conversationId: string; readonly firstSeq: number; readonly lastSeq: number };
  /** The conversation no longer exists for this person. */
  left: { readonly conversationId: string };
  /** The server has a message of the outbox. */
  sent: { readonly clientMessageId: string; readonly message: Message };
  /** The outbox has changed. */
  outbox: readonly OutgoingMessage[];
}

/** One person's connection to a Chatset server. */
export interface ChatClient {
  readonly state: ConnectionState;
  /** The last seq of each conversation that the listeners of `event` were given. */
  readonly known: ReadonlyMap<string, number>;
  /** What is not yet acknowledged, in the order of sending. */
  readonly outbox: readonly OutgoingMessage[];
  /** Begins to follow and to send, and goes on through every break until `close()`. */
  connect(): void;
  /** Stops. What is not sent stays in the storage. */
  close(): Promise<void>;
  /** Runs a query or a mutation. @throws ChatRequestError (the promise rejects) */
  request<Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<Data>;
  /**
   * Opens a live view, and again after each break; what happened in between is not repeated.
   * @param onError the server refused the view, which is over
   * @returns leaves the view
   */
  subscribe<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    onData: (data: Data) => void,
    onError?: (error: ChatRequestError) => void,
  ): () => void;
  /** Puts a message into the outbox; those of one conversation are sent in this order. */
  send(draft: Draft): OutgoingMessage;
  /** Sends a failed message once more, with the same clientMessageId. */
  retry(clientMessageId: string): void;
  /** Takes a message out of the outbox. One that is under way may still arrive. */
  discard(clientMessageId: string): void;
  /** @returns takes the listener away */
  on<E extends keyof ChatClientEvents>(event: E, listener: (payload: ChatClientEvents[E]) => void): () => void;
}
