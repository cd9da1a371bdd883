import { startChatset, type TestServer } from '../support/chatset.js';
import { rest } from '../support/rest.js';
import type { Person } from '../support/wire-person.js';

const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('REST', () => {
  let server: TestServer;
  let ana: Person;
  let leo: Person;
  let group: string;
  beforeAll(async () => {
    server = await startChatset({ ALLOWED_ORIGINS: 'https://chat.example.org' });
    [ana, leo] = await server.people('ana', 'leo');
    const made = await rest(server.url, 'POST /groups', { ...ana, body: { title: 'Club', userIds: [leo.id] } });
    group = (made.body.data as { id: string }).id;
  });
  afterAll(() => server.stop());
  const call = (at: string, options: Parameters<typeof rest>[2] = {}) =>
    rest(server.url, at, { token: ana.token, ...options });
  const add = (content: string) => call(`POST /conversations/${group}/messages`, { body: { content } });

  it('answers code, msg and data, and 201 where something new is made', async () => {
    const { status, body } = await add('Hola');
    expect(status).toBe(201);
    expect(body).toMatchObject({ code: 201, msg: 'OK', data: { content: 'Hola', conversationId: group } });
    expect(await call('GET /users/me')).toMatchObject({ status: 200, body: { code: 200, data: { id: ana.id } } });
  });

  it('serves the misspelt prefix, any case of the path and a slash at its end', async () => {
    for (const path of ['//ap1/v1/users/me', '//API/V1/Users/me', '/users/me/']) {
      expect(await call(`GET ${path}`)).toMatchObject({ status: 200, body: { data: { id: ana.id } } });
    }
  });

  it('describes itself to everybody', async () => {
    const { text } = await rest(server.url, 'GET /');
    expect(Object.keys(JSON.parse(text) as object)).toEqual(['name', 'version', 'description', 'author']);
  });

  it('answers what it does not know with 404 and the old text', async () => {
    for (const at of ['GET /nothing', 'PATCH /users', 'GET //api/v1/users/x/y/z']) {
      const { status, headers, text } = await call(at);
      expect([status, headers.get('content-type'), text]).toEqual([
        404,
        'text/html; charset=utf-8',
        'Error 404, Contenido no encontrado',
      ]);
    }
  });

  it('takes forms as well as JSON', async () => {
    const sent = await call('POST /messages', { body: `conversation=${group}&content=Por+formulario`, headers: form });
    expect(sent.body).toMatchObject({ code: 201, data: { content: 'Por formulario' } });
    const body = `title=Otro&userIds[]=${leo.id}`;
    expect(await call('POST /groups', { body, headers: form })).toMatchObject({
      status: 201,
      body: { data: { memberCount: 2 } },
    });
    const revoked = await call('DELETE /sessions', { body: 'all=true', headers: form });
    expect(revoked.body).toMatchObject({ code: 200 });
  });

  it('does not hand out a library that pages of old could not use', async () => {
    for (const path of ['/sockets', '/socket.io']) {
      const answer = await call(`GET /${path}/socket.io.js`);
      expect([answer.status, answer.body.msg]).toEqual([404, expect.stringContaining('client')]);
    }
  });

  it('answers 304 to whom nothing is new, and HEAD without a body', async () => {
    const { headers } = await call('GET /users/me');
    const etag = headers.get('etag')!;
    expect(
      await call('GET /users/me', { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } }),
    ).toMatchObject({
      status: 304,
      text: '',
    });
    const head = await call('HEAD /users/me');
    expect([head.status, head.headers.get('etag'), head.text]).toEqual([200, etag, '']);
    expect((await call('OPTIONS /contacts')).headers.get('allow')).toContain('GET');
  });

  it('lets pages of listed origins in', async () => {
    const headers = { origin: 'https://chat.example.org' };
    const { headers: answered } = await call('GET /users/me', { headers });
    expect(answered.get('access-control-allow-origin')).toBe(headers.origin);
    for (const name of ['link', 'etag', 'retry-after']) {
      expect(answered.get('access-control-expose-headers')).toContain(name);
    }
    const asked = { ...headers, 'access-control-request-method': 'GET' };
    const preflight = await call('OPTIONS /users/me', { headers: asked });
    expect(preflight.headers.get('access-control-allow-headers')).toContain('if-none-match');
  });

  it('takes an Idempotency-Key as the id of a message', async () => {
    const headers = { 'idempotency-key': 'once-1' };
    const body = { content: 'Una vez' };
    const [first, again] = [
      await call(`POST /conversations/${group}/messages`, { body, headers }),
      await call(`POST /conversations/${group}/messages`, { body, headers }),
    ];
    expect(again.body.data).toEqual(first.body.data);
    const other = await call(`POST /conversations/${group}/messages`, { body: { content: 'Otra' }, headers });
    const sentence = expect.stringMatching(/used this id for another message.*Idempotency-Key/) as string;
    expect(other).toMatchObject({ status: 409, body: { code: 409, reason: 'ID_REUSED', msg: sentence } });
  });

  it('takes an Idempotency-Key in quotation marks, and beside a clientMessageId that is null', async () => {
    const at = `POST /conversations/${group}/messages`;
    const body = { content: 'Citada', clientMessageId: null };
    for (const key of ['once-2', '"once-2"']) {
      const answer = await call(at, { body, headers: { 'idempotency-key': key } });
      expect(answer.body).toMatchObject({ code: 201, data: { clientMessageId: 'once-2' } });
    }
  });

  it('marks as spam by POST and takes it back by DELETE, and takes no word for it', async () => {
    const at = `/conversations/${group}/spam`;
    expect((await call(`POST ${at}`)).body.data).toMatchObject({ isSpam: true });
    expect(await call(`POST ${at}`, { body: { spam: false } })).toMatchObject({ status: 400 });
    expect((await call(`DELETE ${at}`)).body.data).toMatchObject({ isSpam: false });
  });

  it.each<[string, { at: string; body?: unknown; status: number }]>([
    ['no identity', { at: 'GET /contacts', status: 401 }],
    [
      'an operator in place of a text',
      { at: 'POST /messages', body: { conversationId: { $ne: null }, content: 'x' }, status: 400 },
    ],
    ['an unknown property', { at: 'PATCH /users/me', body: { nick: 'x' }, status: 400 }],
    ['a list in place of an object', { at: 'POST /groups', body: [], status: 400 }],
    ['no JSON', { at: 'POST /groups', body: '{', status: 400 }],
    [
      'a body that is too large',
      { at: 'POST /groups', body: { title: 'x'.repeat(100_001), userIds: [] }, status: 413 },
    ],
    ['an id that is none', { at: 'GET /conversations/x', status: 404 }],
    ['too large a page', { at: 'GET /users?first=201', status: 400 }],
    ['a number that is none', { at: 'GET /users?first=many', status: 400 }],
    ['a broken escape', { at: 'GET /users/%E0%A4%A', status: 400 }],
  ])('refuses %s', async (name, { at, body, status }) => {
    const headers: Record<string, string> = typeof body === 'string' ? { 'content-type': 'application/json' } : {};
    const token = name === 'no identity' ? undefined : ana.token;
    const answer = await rest(server.url, at, { token, body, headers });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ code: status, msg: expect.stringMatching(/\w/) as string });
  });

  it('refuses a body of a type that it cannot read', async () => {
    const headers = { 'content-type': 'text/plain' };
    expect(await call('POST /groups', { body: 'title=x', headers })).toMatchObject({
      status: 400,
      body: { code: 400 },
    });
  });

  it('says of a form with too many fields how many it may have', async () => {
    const body = Array.from({ length: 1_001 }, (_, at) => `f${at}=1`).join('&');
    const answer = await call('POST /groups', { body, headers: form });
    expect(answer).toMatchObject({ status: 400, body: { code: 400, msg: expect.stringContaining('1000') as string } });
  });
});

