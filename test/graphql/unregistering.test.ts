import { type Person, anonymous, buildPerson, goodPassword, logIn, shareConversation } from '../support/person.js';
import { openTestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { type PeopleServer, startPeople } from '../support/people.js';

describe('unregistering', () => {
  let server: PeopleServer;
  let ana: Person;
  let luis: Person;
  beforeEach(async () => {
    server = await startPeople();
    ana = await buildPerson(server, 'ana', { name: 'Ana', mail: 'ana@example.org', phone: '1' });
    luis = await buildPerson(server, 'luis');
  });
  afterEach(() => server.stop());

  const leave = (person: Person) => person.mutate('UserUnregister', { password: goodPassword });

  it('leaves a tombstone that says nothing of the person', async () => {
    const page = await logIn(server, 'ana');
    expect(await leave(page)).toEqual({ userId: ana.id });
    expect(page.cookies.at(-1)).toMatch(/^sid=; .*Max-Age=0/);
    await server.erasures.idle();
    expect(await luis.run('User', { id: ana.id })).toMatchObject({ id: ana.id, name: null, profileImage: null });
    const stored = await server.collections.users.findById(ana.id);
    expect(stored?.username).toMatch(/^removed-[0-9a-f]{8}$/);
    expect(Object.keys(stored ?? {}).sort()).toEqual(['createdAt', 'id', 'removal', 'role', 'searchKeys', 'username']);
    expect(stored).toMatchObject({ removal: 'done', searchKeys: [] });
  });

  it('ends all sessions and the log-in', async () => {
    const other = await logIn(server, 'ana');
    await leave(ana);
    expect(await ana.me()).toBeNull();
    expect(await other.me()).toBeNull();
    const input = { username: 'ana', password: goodPassword };
    const tombstone = await server.collections.users.findById(ana.id);
    expect(await anonymous(server).refused('Login', { input })).toMatchObject({ code: 'UNAUTHENTICATED' });
    const asTombstone = { ...input, username: tombstone?.username };
    expect(await anonymous(server).refused('Login', { input: asTombstone })).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('never gives the name away again, in any case, and keeps only its hash', async () => {
    await leave(ana);
    for (const username of ['ana', 'ANA']) {
      const input = { username, password: goodPassword };
      expect(await anonymous(server).refused('UserRegister', { input })).toMatchObject({ code: 'CONFLICT' });
    }
    expect(JSON.stringify(await server.collections.retiredNames.find({}))).not.toContain('ana"');
  });

  it('leaves every conversation and takes contacts and blocks of both sides away', async () => {
    const groupId = await shareConversation(ana, luis);
    await luis.mutate('ContactUserAdd', { userId: ana.id });
    await ana.mutate('ContactUserAdd', { userId: luis.id });
    await luis.mutate('UserBlock', { userId: ana.id });
    await ana.mutate('UserBlock', { userId: luis.id });
    await leave(ana);
    await server.erasures.idle();
    const { edges } = await luis.run('GroupUsers', { groupId });
    expect(edges.map(({ node }) => node.user.id)).toEqual([luis.id]);
    expect(await server.collections.contacts.find({})).toEqual([]);
    expect(await server.collections.blocks.find({})).toEqual([]);
  });

  it('takes the person out of the lists', async () => {
    await leave(ana);
    const { edges } = await luis.run('Users');
    expect(edges.map(({ node }) => node.username)).toEqual(['luis']);
    expect(await luis.refused('User', { username: 'ana' })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('needs the password', async () => {
    const error = await ana.refused('UserUnregister', { input: { password: 'a wrong one' } });
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'password' }] });
    expect(await ana.run('Me')).toMatchObject({ username: 'ana' });
  });

  it('happens once when it is asked for twice at once', async () => {
    const results = await Promise.all([
      ana.result('UserUnregister', { input: { password: goodPassword } }),
      ana.result('UserUnregister', { input: { password: goodPassword } }),
    ]);
    const codes = results.map(({ errors }) => errors?.[0]?.extensions.code ?? 'OK').sort();
    expect(codes).toEqual(['OK', 'UNAUTHENTICATED']);
  });
});

describe('an erasure that is interrupted', () => {
  it('goes on at the next start', async () => {
    const database = await openTestDatabase();
    const failing = await startPeople({ database, leaveEverything: () => Promise.reject(new Error('killed')) });
    const ana = await buildPerson(failing, 'ana');
    await ana.mutate('UserUnregister', { password: goodPassword });
    await failing.erasures.idle();
    await failing.stop();
    expect((await database.collections.users.findById(ana.id))?.removal).toBe('pending');

    const left: string[] = [];
    const leaveEverything = (userId: string) => Promise.resolve(void left.push(userId));
    const next = await startPeople({ database, leaveEverything });
    await next.erasures.idle();
    expect(left).toEqual([ana.id]);
    expect((await database.collections.users.findById(ana.id))?.removal).toBe('done');
    await next.stop();
    await database.stop();
  });

  it('is tried again by itself after a failure', async () => {
    let failures = 1;
    const server = await startPeople({
      erasureRetryMs: 5,
      leaveEverything: () => (failures-- > 0 ? Promise.reject(new Error('not now')) : Promise.resolve()),
    });
    const ana = await buildPerson(server, 'ana');
    await ana.mutate('UserUnregister', { password: goodPassword });
    await eventually(async () => {
      expect((await server.collections.users.findById(ana.id))?.removal).toBe('done');
    });
    expect(server.errors).toHaveLength(1);
    await server.stop();
  });
});
