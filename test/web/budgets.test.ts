import { gzipSync } from 'node:zlib';
import { describeInBrowser } from '../support/browser.js';
import { messageWith } from './support/chat-page.js';
import { playScene } from './support/scene.js';
import { World } from './support/world.js';

const most = 250_000;

describeInBrowser('the budgets', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.begin();
  });
  afterAll(() => world.end());

  it('hold: little JavaScript, everything from the server itself, and a conversation at once', async () => {
    const { ana, leo } = await playScene(world);
    const page = await world.open(ana);
    const scripts = new Map<string, Promise<Buffer>>();
    const foreign: string[] = [];
    page.on('response', (response) => {
      const url = response.url();
      if (!url.startsWith(world.url) && !url.startsWith('data:')) foreign.push(url);
      if (response.request().resourceType() === 'script') scripts.set(url, response.body());
    });
    await page.goto(`${world.url}/#/chats/${await ana.chatWith(leo)}`);
    const began = Date.now();
    await page.reload();
    await messageWith(page, 'coffee').waitFor();
    const shownAfter = Date.now() - began;
    const sizes = (await Promise.all(scripts.values())).map((script) => gzipSync(script).length);
    const size = sizes.reduce((sum, one) => sum + one, 0);
    console.info(
      `JavaScript: ${Math.round(size / 1000)} kB gzipped. First conversation visible after ${shownAfter} ms.`,
    );
    expect(size).toBeGreaterThan(0);
    expect(size).toBeLessThan(most);
    expect(shownAfter).toBeLessThan(10_000);
    expect(foreign).toEqual([]);
  });

  it.each(['/', '/index', '/login'])('the page is served at %s', async (path) => {
    const response = await fetch(`${world.url}${path}`);
    expect(response.headers.get('content-type')).toMatch(/html/);
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
  });
});
