import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { type Client, type ClientOptions, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { answered, Recording } from './recording.js';

interface Failure {
  readonly message: string;
  readonly extensions: { readonly code: string } & Record<string, unknown>;
}

/** The server answered with errors; the first one's code and extensions are at hand. */
export class GraphqlFailure extends Error {
  readonly code: string;
  readonly extensions: Record<string, unknown>;

  constructor(readonly errors: readonly Failure[]) {
    super(errors.map((error) => `${error.extensions.code}: ${error.message}`).join('; '));
    this.code = errors[0]?.extensions.code ?? 'NONE';
    this.extensions = errors[0]?.extensions ?? {};
  }
}

export interface Identity {
  readonly id: string;
  readonly username: string;
  readonly token: string;
  readonly password: string;
}

/** Where an operation goes and what goes with it. */
export interface Door {
  readonly url: string;
  readonly token?: string | undefined;
  readonly headers?: Record<string, string>;
  /** Takes every `Set-Cookie` that the server answers. */
  readonly cookies?: string[];
}

/** A graphql-ws socket that somebody has open. */
export interface OpenSocket {
  close(): Promise<void>;
  /** Why it was closed, once it is. */
  readonly closed: Promise<{ readonly code: number }>;
}

/** What is not answered by then fails, and says so, instead of letting the test run out of time. */
const unansweredMs = 30_000;

/** Runs one operation over HTTP. @throws GraphqlFailure */
export async function send<Result, Variables>(
  { url, token, headers, cookies }: Door,
  document: TypedDocumentNode<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify({ query: print(document), variables }),
    signal: AbortSignal.timeout(unansweredMs),
  });
  cookies?.push(...response.headers.getSetCookie());
  const body = (await response.json()) as { data: Result; errors?: Failure[] };
  if (body.errors) throw new GraphqlFailure(body.errors);
  return body.data;
}

/** Somebody who calls the server over HTTP, with a token, with only a cookie, or unknown. */
export class Visitor implements Door {
  /** Every `Set-Cookie` that the server answered. */
  readonly cookies: string[] = [];

  constructor(
    readonly url: string,
    readonly token?: string,
    readonly headers: Record<string, string> = {},
  ) {}

  /** Runs one operation over HTTP. @throws GraphqlFailure */
  run<Result, Variables>(document: TypedDocumentNode<Result, Variables>, variables: Variables): Promise<Result> {
    return send(this, document, variables);
  }

  /** Runs an operation that must be refused; answers how. */
  async refused<Result, Variables>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
  ): Promise<GraphqlFailure> {
    const failure = await this.failure(document, variables);
    if (!failure) throw new Error('The operation was not refused.');
    return failure;
  }

  /** The code under which an operation is refused, or OK. */
  async codeOf<Result, Variables>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
  ): Promise<string> {
    return (await this.failure(document, variables))?.code ?? 'OK';
  }

  private async failure<Result, Variables>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
  ): Promise<GraphqlFailure | undefined> {
    try {
      await this.run(document, variables);
      return undefined;
    } catch (error) {
      if (error instanceof GraphqlFailure) return error;
      throw error;
    }
  }
}

/** Somebody with an account, a graphql-ws socket and a way to look at what arrives. */
export class Person extends Visitor {
  readonly id: string;
  readonly username: string;
  declare readonly token: string;
  readonly password: string;
  private readonly sockets: Client[] = [];
  private socket: Client | undefined;

  constructor(url: string, identity: Identity) {
    super(url, identity.token);
    this.id = identity.id;
    this.username = identity.username;
    this.password = identity.password;
  }

  /** Subscribes over graphql-ws; what happens from here on is recorded. */
  async follow<Result, Variables>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
  ): Promise<Recording<Result>> {
    this.socket ??= this.connect();
    const recording = new Recording<Result>(this.socket, { query: print(document), variables: variables as never });
    await recording.ready();
    return recording;
  }

  /** A further graphql-ws client of this person; it connects with its first operation. */
  connect(): Client {
    return this.client({});
  }

  /** Opens a further graphql-ws socket and waits until the server knows of it. */
  async open(): Promise<OpenSocket> {
    const client = this.client({ lazy: false, onNonLazyError: () => undefined });
    const closed = new Promise<{ code: number }>((resolve) => {
      client.on('closed', (event) => resolve(event as { code: number }));
    });
    await answered(client);
    return { close: async () => client.dispose(), closed };
  }

  /** Closes all sockets. */
  async leave(): Promise<void> {
    for (const socket of this.sockets) await socket.dispose();
  }

  private client(options: Partial<ClientOptions>): Client {
    const client = createClient({
      url: `${this.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { token: this.token },
      retryAttempts: 0,
      ...options,
    });
    this.sockets.push(client);
    return client;
  }
}
