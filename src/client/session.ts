import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type Client, createClient } from 'graphql-ws/client';
import { type ChatRequestError, refusalOf } from './errors.js';
import { textOf } from './requests.js';

/** Why a session is over: the server does not take who is calling, or anything else. */
export type Ending = 'signed-out' | 'lost';

export interface SessionOptions {
  readonly origin: string;
  readonly token?: string;
  readonly webSocketImpl?: unknown;
}

export interface SessionEvents {
  /** The server has let us in. */
  connected(): void;
  /** Once. Nothing comes after it. */
  ended(ending: Ending): void;
}

export interface Sink<Data> {
  next(data: Data): void;
  /** The server ended the subscription, without an error when it is simply over. Not called when the session ends. */
  ended(error?: ChatRequestError): void;
}

/** After so much silence the server is asked whether it is there, and has as long again to answer; milliseconds. */
const silence = 15_000;

/** Close codes that say: log in. 4403 refuses a token, 4401 ends a session. */
const signedOutCodes: readonly unknown[] = [4401, 4403];

/** One socket from its opening to its end, with the subscriptions that it carries. */
export class Session {
  private readonly client: Client;
  private isOver = false;
  private watch: ReturnType<typeof setTimeout> | undefined;

  constructor(
    { origin, token, webSocketImpl }: SessionOptions,
    private readonly events: SessionEvents,
  ) {
    this.client = createClient({
      url: `${origin.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl,
      connectionParams: token === undefined ? undefined : { token },
      retryAttempts: 0,
      keepAlive: silence,
      on: {
        connected: () => this.connected(),
        closed: (event) => this.end(endingOf(event)),
        ping: (isReceived) => !isReceived && this.expectAnswer(),
        pong: () => clearTimeout(this.watch),
      },
    });
    this.expectAnswer();
  }

  /** @returns leaves the subscription */
  subscribe<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    sink: Sink<Data>,
  ): () => void {
    const payload = { query: textOf(document), variables: variables as Record<string, unknown> };
    let isLeft = false;
    const leave = (): void => {
      isLeft = true;
      unsubscribe();
    };
    const end = (error?: ChatRequestError): void => {
      if (isLeft || this.isOver) return;
      leave();
      sink.ended(error);
    };
    const unsubscribe = this.client.subscribe<Data>(payload, {
      next: ({ data, errors }) => {
        if (errors?.length) end(refusalOf(errors));
        else if (data && !isLeft && !this.isOver) sink.next(data);
      },
      error: (error) => (Array.isArray(error) ? end(refusalOf(error)) : this.end(endingOf(error))),
      complete: () => end(),
    });
    return leave;
  }

  /** Ends the session from this side, or notes that it has ended. */
  end(ending: Ending): void {
    if (this.isOver) return;
    this.isOver = true;
    clearTimeout(this.watch);
    this.events.ended(ending);
    this.client.dispose()?.then(undefined, () => undefined);
  }

  private connected(): void {
    clearTimeout(this.watch);
    if (!this.isOver) this.events.connected();
  }

  private expectAnswer(): void {
    clearTimeout(this.watch);
    if (!this.isOver) this.watch = setTimeout(() => this.end('lost'), silence);
  }
}

function endingOf(closing: unknown): Ending {
  return signedOutCodes.includes((closing as { readonly code?: unknown } | undefined)?.code) ? 'signed-out' : 'lost';
}
