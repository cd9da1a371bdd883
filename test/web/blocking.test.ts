import type { Page } from 'playwright-core';
import { UserBlockDocument } from '../../src/generated/operations.js';
import { describeInBrowser } from '../support/browser.js';
import { actOnChat, openChat } from './support/chat-page.js';
import type { Guest } from './support/guest.js';
import { World } from './support/world.js';

describeInBrowser('a block', () => {
  let world: World;
  let ana: Guest;
  let leo: Guest;
  let tabs: readonly [Page, Page];

  const writing = (page: Page) => page.getByRole('textbox', { name: 'Write a message' });

  beforeAll(async () => {
    world = await World.begin();
    ana = await world.register('ana', 'Ana Prado');
    leo = await world.register('leo', 'Leo Marín');
    await ana.chatWith(leo);
    const first = await world.open(ana);
    tabs = [first, await world.openTab(first)];
    for (const tab of tabs) await openChat(tab, 'Leo Marín');
  });
  afterAll(() => world.end());

  it('closes and opens the chat in every tab, though the other person is not there', async () => {
    await actOnChat(tabs[0], /Block/);
    await tabs[0].getByRole('dialog').getByRole('button', { name: /Block/ }).click();
    for (const tab of tabs) {
      await tab.getByText('You blocked Leo Marín.').waitFor();
      expect(await writing(tab).count()).toBe(0);
    }
    await tabs[1].getByRole('button', { name: 'Unblock' }).click();
    for (const tab of tabs) await writing(tab).waitFor();
  });

  it('made on another device shows when the other person is there', async () => {
    const leosPage = await world.open(leo);
    await tabs[0].locator('.chat-head').getByText('Online').waitFor();
    await ana.client.request(UserBlockDocument, { input: { userId: leo.id } });
    for (const tab of tabs) await tab.getByText('You blocked Leo Marín.').waitFor();
    await leosPage.close();
    expect(world.complaints).toEqual([]);
  });
});
