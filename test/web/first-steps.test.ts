import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser.js';
import { rowOf } from './support/chat-page.js';
import { World } from './support/world.js';

describeInBrowser('somebody who is new', () => {
  let world: World;
  let page: Page;
  beforeAll(async () => {
    world = await World.begin();
    page = await world.open(await world.register('ana', 'Ana Prado'));
  });
  afterAll(() => world.end());

  it('is greeted, and told that nobody else is here yet', async () => {
    await page.getByText('No conversations yet').waitFor();
    await page.getByRole('heading', { name: 'Welcome, Ana Prado' }).waitFor();
    expect(await page.getByText('Pick a conversation').count()).toBe(0);
    await page.getByRole('button', { name: 'New conversation' }).first().click();
    await page.getByRole('dialog').getByText('Nobody else is here yet').waitFor();
    await page.keyboard.press('Escape');
  });

  it('is greeted no more once there is somebody to talk to', async () => {
    const leo = await world.register('leo', 'Leo Marín');
    await leo.groupWith('Harbour walk', await world.register('mia', 'Mia Okafor'));
    await page.getByRole('button', { name: 'New conversation' }).first().click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Leo Marín/ })
      .click();
    await page.getByRole('textbox', { name: 'Write a message' }).waitFor();
    await page.getByRole('link', { name: 'Chats' }).click();
    await rowOf(page, 'Leo Marín').waitFor();
    await page.getByRole('heading', { name: 'Pick a conversation' }).waitFor();
    expect(world.complaints).toEqual([]);
  });
});
