import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';

interface Answer<Result> {
  readonly data?: Result | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** The server refused an operation. */
export class Refused extends Error {
  constructor(
    message: string,
    /** One of the published error codes. */
    readonly code: string,
  ) {
    super(message);
    this.name = 'Refused';
  }
}

/** A Chatset server as any program can use it. */
export class PublicApi {
  /** The address of the server, without a slash at its end. */
  readonly url: string;

  /** @throws Error when the address is none */
  constructor(address: string) {
    if (!/^https?:\/\//.test(address) || !URL.canParse(address)) {
      throw new Error(`"${address}" is not the address of a server. It looks like http://127.0.0.1:3000.`);
    }
    this.url = address.replace(/\/+$/, '');
  }

  /** Where WebSockets of the graphql-transport-ws protocol connect to. */
  get socketUrl(): string {
    return `${this.url.replace(/^http/, 'ws')}/graphql`;
  }

  /**
   * Runs a query or a mutation over HTTP.
   * @throws Refused what the server answers; Error when none answers
   */
  async run<Result, Variables>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
    token?: string,
  ): Promise<Result> {
    const { data, errors } = await this.post<Result>(JSON.stringify({ query: print(document), variables }), token);
    const [error] = errors ?? [];
    if (error) throw new Refused(error.message, error.extensions?.code ?? 'INTERNAL');
    if (!data) throw this.notChatset();
    return data;
  }

  private async post<Result>(body: string, token: string | undefined): Promise<Answer<Result>> {
    const headers = {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
    const response = await fetch(`${this.url}/graphql`, { method: 'POST', headers, body }).catch(() => {
      throw new Error(`No server answers at ${this.url}. Start one with "npm start", or give its address with --url.`);
    });
    return response.json().catch(() => {
      throw this.notChatset();
    }) as Promise<Answer<Result>>;
  }

  private notChatset(): Error {
    return new Error(`What answers at ${this.url} is not a Chatset server. Give its address with --url.`);
  }
}
