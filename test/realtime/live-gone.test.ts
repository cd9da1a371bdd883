import { jest } from '@jest/globals';
import {
  ContactUserAddedDocument,
  ConversationListChangedDocument,
  ConversationOpenDocument,
  GroupUserRemoveDocument,
} from '../../src/generated/operations.js';
import { addContact, buildGroup } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import { TestSocket } from '../support/socket-io.js';
import type { Person } from '../support/wire-person.js';

jest.setTimeout(60_000);

/** Enough for the notice to be told to somebody who has left meanwhile, many times over. */
const rounds = 12;

describe('a live view of what is gone by the time it is told', () => {
  let server: TestServer;
  let ana: Person;
  let luis: Person;
  beforeAll(async () => {
    server = await startChatset();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    [ana, luis] = await server.people('ana', 'luis');
  });

  const groups = async (): Promise<string[]> => {
    const ids = [];
    for (let at = 0; at < rounds; at += 1) ids.push(await buildGroup(ana, [luis], `g${at}`));
    return ids;
  };

  it.each<[string, (token: string) => TestSocket]>([
    ['Socket.IO 4', (token) => TestSocket.modern(server.url, token)],
    ['Socket.IO 2', (token) => TestSocket.old(server.url, token)],
  ])('goes on for a socket that opens a group and leaves it at once (%s)', async (_name, connect) => {
    const ids = await groups();
    const kept = await buildGroup(ana, [luis], 'kept');
    const socket = await connect(luis.token).welcomed();
    for (const groupId of ids) {
      const asked = [
        socket.ask('conversation open', groupId),
        socket.ask('group user remove', { groupId, userId: luis.id }),
      ];
      for (const { code } of await Promise.all(asked)) expect([200, 404]).toContain(code);
    }
    await socket.ask('conversation open', kept);
    await eventually(() =>
      expect(socket.of('conversation data')).toContainEqual(expect.objectContaining({ id: kept })),
    );
    expect(socket.partings).toEqual([]);
    expect(socket.of('exception')).toEqual([]);
    socket.close();
  });

  it('goes on over graphql-ws for somebody who opens a group and leaves it at once', async () => {
    const ids = await groups();
    const kept = await buildGroup(ana, [luis], 'kept');
    const changes = await luis.follow(ConversationListChangedDocument, {});
    for (const conversationId of ids) {
      await Promise.all([
        luis.codeOf(ConversationOpenDocument, { input: { conversationId } }),
        luis.run(GroupUserRemoveDocument, { input: { groupId: conversationId, userId: luis.id } }),
      ]);
    }
    await luis.run(ConversationOpenDocument, { input: { conversationId: kept } });
    await eventually(() => {
      const told = changes.items.map(({ conversationListChanged }) => conversationListChanged.id);
      expect(told).toContain(kept);
    });
  });

  it('goes on for a socket that adds a contact and takes it out at once', async () => {
    const socket = await TestSocket.modern(server.url, luis.token).welcomed();
    const contacts = await luis.follow(ContactUserAddedDocument, {});
    const both = () => [socket.ask('contact user add', ana.id), socket.ask('contact user remove', ana.id)];
    for (let at = 0; at < 3; at += 1) await Promise.all(Array.from({ length: rounds }, both).flat());
    await addContact(luis, ana, 'Ani');
    await eventually(() => {
      expect(contacts.items.map(({ contactUserAdded }) => contactUserAdded.alias)).toContain('Ani');
      expect(socket.of('contact user add')).toContainEqual(expect.objectContaining({ alias: 'Ani' }));
    });
    expect(socket.partings).toEqual([]);
    socket.close();
  });
});
