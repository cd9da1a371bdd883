import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Server } from 'socket.io';
import { eventually } from '../support/eventually.js';
import { pastedPrograms, root, startPasted } from '../support/pasted-programs.js';

const conversationId = 'c';
const eventOf = (seq: number) => ({ conversationId, seq, type: 'MESSAGE_ADDED', message: { content: `n${seq}` } });

/** A server of which everybody is three entries behind, which cannot read its log at first. */
class Forgetful {
  /** What it was told when somebody followed. */
  readonly known: unknown[] = [];
  pages = 0;
  private readonly http: HttpServer = createServer();
  private readonly io = new Server(this.http);

  async listen(): Promise<number> {
    this.io.on('connection', (socket) => {
      socket.on('conversation follow', ({ known }: { known: { seq: number }[] }) => {
        this.known.push(known);
        if (known.length === 0) socket.emit('conversation reset', { conversationId, firstSeq: 1, lastSeq: 3 });
        socket.emit('conversation event', eventOf(4));
      });
      socket.on('conversation events', (_range: unknown, answer: (given: object) => void) => {
        this.pages += 1;
        const error = { code: 503, message: 'The database does not answer.' };
        answer(this.pages === 1 ? { code: 503, errors: [error] } : { code: 200, data: [1, 2, 3].map(eventOf) });
      });
    });
    this.http.listen(0, '127.0.0.1');
    await once(this.http, 'listening');
    return (this.http.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    return this.io.close();
  }
}

describe('follow-io.mjs of docs/delivery.md', () => {
  const server = new Forgetful();
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
    const [name, code] = pastedPrograms.find(([file]) => file === 'follow-io.mjs')!;
    await writeFile(join(folder, name), code.replace('127.0.0.1:3000', `127.0.0.1:${await server.listen()}`));
    const shown: string[] = [];
    program = startPasted(folder, [name, 'token'], shown);
    await eventually(() => expect(shown).toHaveLength(4), 20_000);
    expect(shown).toEqual([1, 2, 3, 4].map((seq) => `${seq} MESSAGE_ADDED n${seq}`));
    expect(server.known).toEqual([[], []]);
    expect(server.pages).toBe(2);
    const saved = () => readFile(join(folder, 'known-io.json'), 'utf8');
    await eventually(async () => expect(JSON.parse(await saved())).toEqual({ [conversationId]: 4 }));
  });
});
