import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { jest } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { describeInBrowser, openBrowser } from '../support/browser.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import { rest } from '../support/rest.js';
import type { Person } from '../support/wire-person.js';

jest.setTimeout(90_000);

/** The client of old, of which every page has a copy of its own. */
const client = readFileSync(createRequire(import.meta.url).resolve('socket.io-client-2/dist/socket.io.js'), 'utf8');
const html = '<!doctype html><script src="/client.js"></script>';

/** What the page of old does with its socket; it keeps what it is told in `told`. */
const scriptOf = (url: string): string => `
  var told = [];
  var socket = io(${JSON.stringify(url)}, { path: '/sockets', transports: ['polling'], forceJSONP: true, reconnection: false });
  for (const event of ['conversation list', 'message list', 'new message', 'user data', 'connect_error', 'error'])
    socket.on(event, (data) => told.push([event, data]));`;

/** Another site, with the page of old. */
class Site {
  private constructor(private readonly server: Server) {}

  static async open(): Promise<Site> {
    const server = createServer(({ url }, response) => {
      const [type, body] = url === '/client.js' ? ['text/javascript', client] : ['text/html', html];
      response.setHeader('content-type', type).end(body);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return new Site(server);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

describeInBrowser('a page of old that has nothing but scripts and forms (JSONP)', () => {
  let server: TestServer;
  let browser: Browser;
  let context: BrowserContext;
  let ana: Person;
  let leo: Person;
  let group: string;
  let complaints: string[];
  let asked: { readonly type: string; readonly method: string; readonly url: URL }[];

  let sites: Readonly<Record<'listed' | 'unlisted', Site>>;

  beforeAll(async () => {
    sites = { listed: await Site.open(), unlisted: await Site.open() };
    server = await startChatset({ ALLOWED_ORIGINS: sites.listed.origin });
    browser = await openBrowser();
    [ana, leo] = await server.people('ana', 'leo');
    const made = await rest(server.url, 'POST /groups', { ...ana, body: { title: 'Club', userIds: [leo.id] } });
    group = (made.body.data as { id: string }).id;
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    Object.values(sites).forEach((site) => site.close());
  });
  beforeEach(async () => {
    context = await browser.newContext();
    asked = [];
    complaints = [];
    context.on('console', (line) => void complaints.push(line.text()));
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (url.pathname === '/sockets/') asked.push({ type: request.resourceType(), method: request.method(), url });
    });
  });
  afterEach(() => context.close());

  /** Logs Ana in by the form of old, and opens the page. */
  async function open(site?: Site): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${server.url}/login`);
    await page.evaluate(`fetch('/login', { method: 'POST', redirect: 'manual', body: new URLSearchParams(
      ${JSON.stringify({ username: ana.username, password: ana.password })}) })`);
    await context.route(`${server.url}/old.html`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
    await context.route(`${server.url}/client.js`, (route) =>
      route.fulfill({ contentType: 'text/javascript', body: client }),
    );
    await page.goto(`${site?.origin ?? server.url}/old.html`);
    await page.evaluate(scriptOf(server.url));
    return page;
  }

  const toldTo = (page: Page, event: string): Promise<unknown[]> =>
    page.evaluate(`told.filter(([name]) => name === ${JSON.stringify(event)}).map(([, data]) => data)`);

  it.each(['of the server itself', 'of a listed origin'])('opens, sends and receives, as one %s', async (where) => {
    const page = await open(where === 'of a listed origin' ? sites.listed : undefined);
    await eventually(async () => expect(await toldTo(page, 'user data')).toMatchObject([{ _id: ana.id }]));
    const text = `«Hola» \\ \n\u2028 una página ${where}`;
    await page.evaluate(
      `socket.emit('new message', ${JSON.stringify({ content: text, conversation: group, message_type: 'simple' })})`,
    );
    await page.evaluate(`socket.emit('conversation open', ${JSON.stringify(group)})`);
    await eventually(async () =>
      expect(await toldTo(page, 'message list')).toMatchObject([
        expect.arrayContaining([expect.objectContaining({ content: text, from: ana.id })]),
      ]),
    );
    await rest(server.url, `POST /conversations/${group}/messages`, { ...leo, body: { content: text } });
    const heard = { username: leo.username, content: text, conversation: group };
    await eventually(async () => expect(await toldTo(page, 'new message')).toEqual([heard]));
    expect(new Set(asked.map(({ method, type }) => `${method} ${type}`))).toEqual(
      new Set(['GET script', 'POST document']),
    );
    for (const { url } of asked) expect(url.searchParams.get('j')).toMatch(/^\d+$/);
    expect(complaints).toEqual([]);
  });

  it('is refused as one of an origin that is not listed', async () => {
    const page = await open(sites.unlisted);
    await eventually(async () => expect(await toldTo(page, 'connect_error')).toHaveLength(1));
    expect(await page.evaluate('told.length')).toBe(1);
    expect(asked.map(({ type }) => type)).toEqual(['script']);
  });
});
