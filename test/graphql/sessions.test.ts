import type { Answer } from '../support/listener.js';
import { type Person, buildPerson, goodPassword, logIn } from '../support/person.js';
import { eventually } from '../support/eventually.js';
import { type PeopleServer, startPeople } from '../support/people.js';

const unknownId = '0123456789abcdef01234567';

describe('sessions', () => {
  const clock = { ahead: 0 };
  let server: PeopleServer;
  let ana: Person;
  beforeEach(async () => {
    clock.ahead = 0;
    server = await startPeople({ clock });
    ana = await buildPerson(server, 'ana');
  });
  afterEach(() => server.stop());

  const sessionsOf = async (person: Person) => (await person.run('Sessions')) as unknown as Answer[];
  const isLoggedIn = async (person: Person) => (await person.me()) !== null;

  it('are listed newest first, each with where it is used, and the one that asks is marked', async () => {
    const second = await logIn(server, 'ana');
    const third = await logIn(server, 'ana');
    const ids = (await sessionsOf(third)).map(({ id }) => id);
    expect(ids).toEqual([
      (await third.actor()).sessionId,
      (await second.actor()).sessionId,
      (await ana.actor()).sessionId,
    ]);
    expect((await sessionsOf(second)).map(({ current }) => current)).toEqual([false, true, false]);
  });

  it('are the own ones only', async () => {
    const luis = await buildPerson(server, 'luis');
    expect(await sessionsOf(luis)).toHaveLength(1);
  });

  it('end by logging out, which takes the cookie away and ends live streams', async () => {
    const other = await logIn(server, 'ana');
    const { sessionId } = await ana.actor();
    const [mine, theirs] = [await ana.open(), await other.open()];
    expect(await ana.run('Logout')).toEqual({ sessionId });
    expect(ana.cookies).toEqual([expect.stringMatching(/^sid=; .*Max-Age=0/)]);
    expect(await mine.closed).toMatchObject({ code: 4401 });
    await other.listen('UserChanged');
    expect(server.liveSockets.countOf(ana.id)).toBe(2);
    await theirs.close();
    expect(await isLoggedIn(ana)).toBe(false);
    expect(await isLoggedIn(other)).toBe(true);
  });

  it('can be revoked one by one', async () => {
    const other = await logIn(server, 'ana');
    const { sessionId } = await other.actor();
    const socket = await other.open();
    expect(await ana.mutate('SessionRevoke', { sessionId })).toEqual({ sessionIds: [sessionId] });
    expect(await socket.closed).toMatchObject({ code: 4401 });
    expect(ana.cookies).toEqual([]);
    expect(await isLoggedIn(other)).toBe(false);
    expect(await isLoggedIn(ana)).toBe(true);
  });

  it('can all be revoked but the one that asks', async () => {
    const second = await logIn(server, 'ana');
    const third = await logIn(server, 'ana');
    const gone = [(await second.actor()).sessionId, (await third.actor()).sessionId];
    const sockets = [await second.open(), await third.open()];
    const { sessionIds } = await ana.mutate('SessionRevoke', { all: true });
    expect([...sessionIds].sort()).toEqual(gone.sort());
    for (const socket of sockets) expect(await socket.closed).toMatchObject({ code: 4401 });
    expect(await isLoggedIn(second)).toBe(false);
    expect(await isLoggedIn(third)).toBe(false);
    expect(await isLoggedIn(ana)).toBe(true);
  });

  it('take the cookie away when the one that asks is revoked', async () => {
    const { sessionId } = await ana.actor();
    await ana.mutate('SessionRevoke', { sessionId });
    expect(ana.cookies).toEqual([expect.stringMatching(/^sid=; .*Max-Age=0/)]);
    expect(await isLoggedIn(ana)).toBe(false);
  });

  it('of others do not exist', async () => {
    const luis = await buildPerson(server, 'luis');
    const { sessionId } = await luis.actor();
    const foreign = await ana.refused('SessionRevoke', { input: { sessionId } });
    const unknown = await ana.refused('SessionRevoke', { input: { sessionId: unknownId } });
    const noId = await ana.refused('SessionRevoke', { input: { sessionId: '{"$ne":null}' } });
    expect(foreign).toMatchObject({ code: 'NOT_FOUND' });
    expect(unknown).toEqual(foreign);
    expect(noId).toEqual(foreign);
    expect(await isLoggedIn(luis)).toBe(true);
  });

  it.each([{}, { all: false }, { sessionId: unknownId, all: true }, { sessionId: null, all: null }])(
    'cannot be revoked by %j',
    async (input) => {
      expect(await ana.refused('SessionRevoke', { input })).toMatchObject({ code: 'BAD_USER_INPUT' });
    },
  );

  it('live as long as they are used', async () => {
    const day = 86_400_000;
    clock.ahead = 20 * day;
    expect(await isLoggedIn(ana)).toBe(true);
    await server.activity.flush();
    clock.ahead = 45 * day;
    expect(await isLoggedIn(ana)).toBe(true);
    await server.activity.flush();
    clock.ahead = 76 * day;
    expect(await isLoggedIn(ana)).toBe(false);
  });

  it('live as long as one of their sockets is open', async () => {
    const day = 86_400_000;
    const socket = await ana.open();
    await server.activity.flush();
    clock.ahead = 20 * day;
    await server.activity.flush();
    clock.ahead = 40 * day;
    expect(await isLoggedIn(ana)).toBe(true);
    await socket.close();
    await eventually(() => expect(server.liveSockets.countOf(ana.id)).toBe(0));
    await server.activity.flush();
    clock.ahead = 71 * day;
    expect(await isLoggedIn(ana)).toBe(false);
  });

  it('stay ended however they are used', async () => {
    const actor = await ana.actor();
    await ana.run('Logout');
    server.activity.touch(actor);
    await server.activity.flush();
    expect(await isLoggedIn(ana)).toBe(false);
  });

  it('all end but the own one when the password changes', async () => {
    const other = await logIn(server, 'ana');
    const socket = await other.open();
    await ana.mutate('PasswordChange', { currentPassword: goodPassword, newPassword: 'another good one' });
    expect(await socket.closed).toMatchObject({ code: 4401 });
    expect(await isLoggedIn(other)).toBe(false);
    expect(await isLoggedIn(ana)).toBe(true);
    await expect(logIn(server, 'ana')).rejects.toThrow('UNAUTHENTICATED');
    await expect(logIn(server, 'ana', 'another good one')).resolves.toBeDefined();
  });

  it.each([
    [{ currentPassword: 'not the password', newPassword: 'another good one' }, 'BAD_USER_INPUT'],
    [{ currentPassword: goodPassword, newPassword: 'short' }, 'BAD_USER_INPUT'],
    [{ currentPassword: goodPassword, newPassword: 'x'.repeat(129) }, 'BAD_USER_INPUT'],
    [{ currentPassword: 'x'.repeat(129), newPassword: 'another good one' }, 'BAD_USER_INPUT'],
  ])('and password stay as they are after %j', async (input, code) => {
    const other = await logIn(server, 'ana');
    expect(await ana.refused('PasswordChange', { input })).toMatchObject({ code });
    expect(await isLoggedIn(other)).toBe(true);
    await expect(logIn(server, 'ana')).resolves.toBeDefined();
  });
});
