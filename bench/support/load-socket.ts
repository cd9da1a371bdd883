import { once } from 'node:events';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type DocumentNode, print } from 'graphql';
import { type RawData, WebSocket } from 'ws';

interface Waiting {
  readonly resolve: (data: never) => void;
  readonly reject: (error: Error) => void;
}

interface Message {
  readonly id: string;
  readonly type: string;
  readonly payload?: { readonly data?: unknown; readonly errors?: unknown };
}

/**
 * A client of the graphql-transport-ws protocol that does as little as it can, because it runs on the same machine as
 * the server it loads. Any number of operations may be under way at once.
 */
export class LoadSocket {
  private readonly waiting = new Map<string, Waiting>();
  private readonly texts = new Map<DocumentNode, string>();
  private lastId = 0;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: RawData) => this.take(JSON.parse((data as Buffer).toString()) as Message));
    socket.on('close', (code) => this.failAll(new Error(`The server closed a socket with ${code}.`)));
  }

  /** Connects as the holder of a token. @param url of the server */
  static async open(url: string, token: string): Promise<LoadSocket> {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init', payload: { token } }));
    await once(socket, 'message');
    return new LoadSocket(socket);
  }

  /** Runs a query or a mutation. @throws Error when the server refuses */
  run<Result, Variables>(document: TypedDocumentNode<Result, Variables>, variables: Variables): Promise<Result> {
    const id = String((this.lastId += 1));
    const payload = { query: this.textOf(document), variables };
    this.socket.send(JSON.stringify({ id, type: 'subscribe', payload }));
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  async close(): Promise<void> {
    this.socket.removeAllListeners('close');
    this.socket.close();
    await once(this.socket, 'close');
  }

  private textOf(document: DocumentNode): string {
    const known = this.texts.get(document);
    if (known !== undefined) return known;
    const text = print(document);
    this.texts.set(document, text);
    return text;
  }

  private take({ id, type, payload }: Message): void {
    const waiting = this.waiting.get(id);
    if (!waiting || type === 'complete') return;
    this.waiting.delete(id);
    if (type === 'next' && payload?.data !== undefined && !payload.errors) waiting.resolve(payload.data as never);
    else waiting.reject(new Error(`The server refused an operation: ${JSON.stringify(payload)}`));
  }

  private failAll(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
