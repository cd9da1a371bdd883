import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import { rest } from '../support/rest.js';
import { TestSocket } from '../support/socket-io.js';
import type { Person } from '../support/wire-person.js';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const account = { username: 'RMedina', password: 'correct horse battery' };

describe('the shapes of the first Chatset', () => {
  let server: TestServer;
  let ana: Person;
  let leo: Person;
  let eva: Person;
  beforeAll(async () => {
    server = await startChatset();
    [ana, leo, eva] = await server.people('ana', 'leo', 'eva');
  });
  afterAll(() => server.stop());
  const as = (person: Person, at: string, body?: unknown) => rest(server.url, at, { token: person.token, body });

  it('say so when there is nothing to list', async () => {
    expect((await as(eva, 'GET /conversations')).text).toBe('{"msg":"No se encontraron conversaciones"}');
    expect((await as(eva, 'GET /messages')).text).toBe('{"msg":"No se encontraron mensajes"}');
    expect((await as(eva, `GET /users/${ana.id}/messages`)).text).toBe('{"msg":"No se encontraron mensajes"}');
  });

  it('register a person, with the old keys first, and give no password away', async () => {
    const body = {
      name: 'Ricardo',
      mail: 'r@x.example',
      phone: 981,
      profile_image: 'http://x.example/p.png',
      ...account,
    };
    const extra = { role: 'admin', token: 't1', _id: 'x' };
    const answer = await rest(server.url, 'POST /users', { body: { ...body, ...extra } });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body).slice(0, 3)).toEqual(['code', 'msg', 'data']);
    expect(answer.body).toMatchObject({
      code: 200,
      msg: 'Se creo corretamente el usuario',
      token: expect.any(String) as string,
    });
    const data = answer.body.data as Record<string, unknown>;
    expect(Object.keys(data).slice(0, 9)).toEqual([
      'role',
      '_created_at',
      '_id',
      'name',
      'mail',
      'phone',
      'username',
      'profile_image',
      '__v',
    ]);
    expect(data).toMatchObject({ role: 'user', phone: '981', username: 'rmedina', __v: 0, id: data._id });
    expect(Object.keys(data)).not.toContain('password');
    expect(Object.keys(data)).not.toContain('token');
    const again = await rest(server.url, 'POST /users', { body });
    expect(again).toMatchObject({ status: 409, body: { code: 409 } });
    expect(again.text).not.toContain('E11000');
  });

  it('tell the role of a person to those who may see it, and say nothing of it to others', async () => {
    await server.app.collections.users.updateMany({ _id: ana.id }, { role: 'ADMIN' });
    for (const [asking, role] of [
      [ana, 'admin'],
      [leo, undefined],
    ] as const) {
      const socket = await TestSocket.old(server.url, asking.token).welcomed();
      socket.tell('user data', ana.id);
      await eventually(() => expect(socket.of('user data')).toHaveLength(2));
      expect(socket.of('user data')[1]).toMatchObject({ _id: ana.id });
      expect((socket.of('user data')[1] as { role?: string }).role).toBe(role);
      socket.close();
    }
  });

  it('make a conversation from a list of members that has the caller in it', async () => {
    const made = await as(ana, 'POST /conversations', { members: [ana.id, leo.id] });
    expect([made.status, made.headers.get('content-type'), made.text]).toEqual([
      200,
      'text/html; charset=utf-8',
      'Se crea CONVERSACION desde API',
    ]);
    const group = { members: [leo.id, ana.id], type_conversation: 'Group', title_conversation: 'Equipo' };
    expect((await as(ana, 'POST /conversations', group)).text).toBe('Se crea CONVERSACION desde API');
    const list = JSON.parse((await as(ana, 'GET /conversations')).text) as Record<string, unknown>[];
    expect(list.map(({ type_conversation: type }) => type).sort()).toEqual(['group', 'user']);
    const [found] = list.filter(({ type_conversation: type }) => type === 'group');
    expect(Object.keys(found!).slice(0, 6)).toEqual([
      'members',
      'messages',
      'type_conversation',
      'title_conversation',
      '_created_at',
      '_id',
    ]);
    expect(found).toMatchObject({ messages: [], title_conversation: 'Equipo', __v: 0, id: found!._id, kind: 'GROUP' });
    expect((found!.members as string[]).toSorted()).toEqual([ana.id, leo.id].toSorted());
  });

  it.each<[string, (ids: { ana: string; leo: string; eva: string }) => object]>([
    ['the caller is not a member', ({ leo, eva }) => ({ members: [leo, eva] })],
    ['members are no list', ({ leo }) => ({ members: leo })],
    ['there is nobody else', ({ ana }) => ({ members: [ana] })],
    ['there are too many for two', ({ ana, leo, eva }) => ({ members: [ana, leo, eva] })],
    ['the type is none', ({ ana, leo }) => ({ members: [ana, leo], type_conversation: 'room' })],
    ['a member is an operator', ({ ana }) => ({ members: [ana, { $ne: null }] })],
  ])('do not pretend to have made one when %s', async (_case, body) => {
    const before = (await as(ana, 'GET /conversations')).text;
    const answer = await as(ana, 'POST /conversations', body({ ana: ana.id, leo: leo.id, eva: eva.id }));
    expect(answer).toMatchObject({ status: 400, body: { code: 400 } });
    expect((await as(ana, 'GET /conversations')).text).toBe(before);
  });

  it('list messages newest first, with the old keys first', async () => {
    const conversation = (await as(ana, `GET /users/${leo.id}/conversation`)).body.data as { id: string };
    for (const content of ['uno', 'dos', 'tres'])
      await as(ana, 'POST /messages', { conversation: conversation.id, content, from: leo.id });
    const routes = ['GET /messages', `GET /messages?conversation=${conversation.id}`, `GET /users/${leo.id}/messages`];
    for (const route of routes) {
      const list = JSON.parse((await as(ana, route)).text) as Record<string, unknown>[];
      expect(list.map(({ content }) => content)).toEqual(['tres', 'dos', 'uno']);
      expect(Object.keys(list[0]!).slice(0, 7)).toEqual([
        '_created_at',
        '_id',
        'content',
        'message_type',
        'conversation',
        'from',
        '__v',
      ]);
      expect(list[0]).toMatchObject({ from: ana.id, conversation: conversation.id, message_type: '', __v: 0 });
    }
    const times = JSON.parse((await as(leo, 'GET /messages')).text) as { _created_at: string }[];
    expect(new Set(times.map(({ _created_at: at }) => at)).size).toBe(3);
    const { headers } = await as(ana, `GET /users/${leo.id}/messages?last=2`);
    expect(headers.get('link')).toMatch(/messages\?last=2&before=[^>]+>; rel="next"/);
  });

  it('take what was said beside the text of a message, and answer it as they did', async () => {
    const { body } = await as(ana, 'POST /conversations', { userId: eva.id });
    const { id: conversation } = body.data as { id: string };
    const sent = { conversation, content: 'foto', file_path: 'foto', file_format: 'png', message_type: 'simple' };
    expect(await as(ana, 'POST /messages', sent)).toMatchObject({ status: 201 });
    const [message] = JSON.parse((await as(ana, `GET /users/${eva.id}/messages`)).text) as [Record<string, unknown>];
    expect(message).toMatchObject({ content: 'foto', message_type: '' });
    expect(Object.keys(message)).not.toContain('file_path');
  });

  it('open a conversation by its bare id, answered by a list of messages', async () => {
    const conversation = (await as(ana, `GET /users/${leo.id}/conversation`)).body.data as { id: string };
    const socket = await TestSocket.old(server.url, ana.token).welcomed();
    for (const event of ['conversation open', 'coversation open']) socket.tell(event, conversation.id);
    await socket.first('message list');
    const [list] = socket.of('message list') as [Record<string, unknown>[]];
    expect(list.map(({ content }) => content)).toEqual(['tres', 'dos', 'uno']);
    expect(Object.keys(list[0]!)[0]).toBe('_created_at');
    socket.tell('conversation open', 'x');
    expect(await socket.first('exception')).toMatchObject({ event: 'conversation open', code: 404 });
    socket.close();
  });

  it('send one list of conversations to a page that asks as soon as it is connected', async () => {
    const socket = TestSocket.old(server.url, ana.token);
    socket.tell('conversation list');
    await socket.welcomed();
    await socket.ask('user data');
    expect(socket.of('conversation list')).toHaveLength(1);
    socket.tell('conversation list');
    await eventually(() => expect(socket.of('conversation list')).toHaveLength(2));
    socket.close();
  });

  it('log in and out with the forms of the page', async () => {
    const log = (path: string, body: string, cookie?: string) =>
      rest(server.url, `POST /${path}`, { body, headers: { ...form, ...(cookie && { cookie }) } });
    const wrong = await log('/login', 'username=rmedina&password=wrong');
    expect([wrong.status, wrong.headers.get('location'), wrong.headers.get('set-cookie')]).toEqual([
      302,
      '/login',
      null,
    ]);
    const operator = await log('/login', 'username=rmedina&password[$ne]=z');
    expect([operator.status, operator.headers.get('location')]).toEqual([302, '/login']);
    const right = await log('/login', `username=RMEDINA&password=${account.password}`);
    expect([right.status, right.headers.get('location')]).toEqual([302, '/index']);
    const cookie = right.headers.get('set-cookie')!.split(';')[0]!;
    expect((await log('/login', '', cookie)).headers.get('location')).toBe('/index');
    expect(await rest(server.url, 'GET /users/me', { headers: { cookie } })).toMatchObject({ status: 200 });
    const out = await log('/logout', '', cookie);
    expect([out.status, out.headers.get('location')]).toEqual([302, '/login']);
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
    expect(await rest(server.url, 'GET /users/me', { headers: { cookie } })).toMatchObject({ status: 401 });
    expect((await log('/logout', '')).headers.get('location')).toBe('/login');
  });
});
