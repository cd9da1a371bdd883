import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { Recording } from './recording.js';

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

/** What is not answered by then fails, and says so, instead of letting the test run out of time. */
const unansweredMs = 30_000;

/** Runs one operation over HTTP. @throws GraphqlFailure */
export async function send<Result, Variables>(
  { url, token }: { readonly url: string; readonly token?: string },
  document: TypedDocumentNode<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query: print(document), variables }),
    signal: AbortSignal.timeout(unansweredMs),
  });
  const body = (await response.json()) as { data: Result; errors?: Failure[] };
  if (body.errors) throw new GraphqlFailure(body.errors);
  return body.data;
}

/** Somebody with an account, a graphql-ws socket and a way to look at what arrives. */
export class Person {
  readonly id: string;
  readonly username: string;
  readonly token: string;
  readonly password: string;
  private readonly sockets: Client[] = [];
  private socket: Client | undefined;

  constructor(
    readonly url: string,
    identity: Identity,
  ) {
    this.id = identity.id;
    this.username = identity.username;
    this.token = identity.token;
    this.password = identity.password;
  }

  /** Runs one operation over HTTP. @throws GraphqlFailure */
  run<Result, Variables>(document: TypedDocumentNode<Result, Variables>, variables: Variables): Promise<Result> {
    return send(this, document, variables);
  }

  /** Runs an operation that must be refused; answers how. */
  async refused<Result, Variables>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
  ): Promise<GraphqlFailure> {
    try {
      await this.run(document, variables);
    } catch (error) {
      if (error instanceof GraphqlFailure) return error;
      throw error;
    }
    throw new Error('The operation was not refused.');
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

  /** A further graphql-ws socket of this person. */
  connect(): Client {
    const client = createClient({
      url: `${this.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { token: this.token },
      retryAttempts: 0,
    });
    this.sockets.push(client);
    return client;
  }

  /** Closes all sockets. */
  async leave(): Promise<void> {
    for (const socket of this.sockets) await socket.dispose();
  }
}
