import { anonymous, buildPerson, goodPassword, logIn } from '../support/person.js';
import { type PeopleServer, startPeople } from '../support/people.js';

describe('registering', () => {
  let server: PeopleServer;
  beforeAll(async () => {
    server = await startPeople();
  });
  afterAll(() => server.stop());

  const register = (input: Record<string, unknown>) =>
    anonymous(server).mutate('UserRegister', { password: goodPassword, ...input });
  const refused = (input: Record<string, unknown>) =>
    anonymous(server).refused('UserRegister', { input: { username: 'nobody', password: goodPassword, ...input } });

  it('answers a token, the session and the person with all that it said of itself', async () => {
    const profile = {
      name: 'Ana López',
      mail: 'ana@example.org',
      phone: '+34 600',
      profileImage: 'https://example.org/a',
    };
    const visitor = anonymous(server);
    const answer = await visitor.mutate('UserRegister', { username: 'Ana', password: goodPassword, ...profile });
    expect(answer.user).toMatchObject({ username: 'ana', role: 'USER', presence: 'OFFLINE', ...profile });
    expect(answer.session).toMatchObject({ current: true, userAgent: 'a test' });
    expect(answer.token).toMatch(/^[\w-]{43}$/);
    expect(visitor.cookies).toEqual([expect.stringContaining(`sid=${answer.token};`)]);
  });

  it('logs the person in', async () => {
    const eva = await buildPerson(server, 'eva');
    expect(await eva.run('Me')).toMatchObject({ id: eva.id, username: 'eva' });
  });

  it('keeps neither password nor token in readable form', async () => {
    const { token, user } = await register({ username: 'secretive' });
    const [stored] = await server.collections.users.find({ username: 'secretive' });
    const [session] = await server.collections.sessions.find({ userId: user.id });
    const text = JSON.stringify([stored, session]);
    expect(text).not.toContain(goodPassword);
    expect(text).not.toContain(token);
  });

  it('refuses a taken name as CONFLICT, in any case and composition', async () => {
    await register({ username: 'josé' });
    for (const username of ['josé', 'JOSÉ', 'jose\u0301', 'Ｊosé']) {
      expect(await refused({ username })).toMatchObject({ code: 'CONFLICT' });
    }
    expect((await register({ username: 'jose' })).user.username).toBe('jose');
  });

  it('gives a name to exactly one of many who ask for it at once', async () => {
    const input = { username: 'sought', password: goodPassword };
    const results = await Promise.all(
      ['sought', 'Sought', 'SOUGHT', 'sought', 'soughT'].map((username) =>
        anonymous(server).result('UserRegister', { input: { ...input, username } }),
      ),
    );
    const codes = results.map(({ errors }) => errors?.[0]?.extensions.code ?? 'OK').sort();
    expect(codes).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT', 'CONFLICT', 'OK']);
    expect(await server.collections.users.find({ username: 'sought' })).toHaveLength(1);
  });

  it.each([
    ['username', 'that is empty', ''],
    ['username', 'of two words', 'two words'],
    ['username', 'with a tab', 'tab\t'],
    ['username', 'with a NUL', 'nul\u0000'],
    ['username', 'of an emoji', '😀'],
    ['username', 'of marks only', '._-'],
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
    expect(error.fields?.[0]?.path).toBe(path);
    if (value.trim().length > 1) expect(JSON.stringify(error)).not.toContain(value);
    expect(await server.collections.users.findOne({ username: 'nobody' })).toBeUndefined();
  });

  it.each(['laurencia_1', 'иван', 'Ελένη', '太郎カナ', 'محمد', '007'])('takes the username %s', async (username) => {
    const { user } = await register({ username });
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
    expect((await register({ username: 'rtl', name })).user.name).toBe(name);
  });

  it('ignores a wish for another role', async () => {
    expect(await refused({ username: 'mallory', role: 'ADMIN' })).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

describe('registering with limits', () => {
  it('stops an address after sixty attempts in a minute, whatever came of them', async () => {
    const server = await startPeople({ variables: { RATE_LIMITS: 'on' } });
    try {
      await buildPerson(server, 'ana');
      const again = () =>
        anonymous(server).refused('UserRegister', { input: { username: 'ana', password: goodPassword } });
      for (let attempt = 1; attempt < 60; attempt += 1) expect((await again()).code).toBe('CONFLICT');
      const error = await again();
      expect(error).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) as number });
      expect(error.message).toContain(`${error.retryAfter ?? 0} seconds`);
      await expect(logIn(server, 'ana')).resolves.toBeDefined();
    } finally {
      await server.stop();
    }
  });
});
