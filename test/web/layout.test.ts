import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser.js';
import { openChat, rowOf } from './support/chat-page.js';
import { playScene } from './support/scene.js';
import { World } from './support/world.js';

describeInBrowser('the arrangement of the page', () => {
  let world: World;
  let page: Page;

  beforeAll(async () => {
    world = await World.begin();
    const { ana } = await playScene(world);
    page = await world.open(ana);
    await rowOf(page, 'Harbour walk').waitFor();
  });
  afterAll(() => world.end());

  it('shows the members of a small group without scrolling', async () => {
    await openChat(page, 'Harbour walk');
    await page.getByRole('button', { name: 'Details' }).click();
    await page.locator('.details .person').nth(3).waitFor();
    for (const member of await page.locator('.details .person').all()) {
      const { y = 0, height = 0 } = (await member.boundingBox()) ?? {};
      expect(y + height).toBeLessThan(740);
    }
  });
});
