import {
  LogoutDocument,
  MeDocument,
  PasswordChangeDocument,
  SessionRevokeDocument,
  type SessionRevokeInput,
  SessionsDocument,
  UserChangedDocument,
} from '../../src/generated/operations.js';
import { goodPassword } from '../support/accounts.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/wire-person.js';

const unknownId = '0123456789abcdef01234567';

describe('sessions', () => {
  const clock = { ahead: 0 };
  let server: TestServer;
  let ana: Person;
  beforeEach(async () => {
    clock.ahead = 0;
    server = await startChatset({}, { clock });
    ana = await server.register('ana');
  });
  afterEach(() => server.stop());

  const sessionsOf = async (person: Person) => (await person.run(SessionsDocument, {})).sessions;
  const sessionOf = async (person: Person) => (await sessionsOf(person)).find(({ current }) => current)?.id ?? 'none';
  const isLoggedIn = async (person: Person) => (await person.run(MeDocument, {})).me !== null;
  const revoke = async (input: SessionRevokeInput) =>
    (await ana.run(SessionRevokeDocument, { input })).sessionRevoke.sessionIds;

  it('are listed newest first, each with where it is used, and the one that asks is marked', async () => {
    const second = await server.logIn('ana');
    const third = await server.logIn('ana');
    const ids = (await sessionsOf(third)).map(({ id }) => id);
    expect(ids).toEqual([await sessionOf(third), await sessionOf(second), await sessionOf(ana)]);
    expect((await sessionsOf(second)).map(({ current }) => current)).toEqual([false, true, false]);
  });

  it('are the own ones only', async () => {
    const luis = await server.register('luis');
    expect(await sessionsOf(luis)).toHaveLength(1);
  });

  it('end by logging out, which takes the cookie away and ends live streams', async () => {
    const other = await server.logIn('ana');
    const sessionId = await sessionOf(ana);
    const [mine, theirs] = [await ana.open(), await other.open()];
    expect((await ana.run(LogoutDocument, {})).logout).toEqual({ sessionId });
    expect(ana.cookies).toEqual([expect.stringMatching(/^sid=; .*Max-Age=0/)]);
    expect(await mine.closed).toMatchObject({ code: 4401 });
    await other.follow(UserChangedDocument, {});
    expect(server.app.liveSockets.countOf(ana.id)).toBe(2);
    await theirs.close();
    expect(await isLoggedIn(ana)).toBe(false);
    expect(await isLoggedIn(other)).toBe(true);
  });

  it('can be revoked one by one', async () => {
    const other = await server.logIn('ana');
    const sessionId = await sessionOf(other);
    const socket = await other.open();
    expect(await revoke({ sessionId })).toEqual([sessionId]);
    expect(await socket.closed).toMatchObject({ code: 4401 });
    expect(ana.cookies).toEqual([]);
    expect(await isLoggedIn(other)).toBe(false);
    expect(await isLoggedIn(ana)).toBe(true);
  });

  it('can all be revoked but the one that asks', async () => {
    const second = await server.logIn('ana');
    const third = await server.logIn('ana');
    const gone = [await sessionOf(second), await sessionOf(third)];
    const sockets = [await second.open(), await third.open()];
    expect((await revoke({ all: true })).sort()).toEqual(gone.sort());
    for (const socket of sockets) expect(await socket.closed).toMatchObject({ code: 4401 });
    expect(await isLoggedIn(second)).toBe(false);
    expect(await isLoggedIn(third)).toBe(false);
    expect(await isLoggedIn(ana)).toBe(true);
  });

  it('take the cookie away when the one that asks is revoked', async () => {
    const sessionId = await sessionOf(ana);
    await revoke({ sessionId });
    expect(ana.cookies).toEqual([expect.stringMatching(/^sid=; .*Max-Age=0/)]);
    expect(await isLoggedIn(ana)).toBe(false);
  });

  it('of others do not exist', async () => {
    const luis = await server.register('luis');
    const sessionId = await sessionOf(luis);
    const foreign = await ana.refused(SessionRevokeDocument, { input: { sessionId } });
    const unknown = await ana.refused(SessionRevokeDocument, { input: { sessionId: unknownId } });
    const noId = await ana.refused(SessionRevokeDocument, { input: { sessionId: '{"$ne":null}' } });
    expect(foreign).toMatchObject({ code: 'NOT_FOUND' });
    expect(unknown.errors).toEqual(foreign.errors);
    expect(noId.errors).toEqual(foreign.errors);
    expect(await isLoggedIn(luis)).toBe(true);
  });

  it.each([{}, { all: false }, { sessionId: unknownId, all: true }, { sessionId: null, all: null }])(
    'cannot be revoked by %j',
    async (input) => {
      expect(await ana.refused(SessionRevokeDocument, { input })).toMatchObject({ code: 'BAD_USER_INPUT' });
    },
  );

  it('live as long as they are used', async () => {
    const day = 86_400_000;
    clock.ahead = 20 * day;
    expect(await isLoggedIn(ana)).toBe(true);
    await server.app.rooms.people.activity.flush();
    clock.ahead = 45 * day;
    expect(await isLoggedIn(ana)).toBe(true);
    await server.app.rooms.people.activity.flush();
    clock.ahead = 76 * day;
    expect(await isLoggedIn(ana)).toBe(false);
  });

  it('live as long as one of their sockets is open', async () => {
    const day = 86_400_000;
    const socket = await ana.open();
    await server.app.rooms.people.activity.flush();
    clock.ahead = 20 * day;
    await server.app.rooms.people.activity.flush();
    clock.ahead = 40 * day;
    expect(await isLoggedIn(ana)).toBe(true);
    await socket.close();
    await eventually(() => expect(server.app.liveSockets.countOf(ana.id)).toBe(0));
    await server.app.rooms.people.activity.flush();
    clock.ahead = 71 * day;
    expect(await isLoggedIn(ana)).toBe(false);
  });

  it('stay ended however they are used', async () => {
    const sessionId = await sessionOf(ana);
    await ana.run(LogoutDocument, {});
    server.app.rooms.people.activity.touch({ sessionId });
    await server.app.rooms.people.activity.flush();
    expect(await isLoggedIn(ana)).toBe(false);
  });

  it('all end but the own one when the password changes', async () => {
    const other = await server.logIn('ana');
    const socket = await other.open();
    const input = { currentPassword: goodPassword, newPassword: 'another good one' };
    await ana.run(PasswordChangeDocument, { input });
    expect(await socket.closed).toMatchObject({ code: 4401 });
    expect(await isLoggedIn(other)).toBe(false);
    expect(await isLoggedIn(ana)).toBe(true);
    await expect(server.logIn('ana')).rejects.toThrow('UNAUTHENTICATED');
    await expect(server.logIn('ana', 'another good one')).resolves.toBeDefined();
  });

  it('stay when two changes of the password meet, of which one is too late', async () => {
    const change = (newPassword: string) =>
      ana.codeOf(PasswordChangeDocument, { input: { currentPassword: goodPassword, newPassword } });
    const codes = await Promise.all([change('another good one'), change('yet another one')]);
    expect(codes.sort()).toEqual(['BAD_USER_INPUT', 'OK']);
    expect(await isLoggedIn(ana)).toBe(true);
  });

  it.each([
    [{ currentPassword: 'not the password', newPassword: 'another good one' }, 'BAD_USER_INPUT'],
    [{ currentPassword: goodPassword, newPassword: 'short' }, 'BAD_USER_INPUT'],
    [{ currentPassword: goodPassword, newPassword: 'x'.repeat(129) }, 'BAD_USER_INPUT'],
    [{ currentPassword: 'x'.repeat(129), newPassword: 'another good one' }, 'BAD_USER_INPUT'],
  ])('and password stay as they are after %j', async (input, code) => {
    const other = await server.logIn('ana');
    expect(await ana.refused(PasswordChangeDocument, { input })).toMatchObject({ code });
    expect(await isLoggedIn(other)).toBe(true);
    await expect(server.logIn('ana')).resolves.toBeDefined();
  });
});
