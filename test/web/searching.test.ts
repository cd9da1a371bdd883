import type { Page } from 'playwright-core';
import { ConversationRemoveDocument } from '../../src/generated/operations.js';
import { describeInBrowser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import type { Guest } from './support/guest.js';
import { World } from './support/world.js';

describeInBrowser('what a search finds', () => {
  let world: World;
  let ana: Guest;
  let leo: Guest;
  let groups: string[];
  let page: Page;

  beforeAll(async () => {
    world = await World.begin();
    ana = await world.register('ana', 'Ana Prado');
    leo = await world.register('leo', 'Leo Marín');
    groups = await Promise.all(Array.from({ length: 21 }, (_nothing, at) => ana.groupWith(`Walk ${at}.`, leo)));
    page = await world.open(ana);
    await page.locator('.row').first().waitFor();
    await page.getByRole('searchbox', { name: 'Search people and chats' }).fill('walk');
  });
  afterAll(() => world.end());

  const found = () => page.locator('.results .row');

  it('is all of it, page by page', async () => {
    await eventually(async () => expect(await found().count()).toBe(20));
    await page.getByRole('button', { name: 'More chats' }).click();
    await eventually(async () => expect(await found().count()).toBe(21));
    expect(await page.getByRole('button', { name: 'More chats' }).count()).toBe(0);
  });

  it('shows what happens there meanwhile', async () => {
    await leo.say(groups[3]!, 'who comes along?');
    await page.locator('.results').getByText('Leo Marín: who comes along?').waitFor();
    expect(await found().locator('.badge').count()).toBe(1);
    await ana.client.request(ConversationRemoveDocument, { input: { conversationId: groups[3]! } });
    await eventually(async () => expect(await found().count()).toBe(20));
    expect(world.complaints).toEqual([]);
  });
});
