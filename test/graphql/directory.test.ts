import {
  MeDocument,
  UserDocument,
  type UsersQuery,
  type UsersQueryVariables,
  UsersDocument,
  type UserUpdateInput,
  UserUpdateDocument,
  type UserQueryVariables,
} from '../../src/generated/operations.js';
import { addContact, buildGroup, unregister } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import type { Person } from '../support/wire-person.js';

const unknownId = '0123456789abcdef01234567';

const namesOf = (page: UsersQuery['users']) => page.edges.map(({ node }) => node.username);
const list = async (person: Person, variables: UsersQueryVariables = {}) =>
  (await person.run(UsersDocument, variables)).users;
const show = async (viewer: Person, wanted: UserQueryVariables) => (await viewer.run(UserDocument, wanted)).user;
const meOf = async (person: Person) => (await person.run(MeDocument, {})).me;
const change = async (person: Person, input: UserUpdateInput) =>
  (await person.run(UserUpdateDocument, { input })).userUpdate.user;

describe('the open directory', () => {
  let server: TestServer;
  let ana: Person;
  let luis: Person;
  beforeAll(async () => {
    server = await startChatset();
    ana = await server.register('ana.lopez', { name: 'Ana López de Ayala', mail: 'ana@example.org', phone: '1' });
    luis = await server.register('luis', { name: 'José Luis' });
    await server.register('zoe');
    await server.register('bo');
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
    expect(await luis.refused(UsersDocument, variables as never)).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('shows one person by id or by username in any case, without its private data', async () => {
    const shown = await show(luis, { id: ana.id });
    expect(shown).toMatchObject({
      username: 'ana.lopez',
      name: 'Ana López de Ayala',
      mail: null,
      phone: null,
      role: null,
    });
    expect(await show(luis, { username: 'ANA.lopez' })).toEqual(shown);
  });

  it('shows private data to the person itself and to site admins', async () => {
    expect(await show(ana, { id: ana.id })).toMatchObject({ mail: 'ana@example.org', phone: '1', role: 'USER' });
    const admin = await server.register('yolanda');
    await server.app.rooms.people.users.promote('Yolanda');
    expect(await show(admin, { id: ana.id })).toMatchObject({
      mail: 'ana@example.org',
      phone: '1',
      role: 'USER',
    });
    expect(await meOf(admin)).toMatchObject({ role: 'ADMIN' });
    await unregister(admin);
  });

  it('answers NOT_FOUND for nobody, also for what is no id', async () => {
    const unknown = await luis.refused(UserDocument, { id: unknownId });
    expect(unknown.code).toBe('NOT_FOUND');
    for (const wanted of [
      { id: 'x' },
      { id: '' },
      { id: 'z'.repeat(50_000) },
      { username: 'nobody' },
      { username: '' },
    ]) {
      expect((await luis.refused(UserDocument, wanted)).errors).toEqual(unknown.errors);
    }
  });

  it.each([{}, { id: null, username: null }, { id: unknownId, username: 'ana' }])('refuses %j', async (wanted) => {
    expect(await luis.refused(UserDocument, wanted)).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

describe('the closed directory', () => {
  let server: TestServer;
  let ana: Person;
  let luis: Person;
  let eva: Person;
  beforeAll(async () => {
    server = await startChatset({ USER_DIRECTORY: 'closed' });
    ana = await server.register('ana');
    luis = await server.register('luis');
    eva = await server.register('eva');
    await server.register('stranger', { name: 'Ana Stranger' });
    await buildGroup(ana, [eva]);
    await addContact(ana, luis);
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
    expect(await show(ana, { username: 'stranger' })).toMatchObject({ name: 'Ana Stranger' });
  });

  it('shows by id whom one knows, and nobody else', async () => {
    expect(await show(ana, { id: luis.id })).toMatchObject({ username: 'luis' });
    expect(await show(eva, { id: ana.id })).toMatchObject({ username: 'ana' });
    expect(await show(eva, { id: eva.id })).toMatchObject({ username: 'eva' });
    const hidden = await luis.refused(UserDocument, { id: ana.id });
    expect(hidden.errors).toEqual((await luis.refused(UserDocument, { id: unknownId })).errors);
  });

  it('gives people who come one after the other ids that cannot be counted through', async () => {
    const ids: string[] = [];
    for (const name of ['u1', 'u2', 'u3', 'u4']) ids.push((await server.register(name)).id);
    // An id of a counter has neighbours that are alike in the time, the machine or the count.
    for (const [from, to] of [
      [0, 8],
      [8, 18],
      [18, 24],
    ] as const) {
      const parts = ids.map((id) => Number.parseInt(id.slice(from, to), 16)).sort((one, other) => one - other);
      const gaps = parts.slice(1).map((part, at) => part - parts[at]!);
      expect(Math.min(...gaps)).toBeGreaterThan(1);
    }
  });
});

describe('profiles', () => {
  let server: TestServer;
  let ana: Person;
  beforeEach(async () => {
    server = await startChatset();
    ana = await server.register('ana', { name: 'Ana', mail: 'ana@example.org', phone: '1' });
  });
  afterEach(() => server.stop());

  it('keep what is absent and lose what is null', async () => {
    const user = await change(ana, { name: 'Ana María', mail: null });
    expect(user).toMatchObject({ name: 'Ana María', mail: null, phone: '1', username: 'ana' });
    expect(await meOf(ana)).toEqual(user);
  });

  it('are found by their new words only', async () => {
    await change(ana, { name: 'Lope' });
    expect(namesOf(await list(ana, { search: 'lope' }))).toEqual(['ana']);
    await change(ana, { name: 'Félix' });
    expect(namesOf(await list(ana, { search: 'lope' }))).toEqual([]);
    expect(namesOf(await list(ana, { search: 'felix' }))).toEqual(['ana']);
  });

  it('are found by a new name also when the rest changes at the same time', async () => {
    for (const name of ['Alba', 'Berta', 'Carla']) {
      await Promise.all([
        change(ana, { name }),
        change(ana, { mail: `${name}@example.org` }),
        change(ana, { phone: name.length > 4 ? '2' : '3' }),
      ]);
      expect(namesOf(await list(ana, { search: name }))).toEqual(['ana']);
    }
  });

  it.each([{ name: '' }, { mail: 'x' }, { phone: '\n' }, { profileImage: 'file:///etc/passwd' }, { role: 'ADMIN' }])(
    'stay as they are after %j',
    async (input) => {
      const before = await meOf(ana);
      expect(await ana.refused(UserUpdateDocument, { input: input as never })).toMatchObject({
        code: 'BAD_USER_INPUT',
      });
      expect(await meOf(ana)).toEqual(before);
    },
  );
});
