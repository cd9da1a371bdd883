import { type Person, buildPerson, shareConversation } from '../support/person.js';
import { type PeopleServer, startPeople } from '../support/people.js';

describe('database commands', () => {
  let server: PeopleServer;
  let ana: Person;
  let commands: string[] = [];
  beforeAll(async () => {
    server = await startPeople();
    ana = await buildPerson(server, 'ana');
    const others = await Promise.all(Array.from({ length: 40 }, (_, at) => buildPerson(server, `person${at}`)));
    for (const other of others) {
      await ana.mutate('ContactUserAdd', { userId: other.id });
      await ana.mutate('UserBlock', { userId: other.id });
      await ana.mutate('UserUnblock', { userId: other.id });
      server.presence.opened(await other.actor());
    }
    await shareConversation(ana, ...others);
    server.database.connection.set('debug', (collection: string, method: string) => {
      commands.push(`${collection}.${method}`);
    });
  }, 60_000);
  afterAll(() => server.stop());

  /** The commands of one operation, beside the two that look the session up. */
  const commandsOf = async (name: string, variables: Record<string, unknown>) => {
    commands = [];
    const { edges } = await ana.run(name, variables);
    return { rows: edges.length, commands: commands.slice(2).sort() };
  };

  it.each([
    ['Users', ['blocks.find', 'blocks.find', 'contacts.find', 'conversations.aggregate', 'users.find']],
    ['Contacts', ['blocks.find', 'contacts.find', 'contacts.find', 'conversations.aggregate', 'users.find']],
  ])('are as many for a page of forty %s as for one of two', async (name, expected) => {
    const few = await commandsOf(name, { first: 2 });
    const many = await commandsOf(name, { first: 40 });
    expect([few.rows, many.rows]).toEqual([2, 40]);
    // People who were shown in the last seconds are not read again.
    expect(expected).toEqual(expect.arrayContaining(many.commands));
    expect(many.commands.length).toBeLessThanOrEqual(expected.length);
  });

  it('are two for a page of blocks', async () => {
    for (const { node } of (await ana.run('Contacts', { first: 20 })).edges) {
      await ana.mutate('UserBlock', { userId: node.user.id });
    }
    const { rows, commands: used } = await commandsOf('Blocks', { first: 20 });
    expect(rows).toBe(20);
    expect(used).toEqual(['blocks.find', 'users.find']);
  });
});
