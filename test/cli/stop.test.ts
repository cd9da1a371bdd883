import { jest } from '@jest/globals';
import { print } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import {
  LoginDocument,
  MessageAddDocument,
  MessagesDocument,
  UserRegisterDocument,
} from '../../src/generated/operations.js';
import { buildGroup } from '../support/builders.js';
import { eventually } from '../support/eventually.js';
import { Program, workingFolder } from '../support/program.js';
import { rest } from '../support/rest.js';
import { TestSocket } from '../support/socket-io.js';
import { GraphqlFailure, Person, send } from '../support/wire-person.js';

jest.setTimeout(60_000);

const password = 'correct horse battery';
let folder: Awaited<ReturnType<typeof workingFolder>>;
const begun: Program[] = [];

async function serve(settings?: Record<string, string>): Promise<Program & { readonly url: string }> {
  const server = await Program.serve(folder.path, { RATE_LIMITS: 'off', ...settings });
  begun.push(server);
  return server;
}

beforeEach(async () => void (folder = await workingFolder()));
afterEach(async () => {
  await Promise.all(begun.splice(0).map((program) => program.kill()));
  await folder.remove();
});

async function register(url: string, username: string): Promise<Person> {
  const { userRegister } = await send({ url }, UserRegisterDocument, { input: { username, password } });
  return new Person(url, { ...userRegister.user, token: userRegister.token, password });
}

/** Sends one message after the other until it is refused, and tells how that was said. */
class Sender {
  readonly acknowledged: string[] = [];
  readonly ended: Promise<unknown>;

  constructor(name: string, say: (content: string) => Promise<unknown>) {
    this.ended = this.run(name, say);
  }

  private async run(name: string, say: (content: string) => Promise<unknown>): Promise<unknown> {
    for (let at = 0; ; at += 1) {
      const content = `${name} ${at}`;
      try {
        await say(content);
        this.acknowledged.push(content);
      } catch (error) {
        return error;
      }
    }
  }
}

const overHttp = (person: Person, conversationId: string) => (content: string) =>
  person.run(MessageAddDocument, { input: { conversationId, content } });

/** Rejects with the errors of the answer, or with the close event of the socket. */
const overSocket = (client: Client, conversationId: string) => (content: string) =>
  new Promise<void>((resolve, reject) => {
    const payload = { query: print(MessageAddDocument), variables: { input: { conversationId, content } } };
    let answered = false;
    client.subscribe(payload, {
      next: ({ errors }) => {
        answered = !errors;
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what the client was told
        if (errors) reject(errors);
      },
      error: reject,
      complete: () => answered && resolve(),
    });
  });

const overRest = (person: Person, conversationId: string) => async (content: string) => {
  const body = { conversationId, content };
  const answer = await rest(person.url, 'POST /messages', { token: person.token, body });
  if (answer.status !== 201) throw Object.assign(new Error(answer.text), { answer: answer.body });
};

/** Rejects with a refusal, or when the socket has ended. */
const overSocketIo = (socket: TestSocket, conversationId: string) => async (content: string) => {
  const ended = new Promise<never>((_resolve, reject) => {
    socket.socket.on('disconnect', () => reject(Object.assign(new Error('disconnected'), { isEnd: true })));
  });
  const answer = await Promise.race([socket.ask('message add', { conversationId, content }), ended]);
  if (answer.code !== 201) throw Object.assign(new Error(answer.msg), { answer });
};

/** What somebody was told whose send was not acknowledged. */
function refusalOf(reason: unknown): string {
  if (reason instanceof GraphqlFailure) return reason.code;
  if (Array.isArray(reason)) return (reason as { extensions: { code: string } }[])[0]!.extensions.code;
  const { code, answer, isEnd } = reason as { code?: unknown; answer?: { code?: number }; isEnd?: true };
  if (answer?.code === 503) return 'UNAVAILABLE';
  if (isEnd) return 'disconnected';
  return typeof code === 'number' ? `closed with ${code}` : 'the connection was not taken';
}

