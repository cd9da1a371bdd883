import type { Page } from 'playwright-core';
import { GroupUserAddDocument, GroupUserRemoveDocument } from '../../src/generated/operations.js';
import { describeInBrowser } from '../support/browser.js';
import { expectTexts, messageWith, openChat, write } from './support/chat-page.js';
import type { Guest } from './support/guest.js';
import { World } from './support/world.js';

describeInBrowser('somebody who is removed from a group and added again while looking', () => {
  let world: World;
  let ana: Guest;
  let page: Page;
  let input: { readonly groupId: string; readonly userId: string };

  beforeAll(async () => {
    world = await World.begin();
    ana = await world.register('ana', 'Ana Prado');
    const leo = await world.register('leo', 'Leo Marín');
    input = { groupId: await ana.groupWith('Harbour walk', leo), userId: leo.id };
    await ana.say(input.groupId, 'before');
    page = await world.open(leo);
    await openChat(page, 'Harbour walk');
    await expectTexts(page, ['before']);
  });
  afterAll(() => world.end());

  it('begins anew, as the next page load would', async () => {
    await ana.client.request(GroupUserRemoveDocument, { input });
    await page.getByText(/You are no longer in/).waitFor();
    await ana.say(input.groupId, 'in between');
    await ana.client.request(GroupUserAddDocument, { input });
    await ana.say(input.groupId, 'welcome back');
    await expectTexts(page, ['welcome back']);
    await messageWith(page, 'welcome back').hover();
    await messageWith(page, 'welcome back').getByRole('button', { name: 'Reply' }).click();
    await write(page, 'good to be here');
    await messageWith(page, 'good to be here').locator('.receipt').waitFor();
    await page.getByRole('button', { name: 'Details' }).click();
    await page.locator('.details .person', { hasText: 'Ana Prado' }).waitFor();
    await page.reload();
    await expectTexts(page, ['welcome back', 'good to be here']);
    expect(world.complaints).toEqual([]);
  });
});
