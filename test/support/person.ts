import { print } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Actor } from '../../src/auth/actor.js';
import { type Answer, Listener, type Refusal, type Result, type Variables } from './listener.js';
import { operation } from './operations.js';
import type { PeopleServer } from './people.js';

/** A graphql-ws socket that somebody has open. */
export interface Socket {
  close(): Promise<void>;
  /** Why it was closed, once it is. */
  readonly closed: Promise<{ readonly code: number }>;
}

interface Place {
  readonly address: string;
  readonly cookie?: string;
}

/** Somebody who calls the server over HTTP and graphql-ws, logged in or not. */
export class Person {
  /** Every `Set-Cookie` that the server answered. */
  readonly cookies: string[] = [];
  private socket: Client | undefined;

  constructor(
    private readonly server: PeopleServer,
    private readonly identity: { readonly token?: string; readonly id?: string } = {},
    private readonly place: Place = { address: '192.0.2.1' },
  ) {}

  get id(): string {
    return this.identity.id ?? '';
  }

  /** The same person from another address. */
  at(address: string): Person {
    return new Person(this.server, this.identity, { address });
  }

  /** A page that has nothing but its cookie. */
  page(cookie: string): Person {
    return new Person(this.server, { id: this.id }, { ...this.place, cookie });
  }

  /** Runs a published operation and answers its only root field. */
  async run(name: string, variables: Variables = {}): Promise<Answer> {
    const result = await this.result(name, variables);
    if (result.errors) throw new Error(`${name}: ${JSON.stringify(result.errors)}`);
    return Object.values(result.data ?? {})[0] as Answer;
  }

  /** The person as it sees itself, or null when it is not logged in. */
  async me(): Promise<Answer | null> {
    return this.run('Me');
  }

  /** Runs an operation with one input. */
  mutate(name: string, input: Variables): Promise<Answer> {
    return this.run(name, { input });
  }

  /** Runs an operation that must be refused, and answers its first error. */
  async refused(name: string, variables: Variables = {}): Promise<Refusal> {
    const { errors } = await this.result(name, variables);
    if (!errors?.[0]) throw new Error(`${name} was not refused.`);
    return { message: errors[0].message, ...errors[0].extensions };
  }

  /** Runs a published operation over HTTP, whatever comes of it. */
  async result(name: string, variables: Variables = {}): Promise<Result> {
    const { token } = this.identity;
    const { address, cookie } = this.place;
    const response = await fetch(`${this.server.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'a test',
        'x-forwarded-for': address,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(cookie === undefined ? {} : { cookie }),
      },
      body: JSON.stringify({ query: print(operation(name)), variables }),
    });
    this.cookies.push(...response.headers.getSetCookie());
    return (await response.json()) as Result;
  }

  /** Opens a published subscription over graphql-ws; it has its place once this settles. */
  async listen(name: string, variables: Variables = {}): Promise<Listener> {
    this.socket ??= this.connect();
    const listener = new Listener(this.socket, name, variables);
    await answered(this.socket);
    return listener;
  }

  /** Opens a further graphql-ws socket and waits until the server knows of it. */
  async open(): Promise<Socket> {
    const client = this.connect();
    const closed = new Promise<{ code: number }>((resolve) => {
      client.on('closed', (event) => resolve(event as { code: number }));
    });
    await answered(client);
    return { close: async () => client.dispose(), closed };
  }

  /** Who the server takes this person for. */
  async actor(): Promise<Actor> {
    const actor = await this.server.authenticate(this.identity.token ?? '');
    if (!actor) throw new Error('This person is not logged in.');
    return actor;
  }

  private connect(): Client {
    const client = createClient({
      url: `${this.server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { token: this.identity.token },
      lazy: false,
      onNonLazyError: () => undefined,
      retryAttempts: 0,
    });
    this.server.leaving.push(async () => client.dispose());
    return client;
  }
}

/** Operations of one socket begin in order: once this one is answered, those before it are in place. */
async function answered(client: Client): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    client.subscribe(
      { query: '{ __typename }' },
      { next: () => undefined, complete: resolve, error: () => reject(new Error('The socket was closed.')) },
    );
  });
}

export const goodPassword = 'correct horse battery';

/** Somebody who is not logged in. */
export function anonymous(server: PeopleServer): Person {
  return new Person(server);
}

/** Registers somebody through the API. */
export async function buildPerson(server: PeopleServer, username: string, more: Variables = {}): Promise<Person> {
  const input = { username, password: goodPassword, ...more };
  const { token, user } = await anonymous(server).mutate('UserRegister', input);
  return new Person(server, { token, id: user.id });
}

/** Logs somebody in again. */
export async function logIn(server: PeopleServer, username: string, password = goodPassword): Promise<Person> {
  const { token, user } = await anonymous(server).mutate('Login', { username, password });
  return new Person(server, { token, id: user.id });
}

/** Puts people into a group that the first of them owns. */
export async function shareConversation(owner: Person, ...others: readonly Person[]): Promise<string> {
  const input = { title: 'A group', userIds: others.map(({ id }) => id) };
  return (await owner.mutate('GroupCreate', input)).conversation.id;
}
