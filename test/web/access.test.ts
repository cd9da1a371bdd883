import type { Page } from 'playwright-core';
import { faultsOf } from './support/axe.js';
import { describeInBrowser } from '../support/browser.js';
import { messageWith, openChat, rowOf, settled } from './support/chat-page.js';
import { playScene } from './support/scene.js';
import { World } from './support/world.js';

describeInBrowser('people who use no mouse, or do not see the page', () => {
  let world: World;
  let page: Page;
  const go = (name: string) => page.locator('.sidebar-foot').getByRole('link', { name, exact: true }).click();

  beforeAll(async () => {
    world = await World.begin();
    const { ana } = await playScene(world);
    page = await world.open(ana);
    await rowOf(page, 'Harbour walk').waitFor();
  });
  afterAll(() => world.end());

  describe.each(['light', 'dark'] as const)('axe finds no fault but minor ones, %s', (colorScheme) => {
    beforeAll(() => page.emulateMedia({ colorScheme }));

    it('in the entrance', async () => {
      const stranger = await world.open(undefined, { colorScheme });
      await stranger.getByRole('button', { name: /No account yet/ }).click();
      expect(await faultsOf(stranger)).toEqual([]);
      for (const button of await stranger.getByRole('button').all()) {
        await button.hover();
        expect(await faultsOf(stranger)).toEqual([]);
      }
    });

    it('in a chat, with its menus', async () => {
      await openChat(page, 'Leo Marín');
      await messageWith(page, 'coffee').waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await messageWith(page, 'coffee').hover();
      await messageWith(page, 'coffee').getByRole('button', { name: 'More actions' }).click();
      expect(await faultsOf(page)).toEqual([]);
      await page.keyboard.press('Escape');
    });

    it('in a group with its details', async () => {
      await openChat(page, 'Harbour walk');
      await page.getByRole('button', { name: 'Details' }).click();
      await page.locator('.details .person').first().waitFor();
      expect(await faultsOf(page)).toEqual([]);
    });

    it.each(['Chats', 'People', 'Spam', 'Settings'])('in %s', async (place) => {
      await go(place);
      await settled(page);
      expect(await faultsOf(page)).toEqual([]);
    });

    it('in a search', async () => {
      const field = page.getByRole('searchbox', { name: 'Search people and chats' });
      await field.fill('leo');
      await page.locator('.results .row').first().waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await field.fill('');
    });

    it.each(['Chats', 'People', 'Spam', 'Settings'])('on a phone, in %s', async (place) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await go(place);
      await settled(page);
      expect(await faultsOf(page)).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 800 });
    });

    it('in a dialog', async () => {
      await page.getByRole('button', { name: 'New conversation' }).first().click();
      await page.getByRole('dialog').getByRole('button', { name: /Leo/ }).waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    });
  });

  it('hear of each message who said it, what and when', async () => {
    await go('Chats');
    await openChat(page, 'Leo Marín');
    await page.getByRole('article', { name: /^Leo Marín And\? \d+:\d\d/ }).waitFor();
    await page.getByRole('article', { name: /^Ana Prado It did\. One second.* (Sent|Delivered|Read)/ }).waitFor();
  });

  it('chat with the keyboard alone', async () => {
    await go('Chats');
    await rowOf(page, 'Leo Marín').focus();
    await page.keyboard.press('Enter');
    await page.locator('#chat-title', { hasText: 'Leo Marín' }).waitFor();
    await page.keyboard.type('typed, not clicked');
    await page.keyboard.press('Enter');
    await messageWith(page, 'typed, not clicked')
      .getByRole('img', { name: /Sent|Delivered|Read/ })
      .waitFor();
    await page.keyboard.press('ArrowUp');
    await page.getByText('Editing your message').waitFor();
    await page.keyboard.press('Escape');
    await messageWith(page, 'coffee').focus();
    // Its quote comes first, then its actions.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await messageWith(page, 'coffee').getByRole('button', { name: '❤️, 1 person' }).waitFor();
    await messageWith(page, 'coffee').focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate<string>('document.activeElement.textContent')).toContain('typed, not clicked');
    expect(world.complaints).toEqual([]);
  });
});
