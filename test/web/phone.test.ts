import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser.js';
import { messageWith, openChat, rowOf, settled, write } from './support/chat-page.js';
import { playScene } from './support/scene.js';
import { World } from './support/world.js';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describeInBrowser('a phone', () => {
  let world: World;
  let page: Page;

  beforeAll(async () => {
    world = await World.begin();
    const { ana } = await playScene(world);
    page = await world.open(ana, phone);
    await rowOf(page, 'Harbour walk').waitFor();
  });
  afterAll(() => world.end());

  it('shows the list or the conversation, and goes back', async () => {
    expect(await page.locator('.main').isVisible()).toBe(false);
    await openChat(page, 'Harbour walk');
    expect(await page.locator('.sidebar').isVisible()).toBe(false);
    await page.locator('.chat-head').getByRole('button', { name: 'Back' }).click();
    await rowOf(page, 'Leo Marín').waitFor();
    await openChat(page, 'Leo Marín');
    await page.goBack();
    await rowOf(page, 'Leo Marín').waitFor();
  });

  it('offers the actions of a message at a touch', async () => {
    await openChat(page, 'Leo Marín');
    await write(page, 'from my phone');
    await messageWith(page, 'from my phone')
      .getByRole('img', { name: /Sent|Delivered/ })
      .waitFor();
    await messageWith(page, 'from my phone').tap();
    await messageWith(page, 'from my phone').getByRole('button', { name: 'Reply' }).tap();
    await page.getByText('Replying to Ana Prado').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).tap();
  });

  const focused = "document.activeElement?.getAttribute('aria-label')";

  it('leaves a message as it was when a window about it is closed', async () => {
    const message = messageWith(page, 'from my phone');
    const more = message.getByRole('button', { name: 'More actions' });
    await message.tap();
    for (const leave of [
      () => page.keyboard.press('Escape'),
      () => page.getByRole('button', { name: 'Close' }).tap(),
    ]) {
      await more.tap();
      await page.getByRole('menuitem', { name: 'Read by and reactions' }).tap();
      await page.getByRole('dialog').waitFor();
      await leave();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await more.isVisible()).toBe(true);
      expect(await page.evaluate(focused)).toBe('More actions');
    }
  });

  it('is never wider than its screen', async () => {
    await write(page, `${'long'.repeat(80)} https://example.org/${'path/'.repeat(40)}`);
    await messageWith(page, 'longlong').waitFor();
    for (const hash of ['#/', '#/people', '#/spam', '#/settings', '#/reports']) {
      await expectFits();
      await page.evaluate(`location.hash = '${hash}'`);
      await settled(page);
    }
    await expectFits();
    expect(world.complaints).toEqual([]);
  });

  async function expectFits(): Promise<void> {
    const tooWide = await page.evaluate<string[]>(`
      [...document.querySelectorAll('body *')]
        .filter((element) => element.checkVisibility() && !element.closest('.visually-hidden, .skip'))
        .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
        .map((element) => element.className)
    `);
    expect(tooWide).toEqual([]);
  }
});
