import type { Answer } from '../support/listener.js';
import { type Person, buildPerson, goodPassword, shareConversation } from '../support/person.js';
import { type PeopleServer, startPeople } from '../support/people.js';

const unknownId = '0123456789abcdef01234567';
const tooLong = 'x'.repeat(101);

describe('contacts', () => {
  let server: PeopleServer;
  let ana: Person;
  let luis: Person;
  let eva: Person;
  beforeEach(async () => {
    server = await startPeople();
    ana = await buildPerson(server, 'ana');
    luis = await buildPerson(server, 'luis');
    eva = await buildPerson(server, 'eva');
  });
  afterEach(() => server.stop());

  const contactsOf = async (person: Person, variables: Record<string, unknown> = {}) => {
    const page = await person.run('Contacts', variables);
    return page.edges.map(({ node }) => [node.user.username, node.alias]);
  };

  it('are listed newest first, to their owner alone', async () => {
    await ana.mutate('ContactUserAdd', { userId: luis.id, alias: 'Lucho' });
    await ana.mutate('ContactUserAdd', { userId: eva.id });
    expect(await contactsOf(ana)).toEqual([
      ['eva', null],
      ['luis', 'Lucho'],
    ]);
    expect(await contactsOf(luis)).toEqual([]);
  });

  it('are paged without a hole or a double', async () => {
    const names = ['c1', 'c2', 'c3', 'c4', 'c5'];
    for (const name of names) await ana.mutate('ContactUserAdd', { userId: (await buildPerson(server, name)).id });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Answer = await ana.run('Contacts', { first: 2, after });
      seen.push(...page.edges.map(({ node }) => node.user.username));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(names.reverse());
  });

  it('added again change their alias and make no second row', async () => {
    const first = await ana.mutate('ContactUserAdd', { userId: luis.id, alias: 'Lucho' });
    const second = await ana.mutate('ContactUserAdd', { userId: luis.id, alias: 'Luisito' });
    expect(second.contact).toEqual({ ...first.contact, alias: 'Luisito' });
    await ana.mutate('ContactUserAdd', { userId: luis.id });
    expect(await contactsOf(ana)).toEqual([['luis', 'Luisito']]);
    await ana.mutate('ContactUserAdd', { userId: luis.id, alias: null });
    expect(await contactsOf(ana)).toEqual([['luis', null]]);
  });

  it('added many times at once are one row', async () => {
    const adding = Array.from({ length: 8 }, () => ana.mutate('ContactUserAdd', { userId: luis.id, alias: 'Lucho' }));
    const ids = (await Promise.all(adding)).map(({ contact }) => contact.id);
    expect(new Set(ids).size).toBe(1);
    expect(await contactsOf(ana)).toEqual([['luis', 'Lucho']]);
  });

  it('are taken out, and taking out who is not in succeeds too', async () => {
    await ana.mutate('ContactUserAdd', { userId: luis.id });
    expect(await ana.mutate('ContactUserRemove', { userId: luis.id })).toEqual({ userId: luis.id });
    expect(await ana.mutate('ContactUserRemove', { userId: luis.id })).toEqual({ userId: luis.id });
    expect(await contactsOf(ana)).toEqual([]);
  });

  it.each(['ContactUserAdd', 'UserBlock'])('%s refuses oneself', async (name) => {
    const error = await ana.refused(name, { input: { userId: ana.id } });
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'userId' }] });
  });

  it.each(['ContactUserAdd', 'ContactUserRemove', 'UserBlock', 'UserUnblock'])(
    '%s answers NOT_FOUND for nobody, also for what is no id',
    async (name) => {
      const unknown = await ana.refused(name, { input: { userId: unknownId } });
      expect(unknown.code).toBe('NOT_FOUND');
      expect(await ana.refused(name, { input: { userId: 'no id' } })).toEqual(unknown);
      expect(await ana.refused(name, { input: { userId: '' } })).toEqual(unknown);
    },
  );

  it.each(['ContactUserAdd', 'UserBlock'])('%s answers NOT_FOUND for somebody who has gone', async (name) => {
    await luis.mutate('UserUnregister', { password: goodPassword });
    expect(await ana.refused(name, { input: { userId: luis.id } })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each(['', ' ', 'a\u0000', 'a\nb', tooLong, { $ne: null }, 7])('refuse the alias %j', async (alias) => {
    const error = await ana.refused('ContactUserAdd', { input: { userId: luis.id, alias } });
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await contactsOf(ana)).toEqual([]);
  });

  it.each(['Contacts', 'Blocks'])('%s refuses more than 200 rows and foreign cursors', async (name) => {
    for (const variables of [{ first: 201 }, { first: -1 }, { after: 'x' }, { after: 'W10' }]) {
      expect(await ana.refused(name, variables)).toMatchObject({ code: 'BAD_USER_INPUT' });
    }
  });
});

