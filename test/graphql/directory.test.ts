import type { Answer } from '../support/listener.js';
import { type Person, buildPerson, goodPassword, shareConversation } from '../support/person.js';
import { type PeopleServer, startPeople } from '../support/people.js';

const unknownId = '0123456789abcdef01234567';

const namesOf = (page: Answer) => page.edges.map(({ node }) => node.username);
const list = (person: Person, variables: Record<string, unknown> = {}) => person.run('Users', variables);

describe('the open directory', () => {
  let server: PeopleServer;
  let ana: Person;
  let luis: Person;
  beforeAll(async () => {
    server = await startPeople();
    ana = await buildPerson(server, 'ana.lopez', { name: 'Ana López de Ayala', mail: 'ana@example.org', phone: '1' });
    luis = await buildPerson(server, 'luis', { name: 'José Luis' });
    await buildPerson(server, 'zoe');
    await buildPerson(server, 'bo');
  });
  afterAll(() => server.stop());

  it('lists everybody by username', async () => {
    expect(namesOf(await list(luis))).toEqual(['ana.lopez', 'bo', 'luis', 'zoe']);
  });

  it('pages forward without a hole or a double', async () => {
    const first = await list(luis, { first: 3 });
    expect(namesOf(first)).toEqual(['ana.lopez', 'bo', 'luis']);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const second = await list(luis, { first: 3, after: first.pageInfo.endCursor });
    expect(namesOf(second)).toEqual(['zoe']);
    expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it.each([
    ['ana', ['ana.lopez']],
    ['LOP', ['ana.lopez']],
    ['lópez', ['ana.lopez']],
    ['ana.lo', ['ana.lopez']],
    ['jose', ['luis']],
    ['jo lu', ['luis']],
    ['lu ayala', []],
    ['opez', []],
    ['.*', []],
    ['^', []],
    ['(', []],
    ['  ', ['ana.lopez', 'bo', 'luis', 'zoe']],
    ['', ['ana.lopez', 'bo', 'luis', 'zoe']],
  ])('finds by the search %j %j', async (search, names) => {
    expect(namesOf(await list(luis, { search }))).toEqual(names);
  });

  it.each([
    { first: 201 },
    { first: -1 },
    { after: 'no cursor' },
    { after: Buffer.from('[{"$ne":null}]').toString('base64url') },
    { search: 'x'.repeat(101) },
    { search: 'a\u0000' },
    { search: { $ne: null } },
  ])('refuses %j', async (variables) => {
    expect(await luis.refused('Users', variables)).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('shows one person by id or by username in any case, without its private data', async () => {
    const shown = await luis.run('User', { id: ana.id });
    expect(shown).toMatchObject({
      username: 'ana.lopez',
      name: 'Ana López de Ayala',
      mail: null,
      phone: null,
      role: null,
    });
    expect(await luis.run('User', { username: 'ANA.lopez' })).toEqual(shown);
  });

  it('shows private data to the person itself and to site admins', async () => {
    expect(await ana.run('User', { id: ana.id })).toMatchObject({ mail: 'ana@example.org', phone: '1', role: 'USER' });
    const admin = await buildPerson(server, 'yolanda');
    await server.users.promote('Yolanda');
    expect(await admin.run('User', { id: ana.id })).toMatchObject({
      mail: 'ana@example.org',
      phone: '1',
      role: 'USER',
    });
    expect(await admin.run('Me')).toMatchObject({ role: 'ADMIN' });
    await admin.mutate('UserUnregister', { password: goodPassword });
  });

  it('answers NOT_FOUND for nobody, also for what is no id', async () => {
    const unknown = await luis.refused('User', { id: unknownId });
    expect(unknown.code).toBe('NOT_FOUND');
    for (const wanted of [
      { id: 'x' },
      { id: '' },
      { id: 'z'.repeat(50_000) },
      { username: 'nobody' },
      { username: '' },
    ]) {
      expect(await luis.refused('User', wanted)).toEqual(unknown);
    }
  });

  it.each([{}, { id: null, username: null }, { id: unknownId, username: 'ana' }])('refuses %j', async (wanted) => {
    expect(await luis.refused('User', wanted)).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

describe('the closed directory', () => {
  let server: PeopleServer;
  let ana: Person;
  let luis: Person;
  let eva: Person;
  beforeAll(async () => {
    server = await startPeople({ variables: { USER_DIRECTORY: 'closed' } });
    ana = await buildPerson(server, 'ana');
    luis = await buildPerson(server, 'luis');
    eva = await buildPerson(server, 'eva');
    await buildPerson(server, 'stranger', { name: 'Ana Stranger' });
    await shareConversation(ana, eva);
    await ana.mutate('ContactUserAdd', { userId: luis.id });
  });
  afterAll(() => server.stop());

  it('lists contacts, people of shared conversations and oneself', async () => {
    expect(namesOf(await list(ana))).toEqual(['ana', 'eva', 'luis']);
    expect(namesOf(await list(eva))).toEqual(['ana', 'eva']);
    expect(namesOf(await list(luis))).toEqual(['luis']);
  });

  it('finds a stranger by the exact username only', async () => {
    expect(namesOf(await list(ana, { search: 'stran' }))).toEqual([]);
    expect(namesOf(await list(ana, { search: ' Stranger ' }))).toEqual(['stranger']);
    expect(await ana.run('User', { username: 'stranger' })).toMatchObject({ name: 'Ana Stranger' });
  });

  it('shows by id whom one knows, and nobody else', async () => {
    expect(await ana.run('User', { id: luis.id })).toMatchObject({ username: 'luis' });
    expect(await eva.run('User', { id: ana.id })).toMatchObject({ username: 'ana' });
    expect(await eva.run('User', { id: eva.id })).toMatchObject({ username: 'eva' });
    const hidden = await luis.refused('User', { id: ana.id });
    expect(hidden).toEqual(await luis.refused('User', { id: unknownId }));
  });
});

describe('profiles', () => {
  let server: PeopleServer;
  let ana: Person;
  beforeEach(async () => {
    server = await startPeople();
    ana = await buildPerson(server, 'ana', { name: 'Ana', mail: 'ana@example.org', phone: '1' });
  });
  afterEach(() => server.stop());

  it('keep what is absent and lose what is null', async () => {
    const { user } = await ana.mutate('UserUpdate', { name: 'Ana María', mail: null });
    expect(user).toMatchObject({ name: 'Ana María', mail: null, phone: '1', username: 'ana' });
    expect(await ana.run('Me')).toEqual(user);
  });

  it('are found by their new words only', async () => {
    await ana.mutate('UserUpdate', { name: 'Lope' });
    expect(namesOf(await list(ana, { search: 'lope' }))).toEqual(['ana']);
    await ana.mutate('UserUpdate', { name: 'Félix' });
    expect(namesOf(await list(ana, { search: 'lope' }))).toEqual([]);
    expect(namesOf(await list(ana, { search: 'felix' }))).toEqual(['ana']);
  });

  it.each([{ name: '' }, { mail: 'x' }, { phone: '\n' }, { profileImage: 'file:///etc/passwd' }, { role: 'ADMIN' }])(
    'stay as they are after %j',
    async (input) => {
      const before = await ana.run('Me');
      expect(await ana.refused('UserUpdate', { input })).toMatchObject({ code: 'BAD_USER_INPUT' });
      expect(await ana.run('Me')).toEqual(before);
    },
  );
});
