import { MeDocument, UserRegisterDocument } from '../../src/generated/operations.js';
import { goodPassword } from '../support/accounts.js';
import { startChatset, type TestServer } from '../support/chatset.js';

describe('registering', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startChatset();
  });
  afterAll(() => server.stop());

  const register = async (username: string, name?: string) => {
    const input = { username, password: goodPassword, name };
    return (await server.visitor().run(UserRegisterDocument, { input })).userRegister;
  };
  const refused = (input: Record<string, unknown>) =>
    server.visitor().refused(UserRegisterDocument, { input: { username: 'nobody', password: goodPassword, ...input } });

  it('answers a token, the session and the person with all that it said of itself', async () => {
    const profile = {
      name: 'Ana López',
      mail: 'ana@example.org',
      phone: '+34 600',
      profileImage: 'https://example.org/a',
    };
    const visitor = server.visitor({ 'user-agent': 'a test' });
    const input = { username: 'Ana', password: goodPassword, ...profile };
    const answer = (await visitor.run(UserRegisterDocument, { input })).userRegister;
    expect(answer.user).toMatchObject({ username: 'ana', role: 'USER', presence: 'OFFLINE', ...profile });
    expect(answer.session).toMatchObject({ current: true, userAgent: 'a test' });
    expect(answer.token).toMatch(/^[\w-]{43}$/);
    expect(visitor.cookies).toEqual([expect.stringContaining(`sid=${answer.token};`)]);
  });

  it('logs the person in', async () => {
    const eva = await server.register('eva');
    expect((await eva.run(MeDocument, {})).me).toMatchObject({ id: eva.id, username: 'eva' });
  });

  it('keeps neither password nor token in readable form', async () => {
    const { token, user } = await register('secretive');
    const [stored] = await server.app.collections.users.find({ username: 'secretive' });
    const [session] = await server.app.collections.sessions.find({ userId: user.id });
    const text = JSON.stringify([stored, session]);
    expect(text).not.toContain(goodPassword);
    expect(text).not.toContain(token);
  });

  it('refuses a taken name as CONFLICT, in any case and composition', async () => {
    await register('josé');
    for (const username of ['josé', 'JOSÉ', 'jose\u0301', 'Ｊosé']) {
      expect(await refused({ username })).toMatchObject({ code: 'CONFLICT' });
    }
    expect((await register('jose')).user.username).toBe('jose');
  });

  it('gives a name to exactly one of many who ask for it at once', async () => {
    const codes = await Promise.all(
      ['sought', 'Sought', 'SOUGHT', 'sought', 'soughT'].map((username) =>
        server.visitor().codeOf(UserRegisterDocument, { input: { username, password: goodPassword } }),
      ),
    );
    expect(codes.sort()).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT', 'CONFLICT', 'OK']);
    expect(await server.app.collections.users.find({ username: 'sought' })).toHaveLength(1);
  });

  it.each([
    ['username', 'that is empty', ''],
    ['username', 'of two words', 'two words'],
    ['username', 'with a tab', 'tab\t'],
    ['username', 'with a NUL', 'nul\u0000'],
    ['username', 'of an emoji', '😀'],
    ['username', 'of punctuation only', '._-'],
    ['username', 'that begins with an accent', '\u0301ana'],
    ['username', 'under a heap of accents', `z${'\u0335'.repeat(20)}`],
    ['username', 'of letters of two alphabets', 'p\u0430ypal'],
    ['username', 'of 65 characters', 'x'.repeat(65)],
    ['username', 'of ninety kilobytes', 'x'.repeat(90_000)],
    ['username', 'of somebody who has gone', 'removed-00c0ffee'],
    ['username', 'of somebody who has gone, in another case', 'Removed-00c0ffee'],
    ['password', 'of 5 characters', 'short'],
    ['password', 'of 129 characters', 'x'.repeat(129)],
    ['name', 'that is empty', ''],
    ['name', 'of blanks', '   '],
    ['name', 'of invisible characters', '\u200d\u200b'],
    ['name', 'of 101 characters', 'x'.repeat(101)],
    ['name', 'of two lines', 'line\nbreak'],
    ['name', 'with a control character', '\u0007'],
    ['name', 'with half a character', '\ud83d'],
    ['mail', 'without an at', 'no mail'],
    ['mail', 'with two ats', 'a@b@c.org'],
    ['phone', 'of 41 characters', '1'.repeat(41)],
    ['phone', 'without a digit', 'abc'],
    ['phone', 'with a tag', '<b>600</b>'],
    ['profileImage', 'that is a script', 'javascript:alert(1)'],
    ['profileImage', 'on FTP', 'ftp://example.org/a.png'],
    ['profileImage', 'that is a page', 'data:text/html;base64,AAAA'],
    ['profileImage', 'that is a drawing with scripts', 'data:image/svg+xml;base64,AAAA'],
    ['profileImage', 'without a host', '/relative.png'],
    ['profileImage', 'of 3,000 characters', `https://example.org/${'x'.repeat(3_000)}`],
  ])('refuses a %s %s, naming the property and never the value', async (path, _what, value) => {
    const error = await refused({ [path]: value });
    expect(error.code).toBe('BAD_USER_INPUT');
    expect((error.extensions.fields as { path: string }[])[0]?.path).toBe(path);
    if (value.trim().length > 1) expect(JSON.stringify(error.errors)).not.toContain(value);
    expect(await server.app.collections.users.findOne({ username: 'nobody' })).toBeUndefined();
  });

  it.each(['laurencia_1', 'иван', 'Ελένη', '太郎カナ', 'محمد', '007'])('takes the username %s', async (username) => {
    const { user } = await register(username);
    expect(user.username).toBe(username.toLowerCase());
  });

  it.each([[{ $ne: null }], [42], [['ana']], [true]])('refuses %j where text belongs', async (username) => {
    expect(await refused({ username })).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('refuses a megabyte before it is read to the end', async () => {
    expect(await refused({ username: 'x'.repeat(1_000_000) })).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  it('takes emoji and right-to-left text in names as they are', async () => {
    const name = 'مرحبا 👩‍👩‍👧 שלום';
    expect((await register('rtl', name)).user.name).toBe(name);
  });

  it('ignores a wish for another role', async () => {
    expect(await refused({ username: 'mallory', role: 'ADMIN' })).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

describe('registering with limits', () => {
  it('stops an address after sixty attempts in a minute, whatever came of them', async () => {
    const server = await startChatset({ RATE_LIMITS: 'on' });
    try {
      await server.register('ana');
      const input = { username: 'ana', password: goodPassword };
      const again = () => server.visitor().refused(UserRegisterDocument, { input });
      for (let attempt = 1; attempt < 60; attempt += 1) expect((await again()).code).toBe('CONFLICT');
      const { code, message, extensions } = await again();
      expect({ code, ...extensions }).toMatchObject({
        code: 'RATE_LIMITED',
        retryAfter: expect.any(Number) as number,
      });
      expect(message).toContain(`${extensions.retryAfter as number} seconds`);
      await expect(server.logIn('ana')).resolves.toBeDefined();
    } finally {
      await server.stop();
    }
  });
});
