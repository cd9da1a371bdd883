import type { Browser, Page } from 'playwright-core';
import { siteLinks } from '../../src/docs/site.js';
import { describeInBrowser, faultsOf as complaintsOf, openBrowser } from '../support/browser.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { faultsOf } from './support/axe.js';

const pages = siteLinks.filter(({ kind, path }) => kind === 'page' && path !== '/');
const sizes = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

describeInBrowser('the pages around the chat page', () => {
  let server: TestServer;
  let browser: Browser;

  beforeAll(async () => {
    server = await startChatset();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  async function open(path: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const page = await (await browser.newContext({ viewport: sizes.desk, ...options })).newPage();
    await page.goto(`${server.url}${path}`);
    return page;
  }

  const background = (page: Page): Promise<string> =>
    page.evaluate<string>("getComputedStyle(document.querySelector('.site-header')).backgroundColor");

  it.each(pages)('$path has the one header, with every link of the list and itself marked', async ({ path, name }) => {
    const page = await open(path);
    const links = await page.locator('.site-header nav a').all();
    const paths = await Promise.all(links.map((link) => link.getAttribute('href')));
    expect(paths).toEqual(siteLinks.map((link) => link.path));
    expect(await page.locator('.site-header [aria-current=page]').innerText()).toBe(name.en);
    await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
    await page.context().close();
  });

  it.each(siteLinks)('$path is served', async ({ path }) => {
    expect((await fetch(`${server.url}${path}`)).status).toBe(200);
  });

  describe.each(Object.entries(sizes))('at the size of a %s', (_size, viewport) => {
    it.each(pages)('$path fits, in light and dark, and the browser complains of nothing', async ({ path }) => {
      // A page with an icon of its own: for others the browser asks for one, in its own time.
      const page = await open('/docs', { viewport });
      const complaints = complaintsOf(page, server.url);
      const colours = new Set<string>();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.goto(`${server.url}${path}`);
        await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
        colours.add(await background(page));
      }
      expect(colours.size).toBe(2);
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  });

  describe.each(['light', 'dark'] as const)('axe finds no fault but minor ones, %s', (colorScheme) => {
    it.each(['/docs', '/docs/rest', '/nowhere'])('in %s', async (path) => {
      const page = await open(path, { colorScheme });
      await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
      // The viewer of REST chooses the levels of its headings itself.
      const except = path === '/docs/rest' ? ['heading-order'] : [];
      expect(await faultsOf(page, ...except)).toEqual([]);
      await page.context().close();
    });
  });

  it('show the theme that was chosen on the chat page', async () => {
    const page = await open('/docs', { colorScheme: 'light' });
    const light = await background(page);
    await page.evaluate(`localStorage.setItem('chatset:preferences', '{"theme":"dark"}')`);
    for (const path of ['/docs', '/docs/rest', '/playground', '/nowhere']) {
      await page.goto(`${server.url}${path}`);
      expect(await background(page)).not.toBe(light);
    }
    await page.context().close();
  });

  it('lead back to the chat from an address that leads nowhere, in the language of the browser', async () => {
    const page = await open('/nowhere', { locale: 'es-ES' });
    await page.getByRole('heading', { name: 'Página no encontrada' }).waitFor();
    await page.getByRole('link', { name: 'Volver al chat' }).click();
    await page.waitForURL(`${server.url}/`);
    await page.context().close();
  });

  it('name each chapter of REST as people do, right above what belongs to it', async () => {
    const page = await open('/docs/rest');
    const chapter = page.getByRole('heading', { name: 'Server', exact: true });
    await chapter.waitFor();
    const first = page.getByRole('heading', { name: 'What runs here' });
    const [above, below] = [await chapter.boundingBox(), await first.boundingBox()];
    expect((below?.y ?? 0) - ((above?.y ?? 0) + (above?.height ?? 0))).toBeLessThan(80);
    await page.context().close();
  });

  it('change their language where there is another one', async () => {
    const page = await open('/docs');
    await page.getByRole('heading', { name: 'Events of Chatset' }).waitFor();
    await page.getByRole('link', { name: 'Español' }).click();
    await page.getByRole('heading', { name: 'Eventos de Chatset' }).waitFor();
    await page.context().close();
  });
});
