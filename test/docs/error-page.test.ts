import { startChatset, type TestServer } from '../support/chatset.js';

const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';

describe('an address at which there is nothing', () => {
  let server: TestServer;
  beforeAll(async () => void (server = await startChatset()));
  afterAll(() => server.stop());

  async function ask(path: string, headers: Record<string, string>, method = 'GET') {
    const response = await fetch(`${server.url}${path}`, { method, headers });
    const [type] = response.headers.get('content-type')?.split(';') ?? [];
    return { status: response.status, type, text: await response.text(), vary: response.headers.get('vary') };
  }

  it.each(['*/*', 'application/json', 'application/json, text/plain, */*', ''])(
    'answers JSON to a program that accepts %j',
    async (accept) => {
      const { status, type, text } = await ask('/nowhere', { accept });
      expect({ status, type }).toEqual({ status: 404, type: 'application/json' });
      expect(JSON.parse(text)).toEqual({ code: 404, msg: 'There is nothing at /nowhere.' });
    },
  );

  it('answers JSON to whoever writes, whatever it accepts', async () => {
    expect(await ask('/nowhere', { accept: browser }, 'POST')).toMatchObject({ status: 404, type: 'application/json' });
  });

  it('shows a browser a page with a way back', async () => {
    const { status, type, text, vary } = await ask('/nowhere', { accept: browser });
    expect({ status, type }).toEqual({ status: 404, type: 'text/html' });
    expect(text).toContain('<html lang="en"');
    expect(text).toContain('Page not found');
    expect(text).toContain('There is nothing at /nowhere.');
    expect(text).toContain('<a class="site-button" href="/">');
    expect(vary?.toLowerCase()).toContain('accept, accept-language');
  });

  it('speaks the language of the browser', async () => {
    const { text } = await ask('/nowhere', { accept: browser, 'accept-language': 'es-MX,es;q=0.9,en;q=0.5' });
    expect(text).toContain('<html lang="es"');
    expect(text).toContain('Página no encontrada');
  });

  it('lets nobody write into the page', async () => {
    const { text } = await ask('/<script>alert(1)</script>&"', { accept: browser });
    expect(text).not.toContain('<script>alert');
  });

  it('shows other refusals in the same way', async () => {
    const refused = await ask('/metrics', { accept: browser, 'x-forwarded-for': '192.0.2.1' });
    expect(refused).toMatchObject({ status: 403, type: 'text/html' });
    expect(refused.text).toContain('Metrics are answered to this machine only.');
  });
});
