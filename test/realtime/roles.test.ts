import { print } from 'graphql';
import type { Client } from 'graphql-ws';
import { ReportsDocument, UserUpdateDocument } from '../../src/generated/operations.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import { Recording } from '../support/recording.js';
import { runOverSocket } from '../support/sample-server.js';
import { TestSocket } from '../support/socket-io.js';
import type { Person } from '../support/wire-person.js';

/** Open sockets are looked at every five seconds. */
const patienceMs = 15_000;

interface Changed {
  readonly userChanged: { readonly name: string; readonly mail: string | null };
}

describe('a role that changes while sockets are open', () => {
  let server: TestServer;
  let ana: Person;
  let luis: Person;
  let client: Client;
  let socket: TestSocket;
  let changes: Recording<Changed>;

  beforeAll(async () => {
    server = await startChatset();
    [ana, luis] = await server.people('ana', 'luis');
    await luis.run(UserUpdateDocument, { input: { mail: 'luis@example.org' } });
    client = ana.connect();
    changes = new Recording<Changed>(client, {
      query: 'subscription ($id: ID) { userChanged(id: $id) { name mail } }',
      variables: { id: luis.id },
    });
    await changes.ready();
    socket = await TestSocket.modern(server.url, ana.token).welcomed();
  });
  afterAll(async () => {
    socket.close();
    await client.dispose();
    await server.stop();
  });

  const reportsCode = async (): Promise<string> => {
    const { errors } = await runOverSocket(client, { query: print(ReportsDocument) });
    return errors?.[0]?.extensions.code ?? 'OK';
  };
  const reportListCode = async (): Promise<number> => (await socket.ask('report list', {})).code;

  /** What the open subscription tells of the next change. */
  async function nextMail(name: string): Promise<string | null> {
    await luis.run(UserUpdateDocument, { input: { name } });
    return (await changes.next()).userChanged.mail;
  }

  it('reaches them and what they follow, without a new log-in', async () => {
    const { users } = server.app.rooms.people;
    expect([await reportsCode(), await reportListCode(), await nextMail('uno')]).toEqual(['FORBIDDEN', 403, null]);
    await users.promote(ana.username);
    await eventually(async () => expect(await reportsCode()).toBe('OK'), patienceMs);
    expect([await reportListCode(), await nextMail('dos')]).toEqual([200, 'luis@example.org']);
    await users.demote(ana.username);
    await eventually(async () => expect(await reportsCode()).toBe('FORBIDDEN'), patienceMs);
    expect([await reportListCode(), await nextMail('tres')]).toEqual([403, null]);
  }, 60_000);
});
