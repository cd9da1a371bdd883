import type { Actor } from '../../src/auth/actor.js';
import type { Caller } from '../../src/graphql/context.js';
import type { OperationResult } from '../../src/graphql/executor.js';
import { operation } from './operations.js';
import type { PeopleServer } from './people.js';

type Variables = Record<string, unknown>;

/** The fields that the tests of people look at; an operation answers those that its document selects. */
export interface Answer {
  readonly id: string;
  readonly username: string;
  readonly name: string | null;
  readonly alias: string | null;
  readonly presence: string;
  readonly current: boolean;
  readonly token: string;
  readonly userId: string;
  readonly sessionIds: readonly string[];
  readonly user: Answer;
  readonly contact: Answer;
  readonly session: Answer;
  readonly edges: readonly { readonly cursor: string; readonly node: Answer }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly endCursor: string | null;
  };
}

/** Why an operation was refused. */
export interface Refusal {
  readonly message: string;
  readonly code: string;
  readonly retryAfter?: number;
  readonly fields?: readonly { readonly path: string }[];
}

/** What a live view has received, one event at a time. */
export class Listener {
  constructor(private readonly results: AsyncIterableIterator<OperationResult>) {}

  /** The next event's only field. */
  async next(): Promise<Answer> {
    return (await this.nextValue()) as Answer;
  }

  /** The next event of a subscription that answers ids. */
  async nextId(): Promise<string> {
    return (await this.nextValue()) as string;
  }

  /** Leaves the view. */
  async close(): Promise<void> {
    await this.results.return?.();
  }

  private async nextValue(): Promise<unknown> {
    const { value, done } = (await this.results.next()) as IteratorResult<OperationResult, undefined>;
    if (done) throw new Error('The subscription has ended.');
    if (value.errors) throw new Error(JSON.stringify(value.errors));
    return Object.values(value.data ?? {})[0];
  }
}

/** Somebody who calls the server in process, logged in or not. */
export class Person {
  /** What the server gave to the cookie jar: a token, or undefined when it took it away. */
  readonly cookies: (string | undefined)[] = [];

  constructor(
    private readonly server: PeopleServer,
    private readonly identity: { readonly token?: string; readonly id?: string } = {},
    private readonly address = '192.0.2.1',
  ) {}

  get id(): string {
    return this.identity.id ?? '';
  }

  /** The same person from another place. */
  at(address: string): Person {
    return new Person(this.server, this.identity, address);
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

  /** Runs a published operation, whatever comes of it. */
  async result(name: string, variables: Variables = {}): Promise<OperationResult> {
    return this.server.executor.execute({ query: operation(name), variables }, await this.context());
  }

  /** Opens a published subscription; it has its place once this settles. */
  async listen(name: string, variables: Variables = {}): Promise<Listener> {
    const request = { query: operation(name), variables };
    return new Listener(await this.server.executor.subscribe(request, await this.context()));
  }

  /** Who the server takes this person for. */
  async actor(): Promise<Actor> {
    const actor = await this.identify();
    if (!actor) throw new Error('This person is not logged in.');
    return actor;
  }

  private async identify(): Promise<Actor | undefined> {
    const { token } = this.identity;
    return token === undefined ? undefined : this.server.sessions.authenticate(token);
  }

  private async context() {
    const caller: Caller = {
      address: this.address,
      userAgent: 'a test',
      protocol: 'in-process',
      setSessionToken: (token) => this.cookies.push(token),
    };
    const actor = await this.identify();
    return this.server.contexts.forCall(caller, actor);
  }
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

/** Puts people into a group, as far as the people side looks at it. */
export async function shareConversation(server: PeopleServer, members: readonly Person[]): Promise<void> {
  const now = new Date();
  const memberIds = members.map(({ id }) => id);
  const row = { kind: 'GROUP', title: 'A group', createdById: memberIds[0], memberIds, createdAt: now, updatedAt: now };
  await server.collections.conversations.insert(row);
}
