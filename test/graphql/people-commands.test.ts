import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { UserRole } from '../../src/users/user-role.js';
import { BlocksDocument, ContactsDocument, UsersDocument } from '../../src/generated/operations.js';
import { addContact, block, buildGroup, unblock } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import type { Person } from '../support/wire-person.js';

type Page = Record<string, { readonly edges: readonly unknown[] }>;
type PageOf = TypedDocumentNode<Page, { first: number }>;

describe('database commands', () => {
  let server: TestServer;
  let ana: Person;
  beforeAll(async () => {
    server = await startChatset();
    ana = await server.register('ana');
    const others = await Promise.all(Array.from({ length: 40 }, (_, at) => server.register(`person${at}`)));
    for (const other of others) {
      await addContact(ana, other);
      await block(ana, other);
      await unblock(ana, other);
      server.app.rooms.people.presence.opened({ userId: other.id, sessionId: '', role: UserRole.USER });
    }
    await buildGroup(ana, others);
  }, 60_000);
  afterAll(() => server.stop());

  /** The commands of one operation, beside the two that look the session up. */
  const commandsOf = async (document: PageOf, first: number) => {
    let rows = 0;
    const commands = await server.commandsOf(async () => {
      rows = Object.values(await ana.run(document, { first })).flatMap(({ edges }) => edges).length;
    });
    return { rows, commands: commands.slice(2).sort() };
  };

  it.each<[string, PageOf, string[]]>([
    ['Users', UsersDocument, ['blocks.find', 'blocks.find', 'contacts.find', 'conversations.aggregate', 'users.find']],
    [
      'Contacts',
      ContactsDocument,
      ['blocks.find', 'contacts.find', 'contacts.find', 'conversations.aggregate', 'users.find'],
    ],
  ])('are as many for a page of forty %s as for one of two', async (_name, document, expected) => {
    const few = await commandsOf(document, 2);
    const many = await commandsOf(document, 40);
    expect([few.rows, many.rows]).toEqual([2, 40]);
    // People who were shown in the last seconds are not read again.
    expect(expected).toEqual(expect.arrayContaining(many.commands));
    expect(many.commands.length).toBeLessThanOrEqual(expected.length);
  });

  it('are two for a page of blocks', async () => {
    const { contacts } = await ana.run(ContactsDocument, { first: 20 });
    for (const { node } of contacts.edges) await block(ana, node.user);
    const { rows, commands: used } = await commandsOf(BlocksDocument, 20);
    expect(rows).toBe(20);
    expect(used).toEqual(['blocks.find', 'users.find']);
  });
});
