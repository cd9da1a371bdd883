import type { Page } from 'playwright-core';
import { UserUpdateDocument } from '../../src/generated/operations.js';
import { describeInBrowser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { messageWith, openChat, rowOf } from './support/chat-page.js';
import type { Guest } from './support/guest.js';
import { World } from './support/world.js';

const dot =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describeInBrowser('people on an open page', () => {
  let world: World;
  let leo: Guest;
  let pages: { ana: Page; leo: Page };

  beforeAll(async () => {
    world = await World.begin();
    const ana = await world.register('ana', 'Ana Prado');
    leo = await world.register('leo', 'Leo Marín');
    await ana.chatWith(leo);
    const group = await ana.groupWith('Harbour walk', leo);
    await leo.say(group, 'Count me in');
    pages = { ana: await world.open(ana), leo: await world.open(leo) };
  });
  afterAll(() => world.end());

  it('have their new name everywhere at once', async () => {
    const { ana } = pages;
    await openChat(ana, 'Harbour walk');
    await ana.getByRole('button', { name: 'Details' }).click();
    await ana.locator('.details .person', { hasText: 'Leo Marín' }).waitFor();
    await pages.leo.getByRole('link', { name: 'Settings' }).click();
    await pages.leo.getByLabel('Name').fill('Leonardo M.');
    await pages.leo.getByRole('button', { name: 'Save' }).click();
    await ana.locator('.details .person', { hasText: 'Leonardo M.' }).waitFor();
    await messageWith(ana, 'Count me in').locator('.message-from', { hasText: 'Leonardo M.' }).waitFor();
    await rowOf(ana, 'Leonardo M.').waitFor();
    await pages.leo.locator('.me-name', { hasText: 'Leonardo M.' }).waitFor();
    expect(await ana.getByText('Leo Marín').count()).toBe(0);
  });

  it('have their new picture beside their messages, in lists and in the head', async () => {
    const { ana } = pages;
    await leo.client.request(UserUpdateDocument, { input: { profileImage: dot } });
    for (const place of ['.message-avatar', '.details .person', '.row']) {
      await eventually(async () =>
        expect(await ana.locator(`${place} .avatar img`).first().getAttribute('src')).toBe(dot),
      );
    }
    await openChat(ana, 'Leonardo M.');
    await ana.locator('.chat-head .avatar img').waitFor();
    await leo.client.request(UserUpdateDocument, { input: { profileImage: null } });
    await ana.locator('.chat-head .avatar img').waitFor({ state: 'detached' });
  });

  it('come with their picture when they are added while one looks', async () => {
    const mia = await world.register('mia', 'Mia Okafor');
    await mia.client.request(UserUpdateDocument, { input: { profileImage: dot } });
    await openChat(pages.ana, 'Harbour walk');
    await pages.ana.getByRole('button', { name: 'Details' }).click();
    await pages.ana.getByRole('button', { name: 'Add people' }).click();
    await pages.leo.getByRole('link', { name: 'Chats' }).click();
    await openChat(pages.leo, 'Harbour walk');
    await pages.ana
      .getByRole('dialog')
      .getByRole('button', { name: /Mia Okafor/ })
      .click();
    await pages.ana.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
    await pages.leo.getByText('added Mia Okafor').waitFor();
    await pages.leo.getByRole('button', { name: 'Details' }).click();
    await pages.leo.locator('.details .person', { hasText: 'Mia Okafor' }).locator('img').waitFor();
    expect(world.complaints).toEqual([]);
  });
});
