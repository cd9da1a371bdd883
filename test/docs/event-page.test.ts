import { compatForms } from '../../src/compat/forms.js';
import { table } from '../../src/compat/table.js';
import { documentedEvents } from '../../src/docs/documented-events.js';
import { eventForms, type OtherForms } from '../../src/docs/event-forms.js';
import { eventPage } from '../../src/docs/event-page.js';
import { siteLinks } from '../../src/docs/site.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';

const schema = buildSchema(readFileSync(new URL('../../../schema/schema.graphql', import.meta.url), 'utf8'));

describe('the page /docs', () => {
  let server: TestServer;
  beforeAll(async () => void (server = await startChatset()));
  afterAll(() => server.stop());

  const get = async (path: string, language = ''): Promise<string> =>
    (await fetch(`${server.url}${path}`, { headers: { 'accept-language': language } })).text();

  it('has a row for every documented event, with every field that stands for it', async () => {
    const page = await get('/docs');
    for (const { event, fields } of documentedEvents) {
      const [row = ''] = new RegExp(`<tr id="[^"]+"><th scope="row">${event}</th>.*</tr>`).exec(page) ?? [];
      for (const field of fields) expect(row).toContain(`<code>${field}</code>`);
    }
  });

  it('has every name of Socket.IO and every route of REST in the row of its event', async () => {
    const page = await get('/docs');
    for (const { event, aliases, routes } of table) {
      for (const name of [event, ...aliases]) expect(page).toContain(`<code>${name}</code>`);
      for (const { method, path } of routes) expect(page).toContain(`<code>${method} ${path}</code>`);
    }
    expect(page).toMatch(/<th scope="row">connection<\/th>.*<code>login<\/code>.*<code>POST \/sessions<\/code>/);
    expect([...compatForms().values()].every(({ socketIo }) => socketIo.length > 0)).toBe(true);
  });

  it('links to every other page and to the whole API', async () => {
    const page = await get('/docs');
    for (const { path } of siteLinks) expect(page).toContain(`<a href="${path}"`);
  });

  it('speaks the language that is asked for, or else that of the browser', async () => {
    expect(await get('/docs')).toContain('<html lang="en"');
    expect(await get('/docs', 'es-MX,es;q=0.9,en;q=0.5')).toContain('<html lang="es"');
    expect(await get('/docs', 'eu')).toContain('<html lang="en"');
    expect(await get('/docs?lang=es', 'en')).toContain('Eventos de Chatset');
    expect(await get('/docs?lang=xx', 'es')).toContain('<html lang="es"');
    expect((await fetch(`${server.url}/docs/nothing`)).status).toBe(404);
  });
});

describe('the forms of an event', () => {
  const forms: OtherForms = { socketIo: ['message add'], rest: ['POST /messages'] };

  it('on other protocols have columns of their own once there are any', () => {
    const bare = eventPage(eventForms(schema), 'en');
    expect(bare).not.toMatch(/<th scope="col">(REST|Socket\.IO)/);
    const page = eventPage(eventForms(schema, new Map([['message add', forms]])), 'en');
    expect(page).toMatch(/<th scope="row">message add<\/th>.*<code>message add<\/code>.*<code>POST \/messages<\/code>/);
  });

  it('are refused for an event that nobody documents', () => {
    expect(() => eventForms(schema, new Map([['message shout', forms]]))).toThrow(
      'Served, but not documented: message shout.',
    );
  });
});
