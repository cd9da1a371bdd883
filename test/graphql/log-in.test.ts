import { hash } from '@node-rs/argon2';
import { Person, anonymous, buildPerson, goodPassword, logIn } from '../support/person.js';
import { type PeopleServer, startPeople } from '../support/people.js';

describe('logging in', () => {
  let server: PeopleServer;
  let ana: Person;
  beforeAll(async () => {
    server = await startPeople();
    ana = await buildPerson(server, 'ana', { mail: 'ana@example.org' });
  });
  afterAll(() => server.stop());

  const refused = (username: unknown, password: unknown) =>
    anonymous(server).refused('Login', { input: { username, password } });

  it('answers a new token each time, and the person its own data', async () => {
    const first = await anonymous(server).mutate('Login', { username: 'ANA', password: goodPassword });
    const second = await anonymous(server).mutate('Login', { username: 'ana', password: goodPassword });
    expect(first.user).toMatchObject({ id: ana.id, mail: 'ana@example.org', role: 'USER' });
    expect(first.session.current).toBe(true);
    expect(first.token).not.toBe(second.token);
    expect(first.session.id).not.toBe(second.session.id);
  });

  it('answers an unknown person and a wrong password the same', async () => {
    const unknown = await refused('nobody', goodPassword);
    const wrong = await refused('ana', 'another password');
    expect(unknown).toEqual(wrong);
    expect(unknown.code).toBe('UNAUTHENTICATED');
    expect(unknown.message).toBe('The username or the password is wrong. Check both and try again.');
  });

  it.each([
    ['an operator for a username', { $ne: null }, goodPassword],
    ['an operator for a password', 'ana', { $gt: '' }],
    ['a username of 257 characters', 'x'.repeat(257), goodPassword],
    ['a password of 129 characters', 'ana', 'x'.repeat(129)],
  ])('refuses %s as BAD_USER_INPUT', async (_what, username, password) => {
    expect((await refused(username, password)).code).toBe('BAD_USER_INPUT');
  });

  it('gives the page a cookie that no script can read and no other site can use', async () => {
    const page = anonymous(server);
    const { token } = await page.mutate('Login', { username: 'ana', password: goodPassword });
    expect(page.cookies).toHaveLength(1);
    expect(page.cookies[0]).toMatch(new RegExp(`^sid=${token}; .*HttpOnly; SameSite=Strict`));
    expect(await anonymous(server).page(`sid=${token}`).me()).toMatchObject({ username: 'ana' });
  });

  it('hashes the password anew when it was hashed with other parameters', async () => {
    const passwordHash = await hash(goodPassword, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    const eva = await buildPerson(server, 'eva');
    await server.collections.users.updateMany({ _id: eva.id }, { $set: { passwordHash } });
    await logIn(server, 'eva');
    const stored = await server.collections.users.findById(eva.id);
    expect(stored?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await logIn(server, 'eva');
  });

  it('is needed for everything but me, and me is null before it', async () => {
    const nobody = anonymous(server);
    expect(await nobody.me()).toBeNull();
    for (const name of ['Users', 'Sessions', 'Contacts', 'Blocks', 'Logout']) {
      expect(await nobody.refused(name)).toMatchObject({ code: 'UNAUTHENTICATED' });
    }
    expect(await nobody.refused('User', { username: 'ana' })).toMatchObject({ code: 'UNAUTHENTICATED' });
    for (const name of ['UserUpdate', 'SessionRevoke']) {
      expect(await nobody.refused(name, { input: {} })).toMatchObject({ code: 'UNAUTHENTICATED' });
    }
    for (const name of ['ContactUserAdd', 'ContactUserRemove', 'UserBlock', 'UserUnblock']) {
      expect(await nobody.refused(name, { input: { userId: ana.id } })).toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });

  it.each(['', 'x', 'x'.repeat(43), '{"$ne":null}'])('takes the token %j for nobody', async (token) => {
    expect(await new Person(server, { token }).me()).toBeNull();
  });
});

describe('logging in with limits', () => {
  let server: PeopleServer;
  beforeEach(async () => {
    server = await startPeople({ variables: { RATE_LIMITS: 'on' } });
    await buildPerson(server, 'ana');
    await buildPerson(server, 'luis');
  });
  afterEach(() => server.stop());

  const tryAs = (username: string, password: string, address = '192.0.2.1') =>
    anonymous(server).at(address).result('Login', { input: { username, password } });
  const codeOf = async (attempt: ReturnType<typeof tryAs>) => (await attempt).errors?.[0]?.extensions.code ?? 'OK';

  it('stops guessing at one person after ten failures, also with the right password, and nobody else', async () => {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect(await codeOf(tryAs('ana', 'a wrong password'))).toBe('UNAUTHENTICATED');
    }
    expect(await codeOf(tryAs('ana', goodPassword))).toBe('RATE_LIMITED');
    expect(await codeOf(tryAs('ANA', goodPassword))).toBe('RATE_LIMITED');
    expect(await codeOf(tryAs('ana', goodPassword, '192.0.2.2'))).toBe('OK');
    expect(await codeOf(tryAs('luis', goodPassword))).toBe('OK');
  });

  it('lets no more through when the guesses come all at once', async () => {
    const guesses = Array.from({ length: 30 }, (_, number) => codeOf(tryAs('ana', `wrong password ${number}`)));
    const codes = await Promise.all(guesses);
    expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(10);
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(20);
  });

  it('never counts a success', async () => {
    for (let attempt = 0; attempt < 12; attempt += 1) expect(await codeOf(tryAs('ana', goodPassword))).toBe('OK');
  });

  it('counts guesses at a present password too', async () => {
    const ana = await logIn(server, 'ana');
    const input = { currentPassword: 'a wrong password', newPassword: 'another good one' };
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect((await ana.refused('PasswordChange', { input })).code).toBe('BAD_USER_INPUT');
    }
    expect((await ana.refused('PasswordChange', { input })).code).toBe('RATE_LIMITED');
  });
});
