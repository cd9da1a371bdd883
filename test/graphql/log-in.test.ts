import { hash } from '@node-rs/argon2';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import {
  BlocksDocument,
  ContactUserAddDocument,
  ContactUserRemoveDocument,
  ContactsDocument,
  LoginDocument,
  LogoutDocument,
  MeDocument,
  PasswordChangeDocument,
  SessionRevokeDocument,
  SessionsDocument,
  UserBlockDocument,
  UserDocument,
  UserUnblockDocument,
  UserUpdateDocument,
  UsersDocument,
} from '../../src/generated/operations.js';
import { goodPassword } from '../support/accounts.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { rest } from '../support/rest.js';
import { type Person, Visitor } from '../support/wire-person.js';

describe('logging in', () => {
  let server: TestServer;
  let ana: Person;
  beforeAll(async () => {
    server = await startChatset();
    ana = await server.register('ana', { mail: 'ana@example.org' });
  });
  afterAll(() => server.stop());

  const refused = (username: unknown, password: unknown) =>
    server.visitor().refused(LoginDocument, { input: { username, password } as never });

  it('answers a new token each time, and the person its own data', async () => {
    const logIn = async (username: string) =>
      (await server.visitor().run(LoginDocument, { input: { username, password: goodPassword } })).login;
    const [first, second] = [await logIn('ANA'), await logIn('ana')];
    expect(first.user).toMatchObject({ id: ana.id, mail: 'ana@example.org', role: 'USER' });
    expect(first.session.current).toBe(true);
    expect(first.token).not.toBe(second.token);
    expect(first.session.id).not.toBe(second.session.id);
  });

  it('answers an unknown person and a wrong password the same', async () => {
    const unknown = await refused('nobody', goodPassword);
    const wrong = await refused('ana', 'another password');
    expect(unknown.errors).toEqual(wrong.errors);
    expect(unknown.code).toBe('UNAUTHENTICATED');
    expect(unknown.errors[0]?.message).toBe('The username or the password is wrong. Check both and try again.');
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
    const page = server.visitor();
    const { token } = (await page.run(LoginDocument, { input: { username: 'ana', password: goodPassword } })).login;
    expect(page.cookies).toHaveLength(1);
    expect(page.cookies[0]).toMatch(new RegExp(`^sid=${token}; .*HttpOnly; SameSite=Strict`));
    const { me } = await server.visitor({ cookie: `sid=${token}` }).run(MeDocument, {});
    expect(me).toMatchObject({ username: 'ana' });
  });

  it('hashes the password anew when it was hashed with other parameters', async () => {
    const passwordHash = await hash(goodPassword, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    const eva = await server.register('eva');
    await server.app.collections.users.updateMany({ _id: eva.id }, { $set: { passwordHash } });
    await server.logIn('eva');
    const stored = await server.app.collections.users.findById(eva.id);
    expect(stored?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await server.logIn('eva');
  });

  it('is needed for everything but me, and me is null before it', async () => {
    const nobody = server.visitor();
    expect((await nobody.run(MeDocument, {})).me).toBeNull();
    const unauthenticated = async <V>(document: TypedDocumentNode<unknown, V>, variables: V) =>
      expect(await nobody.refused(document, variables)).toMatchObject({ code: 'UNAUTHENTICATED' });
    for (const document of [UsersDocument, SessionsDocument, ContactsDocument, BlocksDocument, LogoutDocument]) {
      await unauthenticated(document as TypedDocumentNode<unknown, object>, {});
    }
    await unauthenticated(UserDocument, { username: 'ana' });
    for (const document of [UserUpdateDocument, SessionRevokeDocument]) {
      await unauthenticated(document as TypedDocumentNode<unknown, object>, { input: {} });
    }
    for (const document of [
      ContactUserAddDocument,
      ContactUserRemoveDocument,
      UserBlockDocument,
      UserUnblockDocument,
    ]) {
      await unauthenticated(document as TypedDocumentNode<unknown, object>, { input: { userId: ana.id } });
    }
  });

  it.each(['', 'x', 'x'.repeat(43), '{"$ne":null}'])('takes the token %j for nobody', async (token) => {
    expect((await new Visitor(server.url, token).run(MeDocument, {})).me).toBeNull();
  });
});

describe('logging in with limits', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startChatset({ RATE_LIMITS: 'on', TRUST_PROXY: '1' });
    await server.register('ana');
    await server.register('luis');
  });
  afterEach(() => server.stop());

  const attempt = (username: string, password: string, address = '192.0.2.1') =>
    server.visitor({ 'x-forwarded-for': address }).codeOf(LoginDocument, { input: { username, password } });

  it('stops guessing at one person after ten failures, also with the right password, and nobody else', async () => {
    for (let failures = 0; failures < 10; failures += 1) {
      expect(await attempt('ana', 'a wrong password')).toBe('UNAUTHENTICATED');
    }
    expect(await attempt('ana', goodPassword)).toBe('RATE_LIMITED');
    expect(await attempt('ANA', goodPassword)).toBe('RATE_LIMITED');
    expect(await attempt('ana', goodPassword, '192.0.2.2')).toBe('OK');
    expect(await attempt('luis', goodPassword)).toBe('OK');
  });

  it('lets no more through when the guesses come all at once', async () => {
    const guesses = Array.from({ length: 30 }, (_, number) => attempt('ana', `wrong password ${number}`));
    const codes = await Promise.all(guesses);
    expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(10);
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(20);
  });

  it('counts the failures of a name and an address together, by whatever protocol they come', async () => {
    const headers = { 'x-forwarded-for': '192.0.2.1' };
    const body = { username: 'ana', password: 'a wrong password' };
    for (let failures = 0; failures < 5; failures += 1) {
      expect(await attempt('ana', 'a wrong password')).toBe('UNAUTHENTICATED');
      expect(await rest(server.url, 'POST /sessions', { headers, body })).toMatchObject({ status: 401 });
    }
    expect(await rest(server.url, 'POST /sessions', { headers, body })).toMatchObject({ status: 429 });
    const error = await server.visitor(headers).refused(LoginDocument, { input: body });
    expect(error).toMatchObject({ code: 'RATE_LIMITED', extensions: { retryAfter: expect.any(Number) as number } });
    expect(await attempt('ana', goodPassword, '192.0.2.2')).toBe('OK');
  });

  it('stops an address after a hundred failures under any names, and no other address', async () => {
    for (let failures = 0; failures < 100; failures += 1) {
      expect(await attempt(`name${failures}`, 'a wrong password')).toBe('UNAUTHENTICATED');
    }
    expect(await attempt('luis', goodPassword)).toBe('RATE_LIMITED');
    expect(await attempt('luis', goodPassword, '192.0.2.2')).toBe('OK');
  }, 60_000);

  it('never counts a success', async () => {
    for (let successes = 0; successes < 12; successes += 1) expect(await attempt('ana', goodPassword)).toBe('OK');
  });

  it('counts guesses at a present password too', async () => {
    const ana = await server.logIn('ana');
    const input = { currentPassword: 'a wrong password', newPassword: 'another good one' };
    for (let failures = 0; failures < 10; failures += 1) {
      expect((await ana.refused(PasswordChangeDocument, { input })).code).toBe('BAD_USER_INPUT');
    }
    expect((await ana.refused(PasswordChangeDocument, { input })).code).toBe('RATE_LIMITED');
  });
});
