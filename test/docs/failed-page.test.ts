import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Server } from 'socket.io';
import { type WebSocket, WebSocketServer } from 'ws';
import { eventually } from '../support/eventually.js';
import { pastedPrograms, root, startPasted } from '../support/pasted-programs.js';

const conversationId = 'c';
const eventOf = (seq: number) => ({ conversationId, seq, type: 'MESSAGE_ADDED', message: { content: `n${seq}` } });

const behind = { conversationId, firstSeq: 1, lastSeq: 3 };
const error = { message: 'The database does not answer.', extensions: { code: 'UNAVAILABLE' } };

/** A server of which everybody is three entries behind, which cannot read its log at first. */
abstract class Forgetful {
  /** What it was told when somebody followed. */
  readonly known: unknown[] = [];
  pages = 0;
  protected readonly http: HttpServer = createServer();

  async listen(): Promise<number> {
    this.http.listen(0, '127.0.0.1');
    await once(this.http, 'listening');
    return (this.http.address() as AddressInfo).port;
  }

  /** The entries that were missed; undefined the first time. */
  protected page(): object[] | undefined {
    this.pages += 1;
    return this.pages === 1 ? undefined : [1, 2, 3].map(eventOf);
  }

  abstract close(): Promise<unknown>;
}

class ForgetfulSocketIo extends Forgetful {
  private readonly io = new Server(this.http);

  constructor() {
    super();
    this.io.on('connection', (socket) => {
      socket.on('conversation follow', ({ known }: { known: unknown[] }) => {
        this.known.push(known);
        if (known.length === 0) socket.emit('conversation reset', behind);
        socket.emit('conversation event', eventOf(4));
      });
      socket.on('conversation events', (_range: unknown, answer: (given: object) => void) => {
        const data = this.page();
        answer(data ? { code: 200, data } : { code: 503, errors: [error] });
      });
    });
  }

  close(): Promise<void> {
    return this.io.close();
  }
}

interface Asked {
  readonly id: string;
  readonly type: string;
  readonly payload: { readonly query: string; readonly variables: { readonly known: unknown[] } };
}

class ForgetfulGraphqlWs extends Forgetful {
  private readonly sockets = new WebSocketServer({ server: this.http, handleProtocols: ([first]) => first ?? false });

  constructor() {
    super();
    this.sockets.on('connection', (socket) => {
      socket.on('message', (data: Buffer) => this.answer(socket, JSON.parse(data.toString()) as Asked));
    });
  }

  close(): Promise<unknown> {
    for (const socket of this.sockets.clients) socket.terminate();
    return new Promise((closed) => this.http.close(closed));
  }

  private answer(socket: WebSocket, { id, type, payload }: Asked): void {
    const send = (message: object): void => socket.send(JSON.stringify(message));
    const next = (given: object): void => send({ id, type: 'next', payload: given });
    if (type === 'connection_init') send({ type: 'connection_ack' });
    if (type !== 'subscribe') return;
    if (payload.query.startsWith('subscription')) {
      const { known } = payload.variables;
      this.known.push(known);
      const { firstSeq, lastSeq } = behind;
      if (known.length === 0) next({ data: { conversationFeed: { id: conversationId, firstSeq, lastSeq } } });
      next({ data: { conversationFeed: eventOf(4) } });
      return;
    }
    const events = this.page();
    next(events ? { data: { conversationEvents: { events } } } : { data: null, errors: [error] });
    send({ id, type: 'complete' });
  }
}

describe.each([
  ['follow.mjs', 'known.json', () => new ForgetfulGraphqlWs()],
  ['follow-io.mjs', 'known-io.json', () => new ForgetfulSocketIo()],
])('%s of docs/delivery.md', (file, places, serve) => {
  const server: Forgetful = serve();
  let folder: string;
  let program: ChildProcess | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(`${root}dist/delivery-`);
  });
  afterAll(async () => {
    program?.kill();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('asks again for a page that the server could not read, and shows nothing that comes after it before', async () => {
    const [name, code] = pastedPrograms.find(([each]) => each === file)!;
    await writeFile(join(folder, name), code.replace('127.0.0.1:3000', `127.0.0.1:${await server.listen()}`));
    const shown: string[] = [];
    program = startPasted(folder, [name, 'token'], shown);
    await eventually(() => expect(shown).toHaveLength(4), 20_000);
    expect(shown).toEqual([1, 2, 3, 4].map((seq) => `${seq} MESSAGE_ADDED n${seq}`));
    expect(server.known).toEqual([[], []]);
    expect(server.pages).toBe(2);
    const saved = () => readFile(join(folder, places), 'utf8');
    await eventually(async () => expect(JSON.parse(await saved())).toEqual({ [conversationId]: 4 }));
  });
});
