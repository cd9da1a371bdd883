import type { Page } from 'playwright-core';
import {
  ConversationRemoveDocument,
  ConversationSpamClearDocument,
  ConversationSpamDocument,
} from '../../src/generated/operations.js';
import { describeInBrowser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { actOnChat, expectTexts, meanwhile, openChat, rowOf, settled, write } from './support/chat-page.js';
import type { Guest } from './support/guest.js';
import { World } from './support/world.js';

describeInBrowser('a conversation that is removed from the list', () => {
  let world: World;
  let ana: Guest;
  let leo: Guest;
  let chat: string;
  let tabs: readonly [Page, Page];

  const expectOnlyMia = async (page: Page): Promise<void> => {
    await settled(page);
    await rowOf(page, 'Mia Okafor').waitFor();
    await eventually(async () => expect(await page.locator('.row-title').allTextContents()).toEqual(['Mia Okafor']));
  };

  beforeAll(async () => {
    world = await World.begin();
    ana = await world.register('ana', 'Ana Prado');
    leo = await world.register('leo', 'Leo Marín');
    const mia = await world.register('mia', 'Mia Okafor');
    chat = await ana.chatWith(leo);
    await leo.say(chat, 'long ago');
    await mia.say(await mia.chatWith(ana), 'hello');
    const first = await world.open(ana);
    tabs = [first, await world.openTab(first)];
  });
  afterAll(() => world.end());

  it('leaves the list of every tab, and stays away after a reload', async () => {
    const [here, there] = tabs;
    await openChat(here, 'Leo Marín');
    await expectTexts(here, ['long ago']);
    await actOnChat(here, 'Remove from list');
    await here.getByRole('dialog').getByRole('button', { name: 'Remove from list' }).click();
    await here.getByText('Pick a conversation').waitFor();
    for (const tab of tabs) await expectOnlyMia(tab);
    await leo.client.request(ConversationRemoveDocument, { input: { conversationId: chat } });
    await there.reload();
    await expectOnlyMia(there);
  });

  it('can be looked at by its address, and does not come into the list by that', async () => {
    const [here] = tabs;
    await here.goto(`${world.url}/#/chats/${chat}`);
    await here.reload();
    await here.locator('#chat-title', { hasText: 'Leo Marín' }).waitFor();
    await here.getByText('Say the first word').waitFor();
    await expectOnlyMia(here);
  });

  it('comes back with the next message, and its past does not', async () => {
    const [here, there] = tabs;
    await leo.say(chat, 'are you there?');
    for (const tab of tabs) await rowOf(tab, 'Leo Marín').getByText('are you there?').waitFor();
    await expectTexts(here, ['are you there?']);
    await openChat(there, 'Leo Marín');
    await write(there, 'I am');
    await expectTexts(here, ['are you there?', 'I am']);
    await expectTexts(there, ['are you there?', 'I am']);
    expect(world.complaints).toEqual([]);
  });

  it('is in the spam folder of a page that was without a connection when it was marked', async () => {
    const away = await world.open(ana);
    await away.getByRole('link', { name: 'Spam' }).click();
    await away.getByText('No spam').waitFor();
    await meanwhile(away, () => ana.client.request(ConversationSpamDocument, { input: { conversationId: chat } }));
    await rowOf(away, 'Leo Marín').waitFor();
    await meanwhile(away, () => ana.client.request(ConversationSpamClearDocument, { input: { conversationId: chat } }));
    await away.getByText('No spam').waitFor();
    await away.getByRole('link', { name: 'Chats' }).click();
    await rowOf(away, 'Leo Marín').waitFor();
  });

  it('leaves a page that was without a connection meanwhile', async () => {
    const away = await world.open(ana);
    await rowOf(away, 'Leo Marín').waitFor();
    await meanwhile(away, () => ana.client.request(ConversationRemoveDocument, { input: { conversationId: chat } }));
    await expectOnlyMia(away);
  });
});
