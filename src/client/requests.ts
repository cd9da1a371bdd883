import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type DocumentNode, print } from 'graphql';
import { ChatRequestError, refusalOf } from './errors.js';
import type { ChatClientOptions } from './types.js';

/** How long an answer may take, in milliseconds. */
const patience = 30_000;

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly unknown[];
}

const texts = new WeakMap<DocumentNode, string>();

/** The text of a document; printed once. */
export function textOf(document: DocumentNode): string {
  const text = texts.get(document) ?? print(document);
  texts.set(document, text);
  return text;
}

/** Where a server is, without a slash at the end. @throws Error when the address is none */
export function originOf(url: string | undefined): string {
  const address = url ?? (globalThis as { readonly location?: { readonly origin: string } }).location?.origin;
  if (address === undefined || !/^https?:\/\//.test(address) || !URL.canParse(address)) {
    throw new Error(`"${address ?? ''}" is not the address of a server. It looks like http://127.0.0.1:3000.`);
  }
  return address.replace(/\/+$/, '');
}

/** Queries and mutations, over HTTP. */
export class Requests {
  private readonly token: string | undefined;
  private readonly fetch: typeof fetch;

  constructor(
    private readonly origin: string,
    { token, fetchImpl }: Pick<ChatClientOptions, 'token' | 'fetchImpl'>,
  ) {
    this.token = token;
    this.fetch = fetchImpl ?? ((...request) => fetch(...request));
  }

  /** @param signal gives up waiting; whether the operation runs is not known then. @throws ChatRequestError */
  async run<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<Data> {
    const { data, errors } = await this.post<Data>(JSON.stringify({ query: textOf(document), variables }), signal);
    if (errors?.length) throw refusalOf(errors);
    if (data == null) throw this.stranger();
    return data;
  }

  private async post<Data>(body: string, given?: AbortSignal): Promise<Answer<Data>> {
    const headers = {
      'content-type': 'application/json',
      ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
    };
    const timeout = AbortSignal.timeout(patience);
    const signal = given ? AbortSignal.any([given, timeout]) : timeout;
    try {
      const response = await this.fetch(`${this.origin}/graphql`, { method: 'POST', headers, body, signal });
      return this.answerIn<Data>(response.status, await response.text());
    } catch (cause) {
      if (cause instanceof ChatRequestError) throw cause;
      throw new ChatRequestError('NETWORK', `No server answers at ${this.origin}.`, { cause });
    }
  }

  /** Proxies and failing servers answer in other ways than a Chatset server does. */
  private answerIn<Data>(status: number, text: string): Answer<Data> {
    try {
      return JSON.parse(text) as Answer<Data>;
    } catch {
      if (status < 500) throw this.stranger();
      const code = status === 500 ? 'INTERNAL' : 'UNAVAILABLE';
      throw new ChatRequestError(code, `${this.origin} answers with the status ${status}. Try again later.`);
    }
  }

  private stranger(): ChatRequestError {
    return new ChatRequestError('NETWORK', `What answers at ${this.origin} is not a Chatset server.`);
  }
}
