import type { GraphiQL } from 'graphiql';
import { getOperationAST, OperationTypeNode, parse, type ExecutionResult } from 'graphql';
import { createClient, type Client, type SubscribePayload } from 'graphql-ws';
import type { ComponentProps } from 'react';

type Fetcher = ComponentProps<typeof GraphiQL>['fetcher'];

/** What a GraphQL server answers. */
interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** The server that served the page: HTTP with the session cookie, and a WebSocket for subscriptions. */
export class Api {
  private socket: Client | undefined;

  /** Runs what is in the editor. */
  readonly fetcher: Fetcher = (payload) =>
    (isSubscription(payload) ? this.listen(payload) : this.post(payload)) as Promise<ExecutionResult>;

  /**
   * Runs a query or a mutation.
   * @throws Error when the server cannot be reached
   */
  async post(request: SubscribePayload): Promise<Answer> {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    return (await response.json()) as Answer;
  }

  private listen(request: SubscribePayload) {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this.socket ??= createClient({ url: `${scheme}://${location.host}/graphql` });
    return this.socket.iterate(request);
  }
}

/** The document that GraphiQL hands over beside the text may be the one before it, so the text is read. */
function isSubscription({ query, operationName }: SubscribePayload): boolean {
  try {
    return getOperationAST(parse(query), operationName)?.operation === OperationTypeNode.SUBSCRIPTION;
  } catch {
    return false;
  }
}
