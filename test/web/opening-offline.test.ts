import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { describeInBrowser } from '../support/browser.js';
import { expectInSight, messageWith, openChat, rowOf, textsOf, write } from './support/chat-page.js';
import type { Guest } from './support/guest.js';
import { World } from './support/world.js';

describeInBrowser('a chat that is opened without a connection', () => {
  let world: World;
  let leo: Guest;
  let page: Page;

  beforeAll(async () => {
    world = await World.begin();
    const ana = await world.register('ana', 'Ana Prado');
    leo = await world.register('leo', 'Leo Marín');
    await leo.say(await leo.chatWith(ana), 'said before');
    leo.client.connect();
    page = await world.open(ana);
    await rowOf(page, 'Leo Marín').locator('[data-presence="ONLINE"]').waitFor();
    await page.context().setOffline(true);
    await page.getByText(/No connection\. What you write/).waitFor();
    await openChat(page, 'Leo Marín');
  });
  afterAll(async () => {
    await leo.client.close();
    await world.end();
  });

  it('says quietly that its messages are still to come', async () => {
    await page.locator('.chat-main').getByText('Not loaded yet').waitFor();
    expect(await page.getByText('Something went wrong').count()).toBe(0);
  });

  it('does not say that the other person is there', async () => {
    expect(await page.locator('.chat-head').getByText('Online').count()).toBe(0);
    expect(await page.locator('[data-presence="ONLINE"]').count()).toBe(0);
  });

  it('shows what is written with its clock', async () => {
    await write(page, 'written in the dark');
    await expectInSight(page, 'written in the dark');
    await messageWith(page, 'written in the dark').getByRole('img', { name: 'Waiting to be sent' }).waitFor();
    await page.locator('.line-gap').waitFor();
  });

  it('loads by itself when the line is back', async () => {
    await page.context().setOffline(false);
    await messageWith(page, 'written in the dark')
      .getByRole('img', { name: /Sent|Delivered|Read/ })
      .waitFor();
    await eventually(async () => expect(await textsOf(page)).toEqual(['said before', 'written in the dark']));
    expect(await page.locator('.line-gap').count()).toBe(0);
    await page.locator('.chat-head').getByText('Online').waitFor();
    expect(world.complaints).toEqual([]);
  });
});