describe('the cookie over REST', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startChatset();
  });
  afterAll(() => server.stop());

  it('is given by POST /users and POST /sessions, and taken by DELETE /sessions/current', async () => {
    const account = { username: 'eva', password: 'correct horse battery' };
    const registered = await rest(server.url, 'POST /users', { body: account });
    expect(registered.headers.get('set-cookie')).toMatch(/^sid=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict/);
    const { headers } = await rest(server.url, 'POST /sessions', { body: account });
    const cookie = headers.get('set-cookie')!.split(';')[0]!;
    expect(await rest(server.url, 'GET /users/me', { headers: { cookie } })).toMatchObject({ status: 200 });
    const ended = await rest(server.url, 'DELETE /sessions/current', { headers: { cookie } });
    expect(ended.headers.get('set-cookie')).toContain('Max-Age=0');
    expect(await rest(server.url, 'GET /users/me', { headers: { cookie } })).toMatchObject({ status: 401 });
  });

  it('does not serve a page elsewhere that posts a form', async () => {
    const [ana] = await server.people('ana');
    const cookie = `sid=${ana.token}`;
    const body = 'userId=6b03008d1af4942a3f9dfb64';
    const forged = { body, headers: { ...form, cookie } };
    expect(await rest(server.url, 'POST /conversations', forged)).toMatchObject({ status: 403, body: { code: 403 } });
    const foreign = { ...forged.headers, origin: 'https://evil.example' };
    expect(await rest(server.url, 'POST /conversations', { body, headers: foreign })).toMatchObject({
      status: 403,
      body: { code: 403, msg: expect.stringContaining('ALLOWED_ORIGINS') as string, reason: 'FOREIGN_ORIGIN' },
    });
    const own = { ...forged.headers, origin: server.url };
    expect(await rest(server.url, 'POST /conversations', { body, headers: own })).toMatchObject({ status: 404 });
  });

  it('is not given to a page elsewhere that logs its visitor in as somebody else', async () => {
    const [ana] = await server.people('ana');
    const account = { username: ana.username, password: ana.password };
    const body = new URLSearchParams(account).toString();
    for (const at of ['POST //login', 'POST /sessions']) {
      for (const origin of ['https://evil.example', 'null']) {
        const forged = await rest(server.url, at, { body, headers: { ...form, origin } });
        expect([forged.status, forged.headers.get('set-cookie')]).toEqual([403, null]);
      }
      const own = await rest(server.url, at, { body, headers: { ...form, origin: server.url } });
      expect(own.headers.get('set-cookie')).toMatch(/^sid=/);
    }
  });
});
