import type { Failure } from '../../src/compat/answer.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { rest } from '../support/rest.js';
import { TestSocket } from '../support/socket-io.js';
import type { Person } from '../support/wire-person.js';

const none = '6b03008d1af4942a3f9dfb64';
const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('the sentence of a refusal', () => {
  let server: TestServer;
  let ana: Person;
  let leo: Person;
  let socket: TestSocket;
  beforeAll(async () => {
    server = await startChatset();
    [ana, leo] = await server.people('ana', 'leo');
    socket = await TestSocket.modern(server.url, ana.token).welcomed();
  });
  afterAll(async () => {
    socket.close();
    await server.stop();
  });

  it.each<[string, string, { body?: unknown; headers?: Record<string, string> }, RegExp]>([
    [
      'gives the rule',
      'POST /groups',
      { body: { title: '', userIds: [] } },
      /^title: must be longer than or equal to 1/,
    ],
    [
      'lists the values of an enum',
      `POST /conversations/${none}/read`,
      { body: { seq: 1, receipt: 'SEEN' } },
      /^receipt: must be one of DELIVERED, READ\.$/,
    ],
    [
      'lists them for a word of a query, too',
      'GET /conversations?kind=pair',
      {},
      /^kind: must be one of DIRECT, GROUP\.$/,
    ],
    ['speaks of cursors as every protocol does', 'GET /users?after=zz', {}, /^after: is not a cursor .* pass one that/],
    [
      'names an unknown property',
      'PATCH /users/me',
      { body: { nick: 'x' } },
      /^nick: is not known here; .* name, mail/,
    ],
    [
      'names an unknown word of a query',
      'GET /users?frist=1',
      {},
      /^frist: is not known here; .* search, first, after/,
    ],
    ['names a word with an operator', 'GET /users?search[$ne]=x', {}, /^search\[\$ne\]: is not known here/],
    [
      'names a property of old as it was sent',
      'POST /conversations',
      { body: { members: ['me'], type_conversation: 'group', title_conversation: '' } },
      /^title_conversation: must be longer/,
    ],
    [
      'names the header',
      `POST /conversations/${none}/messages`,
      { body: { content: 'x' }, headers: { 'idempotency-key': 'not one' } },
      /^Idempotency-Key: must be 1 to 64/,
    ],
    ['tells null from broken JSON', 'POST /groups', { body: 'null', headers: json }, /must be a JSON object/],
    ['tells broken JSON', 'POST /groups', { body: '{', headers: json }, /not valid JSON/],
    [
      'tells a charset that cannot be read',
      'POST /groups',
      { body: '{}', headers: { 'content-type': 'application/json; charset=latin1' } },
      /charset/,
    ],
    [
      'tells a body that is too large at the login form',
      'POST //login',
      { body: `username=${'x'.repeat(100_001)}`, headers: form },
      /too large/,
    ],
  ])('%s', async (...[, at, { body, headers }, sentence]) => {
    const real = JSON.parse(JSON.stringify(body ?? null).replace('"me"', `"${ana.id}"`)) as unknown;
    const answer = await rest(server.url, at, {
      token: ana.token,
      body: body === undefined ? undefined : real,
      headers,
    });
    expect(answer.body.msg).toMatch(sentence);
    expect(answer.status).toBe(at.endsWith('login') ? 413 : 400);
    expect(answer.body.msg).not.toMatch(/extensions|GraphQL/);
  });

  it('keeps the name of a list, and of a property that the caller knows by another', async () => {
    expect(await socket.ask('conversation follow', { known: [{ conversationId: none, seq: 'x' }] })).toMatchObject({
      fields: [{ path: 'known.0.seq', message: 'must be a whole number' }],
    });
    expect(await socket.ask('conversation follow', { known: [{ conversationId: none }] })).toMatchObject({
      fields: [{ path: 'known.0.seq', message: 'is required' }],
    });
    expect(await socket.ask('new message', { conversation: {}, content: 'x' })).toMatchObject({
      msg: 'conversation: must be an id.',
      fields: [{ path: 'conversation' }],
    });
    expect(await socket.ask('message add', { conversationId: none, content: 'x', $where: 1 })).toMatchObject({
      fields: [{ path: '$where' }],
    });
  });

  it.each<[string, unknown, string[]]>([
    [
      'POST /users',
      { username: '?', password: 'y', profile_image: 'z', mail: '1' },
      ['username', 'password', 'mail', 'profile_image'],
    ],
    ['PATCH /users/me', { phone: 'x', name: '' }, ['name', 'phone']],
    ['GET /users?first=201', undefined, ['first']],
    ['POST /messages', { conversation: none, content: '', clientMessageId: '?' }, ['content', 'clientMessageId']],
    ['POST /groups', { title: '', userIds: [], image: 'x' }, ['title', 'image']],
  ])('tells of %s the broken rules, each once beside its name', async (at, body, names) => {
    const { fields = [], msg } = (await rest(server.url, at, { ...ana, body })).body as unknown as Failure;
    expect([...new Set(fields.map(({ path }) => path))]).toEqual(names);
    for (const { path, message } of fields) {
      expect(message).not.toMatch(new RegExp(`^${path}|profileImage`));
      expect(msg).toContain(`${path}: ${message}`);
    }
  });

  it('names a missing id as any other property', async () => {
    const fields = (path: string, message: string) => ({ msg: `${path}: ${message}.`, fields: [{ path, message }] });
    expect(await socket.ask('conversation data')).toMatchObject(fields('id', 'is required'));
    expect(await socket.ask('group user list', {})).toMatchObject(fields('groupId', 'is required'));
    const nothing = { conversationId: null };
    expect(await socket.ask('conversation data', nothing)).toMatchObject(fields('conversationId', 'must not be null'));
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'names an unknown property that all objects have: %s',
    async (path) => {
      const fault = { status: 400, body: { msg: expect.stringContaining(`${path}: is not known`) as string } };
      expect(await rest(server.url, `GET /users?${path}=1`, ana)).toMatchObject(fault);
      expect(await rest(server.url, 'POST /messages', { ...ana, body: `{"${path}":1}`, headers: json })).toMatchObject(
        fault,
      );
      const given = JSON.parse(`{"${path}":1}`) as unknown;
      expect(await socket.ask('message add', given)).toMatchObject({ code: 400, fields: [{ path }] });
    },
  );

  it('is not given for what pages add to an address, nor for numbers in place of a title of old', async () => {
    expect(await rest(server.url, 'GET /users?_=1732480000000', ana)).toMatchObject({ status: 200 });
    const body = { members: [ana.id, leo.id], type_conversation: 'group', title_conversation: 7 };
    expect((await rest(server.url, 'POST /conversations', { ...ana, body })).status).toBe(200);
    const { text } = await rest(server.url, 'GET /conversations', ana);
    expect(JSON.parse(text)).toMatchObject([{ title_conversation: '7' }]);
  });

  it('is the old text for OPTIONS of an unknown path', async () => {
    const answer = await rest(server.url, 'OPTIONS /nothing', ana);
    expect([answer.status, answer.text]).toEqual([404, 'Error 404, Contenido no encontrado']);
  });

  it('has no Link where there is no other page', async () => {
    expect((await rest(server.url, 'GET /users', ana)).headers.get('link')).toBeNull();
  });
});

describe('while the database is away', () => {
  it('the login form says so, to programs and to browsers', async () => {
    const server = await startChatset();
    const [ana] = await server.people('ana');
    const body = new URLSearchParams({ username: ana.username, password: ana.password }).toString();
    await server.app.collections.users.model.db.getClient().close();
    for (const cookie of ['io=x', `sid=${ana.token}`]) {
      const headers = { ...form, origin: server.url, cookie };
      const told = await rest(server.url, 'POST //login', { body, headers });
      expect([told.status, told.body.msg]).toEqual([503, expect.stringContaining('database')]);
      const shown = await rest(server.url, 'POST //login', { body, headers: { ...headers, accept: 'text/html' } });
      expect([shown.status, shown.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8']);
    }
    await server.stop();
  });
});
