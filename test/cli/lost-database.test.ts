import { jest } from '@jest/globals';
import { ConversationFeedDocument, MessageAddDocument, UserRegisterDocument } from '../../src/generated/operations.js';
import { buildGroup, say } from '../support/builders.js';
import { type DatabaseProcess, serveDatabase as begin } from '../support/database-process.js';
import { eventually } from '../support/eventually.js';
import { told } from '../support/feeds.js';
import { Program, workingFolder } from '../support/program.js';
import { Person, send } from '../support/wire-person.js';

jest.setTimeout(120_000);
/** How long what comes right by itself may take on a busy machine, ms. */
const patience = 30_000;

async function register({ url }: { readonly url: string }): Promise<Person> {
  const input = { username: 'ana', password: 'correct horse battery' };
  const { userRegister } = await send({ url }, UserRegisterDocument, { input });
  return new Person(url, { ...userRegister.user, token: userRegister.token, password: input.password });
}

let folder: Awaited<ReturnType<typeof workingFolder>>;
const begun: { kill(): Promise<void> }[] = [];

async function serveDatabase(): Promise<DatabaseProcess> {
  const database = await begin(folder.path);
  begun.push(database);
  return database;
}

beforeEach(async () => void (folder = await workingFolder()));
afterEach(async () => {
  await Promise.all(begun.splice(0).map((program) => program.kill()));
  await folder.remove();
});

describe('a server whose database is lost', () => {
  it('says so, stays, and goes on when the database is back', async () => {
    const first = await serveDatabase();
    const server = await Program.serve(folder.path, {
      MONGODB_URI: first.uri,
      LOG_LEVEL: 'silent',
      RATE_LIMITS: 'off',
    });
    begun.push(server);
    const ana = await register(server);
    const group = await buildGroup(ana, []);
    const feed = await ana.follow(ConversationFeedDocument, {});
    await say(ana, group, 'before');
    const ready = async () => (await fetch(`${server.url}/readyz`)).status;
    expect(await ready()).toBe(200);

    await first.kill();
    const refused = await ana.refused(MessageAddDocument, { input: { conversationId: group, content: 'lost' } });
    expect(refused).toMatchObject({ code: 'UNAVAILABLE', extensions: { reason: 'DATABASE' } });
    expect(refused.message).toContain('The database cannot be reached at the moment. Try again shortly.');
    expect(await ready()).toBe(503);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);

    const second = await serveDatabase();
    expect(second.uri).toBe(first.uri);
    await eventually(async () => expect(await ready()).toBe(200), patience);
    await eventually(() => say(ana, group, 'after'), patience);
    await feed.eventually(
      (items) => expect(items).toEqual(['FeedCaughtUp', 'MESSAGE_ADDED 2', 'MESSAGE_ADDED 3']),
      (recording) => told(recording),
    );
    await ana.leave();
    expect(await server.interrupt()).toMatchObject({ code: 0, stderr: '' });
  });

  it('refuses what a database that stands still does not answer, and goes on when it does', async () => {
    const database = await serveDatabase();
    const settings = { MONGODB_URI: database.uri, LOG_LEVEL: 'silent', RATE_LIMITS: 'off' };
    const server = await Program.serve(folder.path, settings);
    begun.push(server);
    const ana = await register(server);
    const group = await buildGroup(ana, []);
    const input = { conversationId: group, content: 'once', clientMessageId: 'c1' };
    database.pause();
    const refused = await ana.refused(MessageAddDocument, { input });
    expect(refused).toMatchObject({ code: 'UNAVAILABLE', extensions: { reason: 'DATABASE' } });
    database.resume();
    const sent = await eventually(() => ana.run(MessageAddDocument, { input }), patience);
    expect(sent.messageAdd.message).toMatchObject({ seq: 2, content: 'once' });
    expect(await say(ana, group, 'next')).toMatchObject({ seq: 3 });
  });

  it('can be stopped without it', async () => {
    const database = await serveDatabase();
    const server = await Program.serve(folder.path, { MONGODB_URI: database.uri, LOG_LEVEL: 'silent' });
    begun.push(server);
    await register(server);
    await database.kill();
    const { code, stderr } = await server.interrupt();
    expect([0, 1]).toContain(code);
    expect(stderr).not.toMatch(/ {4}at /);
  });
});