describe('blocks', () => {
  let server: PeopleServer;
  let ana: Person;
  let luis: Person;
  beforeEach(async () => {
    server = await startPeople();
    ana = await buildPerson(server, 'ana');
    luis = await buildPerson(server, 'luis');
  });
  afterEach(() => server.stop());

  const names = async (person: Person, list: string) => (await person.run(list)).edges.map(({ node }) => node.username);

  it('are listed latest first, to who made them alone', async () => {
    const eva = await buildPerson(server, 'eva');
    await ana.mutate('UserBlock', { userId: luis.id });
    await ana.mutate('UserBlock', { userId: eva.id });
    expect(await names(ana, 'Blocks')).toEqual(['eva', 'luis']);
    expect(await names(luis, 'Blocks')).toEqual([]);
  });

  it('made twice are one, and ended twice are none', async () => {
    const { user } = await ana.mutate('UserBlock', { userId: luis.id });
    expect(user).toMatchObject({ username: 'luis' });
    await ana.mutate('UserBlock', { userId: luis.id });
    expect(await names(ana, 'Blocks')).toEqual(['luis']);
    await ana.mutate('UserUnblock', { userId: luis.id });
    expect((await ana.mutate('UserUnblock', { userId: luis.id })).user).toMatchObject({ username: 'luis' });
    expect(await names(ana, 'Blocks')).toEqual([]);
  });

  it('hide both from each other in lists of people', async () => {
    await ana.mutate('UserBlock', { userId: luis.id });
    expect(await names(ana, 'Users')).toEqual(['ana']);
    expect(await names(luis, 'Users')).toEqual(['luis']);
    await ana.mutate('UserUnblock', { userId: luis.id });
    expect(await names(luis, 'Users')).toEqual(['ana', 'luis']);
  });

  it('hold in both directions and end at once', async () => {
    const { relations } = server;
    expect(await relations.isBlocked(ana.id, luis.id)).toBe(false);
    await ana.mutate('UserBlock', { userId: luis.id });
    expect(await relations.isBlocked(ana.id, luis.id)).toBe(true);
    expect(await relations.isBlocked(luis.id, ana.id)).toBe(true);
    expect(await relations.hiddenFrom(luis.id)).toEqual(new Set([ana.id]));
    await luis.mutate('UserBlock', { userId: ana.id });
    await ana.mutate('UserUnblock', { userId: luis.id });
    expect(await relations.isBlocked(ana.id, luis.id)).toBe(true);
    await luis.mutate('UserUnblock', { userId: ana.id });
    expect(await relations.isBlocked(ana.id, luis.id)).toBe(false);
  });

  it('take people out of the audience of each other', async () => {
    const eva = await buildPerson(server, 'eva');
    await shareConversation(ana, luis, eva);
    await eva.mutate('ContactUserAdd', { userId: ana.id });
    expect((await server.relations.audienceOf(ana.id)).sort()).toEqual([luis.id, eva.id].sort());
    await luis.mutate('UserBlock', { userId: ana.id });
    expect(await server.relations.audienceOf(ana.id)).toEqual([eva.id]);
  });
});
