import { connect as openTcp } from 'node:net';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually.js';
import { RawSocket } from '../support/raw-socket.js';
import { post, startSampleServer, type SampleServer } from '../support/sample-server.js';

describe('GraphQL over HTTP', () => {
  let sample: SampleServer;
  beforeAll(async () => {
    const variables = { ALLOWED_ORIGINS: 'https://chat.example.org', TRUST_PROXY: '1' };
    sample = await startSampleServer({ variables });
  });
  afterAll(() => sample.stop());

  it('knows a person by the Bearer token or the cookie', async () => {
    for (const options of [{ token: 'token-of-ana' }, { headers: { cookie: 'a=b; sid=token-of-ana' } }]) {
      const response = await post(sample.url, { query: '{ whoami }' }, options);
      expect(await response.json()).toEqual({ data: { whoami: 'ana' } });
    }
  });

  it('takes a token that is nobody’s for no identity, so that its holder can log in again', async () => {
    const response = await post(sample.url, { query: '{ hello whoami }' }, { token: 'expired' });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    const hello = await post(sample.url, { query: '{ hello }' }, { headers: { cookie: 'sid=expired' } });
    expect(await hello.json()).toEqual({ data: { hello: 'hello' } });
  });

  it('answers 503 when the database cannot say who calls', async () => {
    const response = await post(sample.url, { query: '{ hello }' }, { token: 'database-down' });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'UNAVAILABLE', reason: 'DATABASE' } }],
    });
  });

  it('gives a page its session in a cookie that scripts cannot read, and takes it away', async () => {
    const enter = (token: string, headers: Record<string, string> = {}) =>
      post(sample.url, { query: `mutation { enter(token: "${token}") }` }, { headers });
    expect((await enter('abc')).headers.get('set-cookie')).toBe(
      'sid=abc; Path=/; HttpOnly; SameSite=Strict; Max-Age=34560000',
    );
    const behindTls = await enter('abc', { 'x-forwarded-proto': 'https' });
    expect(behindTls.headers.get('set-cookie')).toMatch(/; Secure$/);
    expect((await enter('')).headers.get('set-cookie')).toMatch(/^sid=; .*Max-Age=0$/);
  });

  it('answers GET for queries and refuses mutations there', async () => {
    const headers = { 'apollo-require-preflight': '1', authorization: 'Bearer token-of-ana' };
    const get = (query: string) => fetch(`${sample.url}/graphql?query=${encodeURIComponent(query)}`, { headers });
    expect(await (await get('{ whoami }')).json()).toEqual({ data: { whoami: 'ana' } });
    const refused = await get('mutation { noteAdd(input: { text: "a" }) { id } }');
    expect(refused.status).toBe(405);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  it.each<[string, unknown, Record<string, string>, number]>([
    ['text that is not JSON', '{"query":', {}, 400],
    ['a list of operations', [{ query: '{ hello }' }], {}, 400],
    ['no query', {}, {}, 400],
    ['a query that is no text', { query: { $ne: null } }, {}, 400],
    ['variables that are no object', { query: '{ hello }', variables: 'x' }, {}, 400],
    ['a form', 'query={hello}', { 'content-type': 'application/x-www-form-urlencoded' }, 400],
    ['a compressed body', '{}', { 'content-encoding': 'gzip' }, 400],
    ['a body over 100 kB', { query: `{ hello } #${'x'.repeat(100_000)}` }, {}, 413],
    ['a body over 1 MB', { query: `{ hello } #${'x'.repeat(1_000_000)}` }, {}, 413],
  ])('refuses %s', async (...[, body, headers, status]) => {
    const response = await post(sample.url, body, { headers });
    expect(response.status).toBe(status);
    const { errors } = (await response.json()) as { errors: { extensions: { code: string; stacktrace?: unknown } }[] };
    expect(errors[0]?.extensions).toEqual({ code: status === 413 ? 'PAYLOAD_TOO_LARGE' : 'BAD_USER_INPUT' });
  });

  it('refuses subscriptions with the way to go', async () => {
    const query = 'subscription { noted(topic: "t") { id } }';
    const response = await post(sample.url, { query }, { token: 'token-of-ana' });
    expect(await response.text()).toMatch(/WebSocket/);
  });

  it('keeps foreign pages out where a cookie comes along, and lets own and listed ones in', async () => {
    const ask = (origin: string, cookie?: string) =>
      post(sample.url, { query: '{ hello }' }, { headers: { origin, ...(cookie ? { cookie } : {}) } });
    const evil = await ask('https://evil.example', 'sid=token-of-ana');
    expect(evil.status).toBe(403);
    expect(await evil.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    const listed = await ask('https://chat.example.org', 'sid=token-of-ana');
    expect(listed.status).toBe(200);
    expect(listed.headers.get('access-control-allow-origin')).toBe('https://chat.example.org');
    expect(listed.headers.get('access-control-allow-credentials')).toBe('true');
    expect((await ask(sample.url, 'sid=token-of-ana')).status).toBe(200);
    const stranger = await ask('https://evil.example');
    expect(stranger.status).toBe(200);
    expect(stranger.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('tells browsers what listed pages may send', async () => {
    const preflight = (origin: string) =>
      fetch(`${sample.url}/graphql`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const listed = await preflight('https://chat.example.org');
    expect(listed.status).toBe(204);
    expect(listed.headers.get('access-control-allow-headers')).toMatch(/content-type/);
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each<[string, string, Record<string, string>, number]>([
    ['a foreign page', '/graphql', { origin: 'https://evil.example', cookie: 'sid=token-of-ana' }, 403],
    ['a path without sockets', '/elsewhere', {}, 404],
  ])('refuses a socket of %s', async (...[, path, headers, status]) => {
    const opening = RawSocket.open(`${sample.wsUrl.replace('/graphql', '')}${path}`, {
      headers,
    });
    await expect(opening).rejects.toThrow(`Unexpected server response: ${status}`);
  });

  it.each(['https://chat.example.org', undefined])('lets a socket in from %s', async (origin) => {
    const raw = await RawSocket.open(sample.wsUrl, { headers: origin ? { origin } : {} });
    raw.socket.terminate();
  });

  it('lives on after malformed requests', async () => {
    for (const text of [
      'GARBAGE\r\n\r\n',
      'GET /%ff%zz HTTP/1.1\r\nHost: x\r\n\r\n',
      'GET /graphql HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    ]) {
      const socket = openTcp(Number(new URL(sample.url).port), '127.0.0.1');
      await once(socket, 'connect');
      socket.write(text);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(answer.toString()).toMatch(/^HTTP\/1.1 4\d\d /);
      socket.destroy();
    }
    expect((await fetch(`${sample.url}/healthz`)).status).toBe(200);
  });
});

describe('the server', () => {
  it('says that a port is taken and what to do', async () => {
    const first = await startSampleServer();
    const port = Number(new URL(first.url).port);
    await expect(startSampleServer({ port })).rejects.toThrow(`Port ${port} is taken`);
    await first.stop();
  });

  it('finishes running requests before it stops, and takes nothing new', async () => {
    const sample = await startSampleServer();
    const answer = post(sample.url, { query: '{ slow }' }, { token: 'token-of-ana' });
    await eventually(() => expect(sample.touched).toEqual(['ana']));
    const stopped = sample.stop();
    await expect(fetch(`${sample.url}/healthz`)).rejects.toThrow();
    expect((await sample.health.report()).status).toBe('stopping');
    sample.releaseSlow('done');
    expect(await (await answer).json()).toEqual({ data: { slow: 'done' } });
    await stopped;
  });

  it('answers health, readiness, the schema, and 404 for what there is not', async () => {
    let isDown = false;
    const check = () => {
      if (isDown) throw new Error('The database does not answer.');
    };
    const sample = await startSampleServer({ checks: { database: check } });
    const get = async (path: string) => {
      const response = await fetch(sample.url + path);
      return { status: response.status, text: await response.text(), headers: response.headers };
    };
    expect((await get('/healthz')).status).toBe(200);
    expect(await get('/readyz')).toMatchObject({ status: 200, text: '{"status":"ready","checks":{"database":"ok"}}' });
    isDown = true;
    expect(await get('/readyz')).toMatchObject({
      status: 503,
      text: expect.stringContaining('does not answer') as string,
    });
    expect((await get('/schema.graphql')).text).toMatch(/type NoteConnection \{/);
    const unknown = await get('/nothing');
    expect(unknown).toMatchObject({ status: 404, text: '{"code":404,"msg":"There is nothing at /nothing."}' });
    expect(unknown.headers.get('content-security-policy')).toMatch(/default-src 'self'/);
    expect(unknown.headers.get('x-powered-by')).toBeNull();
    sample.server.mount('/api', (request, response) => void response.json({ path: request.path }));
    expect((await get('/api/v1/users')).text).toBe('{"path":"/v1/users"}');
    sample.server.mount('/broken', () => {
      throw new Error('secret detail');
    });
    const broken = await get('/broken');
    expect(broken.status).toBe(500);
    expect(broken.text).not.toMatch(/secret/);
    await sample.stop();
  });

  it('serves the playground under a strict policy, and says what to do when it has not been built', async () => {
    const webRoot = await mkdtemp(join(tmpdir(), 'chatset-web-'));
    const bare = await startSampleServer({ webRoot });
    const missing = await fetch(`${bare.url}/playground`);
    expect(missing.status).toBe(404);
    expect(await missing.text()).toMatch(/npm run build/);
    await bare.stop();
    await mkdir(join(webRoot, 'playground'));
    await writeFile(join(webRoot, 'playground/index.html'), '<title>Playground</title>');
    const built = await startSampleServer({ webRoot });
    const page = await fetch(`${built.url}/playground`);
    expect(await page.text()).toBe('<title>Playground</title>');
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self'(;|$)/);
    await built.stop();
    await rm(webRoot, { recursive: true });
  });

  it('does not wait for ever for requests that do not end', async () => {
    const sample = await startSampleServer({ drainMs: 100 });
    const answer = post(sample.url, { query: '{ slow }' }, { token: 'token-of-ana' });
    await eventually(() => expect(sample.touched).toEqual(['ana']));
    await sample.stop();
    await expect(answer).rejects.toThrow();
  });
});
