import type { Page } from 'playwright-core';
import { ContactUserAddDocument, UserUnregisterDocument } from '../../src/generated/operations.js';
import { describeInBrowser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { messageWith, openChat, rowOf } from './support/chat-page.js';
import type { Guest } from './support/guest.js';
import { password, World } from './support/world.js';

describeInBrowser('somebody who unregisters while others look', () => {
  let world: World;
  let mia: Guest;
  let tabs: readonly [Page, Page];

  beforeAll(async () => {
    world = await World.begin();
    const ana = await world.register('ana', 'Ana Prado');
    mia = await world.register('mia', 'Mia Okafor');
    const group = await ana.groupWith('Harbour walk', mia);
    const said = await mia.say(group, 'Count me in');
    await ana.answer(said.id, 'Good');
    const chat = await ana.chatWith(mia);
    await mia.say(chat, 'See you there');
    await ana.client.request(ContactUserAddDocument, { input: { userId: mia.id, alias: 'My Mia' } });
    const first = await world.open(ana);
    tabs = [first, await world.openTab(first)];
    await openChat(tabs[0], 'My Mia');
    await tabs[0].getByRole('button', { name: 'Details' }).click();
    await tabs[0].getByRole('button', { name: 'Remove from contacts' }).waitFor();
    await openChat(tabs[1], 'Harbour walk');
    await messageWith(tabs[1], 'Count me in').waitFor();
    await mia.say(group, 'On my way');
    await tabs[1].locator('[aria-live]', { hasText: 'My Mia: On my way' }).waitFor({ state: 'attached' });
  });
  afterAll(() => world.end());

  it('is a deleted account at once: nothing can be done with it, and nobody writes into the void', async () => {
    const [direct] = tabs;
    await mia.client.request(UserUnregisterDocument, { input: { password } });
    await direct.locator('#chat-title', { hasText: 'Deleted account' }).waitFor();
    await direct.getByText('This account was deleted').waitFor();
    expect(await direct.getByRole('textbox', { name: 'Write a message' }).count()).toBe(0);
    expect(await direct.locator('.details').getByText('@mia').count()).toBe(0);
    expect(
      await direct
        .locator('.chat')
        .getByText(/Online|Offline|Away/)
        .count(),
    ).toBe(0);
    expect(await direct.getByRole('button', { name: /Block|contacts/ }).count()).toBe(0);
    await messageWith(direct, 'See you there').waitFor();
    await rowOf(direct, 'Deleted account').waitFor();
  });

  it('has no name beside what it said, in quotes and in lists', async () => {
    const [, group] = tabs;
    await group.getByText('Deleted account left').waitFor();
    await messageWith(group, 'Count me in').locator('.message-from', { hasText: 'Deleted account' }).waitFor();
    await messageWith(group, 'Good').locator('.quote-name', { hasText: 'Deleted account' }).waitFor();
    await eventually(async () => expect(await group.getByText(/Mia/).count()).toBe(0));
    await group.getByRole('link', { name: 'People' }).click();
    await group.getByText('No contacts yet').waitFor();
    expect(world.complaints).toEqual([]);
  });
});
