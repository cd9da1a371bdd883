import { jest } from '@jest/globals';
import { print } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import {
  ConversationFeedDocument,
  type ConversationFeedSubscription,
  LogoutDocument,
} from '../../src/generated/operations.js';
import { logIn, register } from '../support/accounts.js';
import { buildGroup, say } from '../support/builders.js';
import { type DatabaseProcess, serveDatabase } from '../support/database-process.js';
import { eventually } from '../support/eventually.js';
import { eventsOf } from '../support/feeds.js';
import { Program, workingFolder } from '../support/program.js';
import { freePort } from '../support/redis.js';
import { Recording } from '../support/recording.js';
import { TestSocket } from '../support/socket-io.js';
import { Person } from '../support/wire-person.js';

jest.setTimeout(90_000);
/** How long clients may take that come back by themselves, ms. */
const patience = 30_000;

/** Every kind of Socket.IO client, which connects again as its library does by default. */
const clients = ['websocket', 'polling'].flatMap((transport) => {
  const options = { transports: [transport], reconnection: true };
  return [
    ({ url, token }: Person) => TestSocket.modern(url, token, options),
    ({ url, token }: Person) => TestSocket.old(url, token, options),
  ];
});

/** A graphql-ws client that never gives up. */
function persistentClient({ url, token }: Person): Client {
  const options = { connectionParams: { token }, retryAttempts: Infinity, shouldRetry: () => true };
  return createClient({ url: `${url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, ...options });
}

describe('clients', () => {
  let folder: Awaited<ReturnType<typeof workingFolder>>;
  let database: DatabaseProcess;
  let server: Awaited<ReturnType<typeof Program.serve>>;
  let settings: Record<string, string>;
  let ana: Person;
  let sockets: TestSocket[] = [];
  const serve = async () => void (server = await Program.serve(folder.path, settings));
  beforeEach(async () => {
    folder = await workingFolder();
    database = await serveDatabase(folder.path);
    const port = String(await freePort());
    settings = { MONGODB_URI: database.uri, PORT: port, RATE_LIMITS: 'off', LOG_LEVEL: 'silent' };
    await serve();
    ana = new Person(server.url, await register(server, { username: 'ana' }));
    sockets = clients.map((client) => client(ana));
    for (const socket of sockets) await socket.welcomed();
  });
  afterEach(async () => {
    for (const socket of sockets) socket.close();
    await server.kill();
    await database.kill();
    await folder.remove();
  });
  const areTold = async (group: string, content: string) => {
    await eventually(() => {
      for (const { socket } of sockets) expect(socket.connected).toBe(true);
    }, patience);
    // Who has asked for the list has been welcomed before.
    for (const socket of sockets) await socket.ask('conversation list');
    await say(ana, group, content);
    for (const socket of sockets) {
      await eventually(() => expect(socket.of('message add')).toContainEqual(expect.objectContaining({ content })));
    }
  };

  it('come back by themselves when the server was stopped and started', async () => {
    const group = await buildGroup(ana, []);
    const graphql = persistentClient(ana);
    // With its place, so that it may come back after the message as well as before.
    const variables = { known: [{ conversationId: group, seq: 1 }] };
    const feed = new Recording<ConversationFeedSubscription>(graphql, {
      query: print(ConversationFeedDocument),
      variables,
    });
    await feed.until(1);
    server.signal('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0 });
    await eventually(() =>
      expect(sockets.map(({ partings: [first] }) => first)).toEqual(Array(4).fill('transport close')),
    );
    await serve();
    await areTold(group, 'again');
    await eventually(() => expect(eventsOf(feed).at(-1)?.message?.content).toBe('again'), patience);
    await graphql.dispose();
  });

  it('come back by themselves when the database was away as they connected', async () => {
    const group = await buildGroup(ana, []);
    await database.kill();
    for (const socket of sockets) socket.cut();
    await eventually(() => {
      for (const { lost } of sockets) expect(lost).toBeGreaterThan(1);
    }, patience);
    database = await serveDatabase(folder.path);
    await areTold(group, 'again');
  });

  it('come back when they could not follow', async () => {
    await database.kill();
    for (const socket of sockets) socket.tell('conversation follow', { known: [] });
    await eventually(() => {
      for (const { lost } of sockets) expect(lost).toBeGreaterThan(0);
    }, patience);
    for (const socket of sockets)
      expect(socket.of('exception')).toMatchObject([{ event: 'conversation follow', code: 503 }]);
    database = await serveDatabase(folder.path);
    await eventually(() => {
      for (const { socket } of sockets) expect(socket.connected).toBe(true);
    }, patience);
  });

  it('stay away when their session was ended', async () => {
    await ana.run(LogoutDocument, {});
    await eventually(() => expect(sockets.map(({ ended }) => ended)).toEqual(Array(4).fill('io server disconnect')));
    ana = new Person(server.url, await logIn(server, 'ana'));
    const feed = await ana.follow(ConversationFeedDocument, {});
    await feed.until(1);
    for (const { socket } of sockets) expect(socket.connected).toBe(false);
    await ana.leave();
  });
});
