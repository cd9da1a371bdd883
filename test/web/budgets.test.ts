import { gzipSync } from 'node:zlib';
import { describeInBrowser } from '../support/browser.js';
import { messageWith } from './support/chat-page.js';
import { playScene } from './support/scene.js';
import { World } from './support/world.js';

/** Bytes of JavaScript, gzipped. */
const most = 250_000;
/** Until the first conversation is visible, in milliseconds. */
const soon = 1_000;
/** A busy machine delays some loads, but hardly that many in a row. */
const tries = 20;

describeInBrowser('the budgets', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.begin();
  });
  afterAll(() => world.end());

  it('hold: little JavaScript, and everything from the server itself', async () => {
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
    await page.reload();
    await messageWith(page, 'coffee').waitFor();
    const sizes = (await Promise.all(scripts.values())).map((script) => gzipSync(script).length);
    const size = sizes.reduce((sum, one) => sum + one, 0);
    console.info(`JavaScript: ${Math.round(size / 1000)} kB gzipped.`);
    expect(size).toBeGreaterThan(0);
    expect(size).toBeLessThan(most);
    expect(foreign).toEqual([]);
  });

  it('hold: the first conversation is visible at once', async () => {
    const [eva, nora] = [await world.register('eva'), await world.register('nora')];
    await nora.say(await eva.chatWith(nora), 'here at once');
    const page = await world.open(eva);
    const plain = await world.open(eva);
    await page.goto(`${world.url}/#/chats/${await eva.chatWith(nora)}`);
    await plain.goto(`${world.url}/nowhere`);
    const loads: number[] = [];
    const plainLoads: number[] = [];
    while (loads.length < tries && !loads.some((ms) => ms <= soon)) {
      plainLoads.push(await timeOf(() => plain.reload()));
      loads.push(await timeOf(() => page.reload().then(() => messageWith(page, 'here at once').waitFor())));
    }
    const [shownAfter, plainAfter] = [Math.min(...loads), Math.min(...plainLoads)];
    const told = `First conversation visible after ${shownAfter} ms; a page that says one sentence after ${plainAfter} ms.`;
    console.info(told);
    expect({ told, isSoon: shownAfter <= soon }).toEqual({ told, isSoon: true });
  });

  it.each(['/', '/index', '/login'])('the page is served at %s', async (path) => {
    const response = await fetch(`${world.url}${path}`);
    expect(response.headers.get('content-type')).toMatch(/html/);
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
  });
});

/** How long something takes, in milliseconds. */
async function timeOf(action: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await action();
  return Math.round(performance.now() - began);
}