async function everyMessage(person: Person, conversationId: string): Promise<string[]> {
  const contents: string[] = [];
  let before: string | undefined;
  do {
    const page = (await person.run(MessagesDocument, { conversationId, last: 200, before })).messages;
    contents.push(...page.edges.map(({ node }) => node.content));
    before = page.pageInfo.hasPreviousPage ? (page.pageInfo.startCursor ?? undefined) : undefined;
  } while (before !== undefined);
  return contents;
}

describe('a server that is told to stop', () => {
  it('stores what it acknowledged and nothing else, and leaves no sender without an answer', async () => {
    const server = await serve();
    const ana = await register(server.url, 'ana');
    const group = await buildGroup(ana, []);
    const sockets = Array.from({ length: 5 }, () => ana.connect());
    const oldSockets = [TestSocket.modern(server.url, ana.token), TestSocket.old(server.url, ana.token)];
    for (const socket of oldSockets) await socket.welcomed();
    const senders = [
      ...sockets.flatMap((client, at) =>
        [0, 1, 2, 3].map((way) => new Sender(`socket ${at} ${way}`, overSocket(client, group))),
      ),
      ...[0, 1, 2, 3].map((at) => new Sender(`http ${at}`, overHttp(ana, group))),
      ...[0, 1].map((at) => new Sender(`rest ${at}`, overRest(ana, group))),
      ...oldSockets.flatMap((socket, at) =>
        [0, 1].map((way) => new Sender(`socket.io ${at} ${way}`, overSocketIo(socket, group))),
      ),
    ];
    await eventually(() => {
      for (const { acknowledged } of senders) expect(acknowledged.length).toBeGreaterThan(1);
    });
    server.signal('SIGTERM');
    const endings = await Promise.all(senders.map(({ ended }) => ended));
    expect(await server.ended).toMatchObject({ code: 0, stderr: '' });
    for (const ending of endings) {
      expect(['UNAVAILABLE', 'closed with 1001', 'disconnected', 'the connection was not taken']).toContain(
        refusalOf(ending),
      );
    }

    const again = await serve();
    const { login } = await send(again, LoginDocument, { input: { username: 'ana', password } });
    const stored = await everyMessage(new Person(again.url, { ...ana, token: login.token }), group);
    expect(stored.toSorted()).toEqual(senders.flatMap(({ acknowledged }) => acknowledged).toSorted());
  });

  it('says so at /readyz first, serves meanwhile, and stops at once at the second signal', async () => {
    const server = await serve({ STOP_DELAY: '60' });
    const ana = await register(server.url, 'ana');
    server.signal('SIGTERM');
    await eventually(async () => {
      const response = await fetch(`${server.url}/readyz`);
      expect({ status: response.status, body: await response.json() }).toMatchObject({
        status: 503,
        body: { status: 'stopping' },
      });
    });
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    await expect(buildGroup(ana, [])).resolves.toEqual(expect.any(String));
    server.signal('SIGTERM');
    expect((await server.ended).code).toBe(1);
  });

  it('closes its sockets with 1001 over a moment, and takes no new one', async () => {
    const server = await serve({ STOP_DELAY: '1' });
    const ana = await register(server.url, 'ana');
    const closes = Array.from({ length: 300 }, async () => {
      const client = createClient({
        url: `${server.url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams: { token: ana.token },
        lazy: false,
        onNonLazyError: () => undefined,
        retryAttempts: 0,
      });
      await new Promise((resolve) => client.on('connected', resolve));
      return {
        closed: new Promise<{ code: number; at: number }>((resolve) =>
          client.on('closed', (event) => resolve({ code: (event as { code: number }).code, at: performance.now() })),
        ),
      };
    });
    const open = await Promise.all(closes);
    server.signal('SIGTERM');
    const ends = await Promise.all(open.map(({ closed }) => closed));
    expect(new Set(ends.map(({ code }) => code))).toEqual(new Set([1001]));
    const times = ends.map(({ at }) => at);
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(200);
    expect((await server.ended).code).toBe(0);
  });
});
