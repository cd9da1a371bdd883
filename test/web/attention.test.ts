import type { Page } from 'playwright-core';
import {
  ContactUserAddDocument,
  ConversationMuteDocument,
  UserUnregisterDocument,
} from '../../src/generated/operations.js';
import { eventually } from '../support/eventually.js';
import { describeInBrowser } from '../support/browser.js';
import { messageWith, openChat, rowOf, write } from './support/chat-page.js';
import type { Guest } from './support/guest.js';
import { password, World } from './support/world.js';

const phone = { viewport: { width: 390, height: 844 } };

describeInBrowser('what a page calls people and how it asks for attention', () => {
  let world: World;
  let ana: Guest;
  let leo: Guest;
  let mia: Guest;
  let page: Page;
  const chats: Record<'leo' | 'mia' | 'group', string> = { leo: '', mia: '', group: '' };

  beforeAll(async () => {
    world = await World.begin();
    [ana, leo] = [await world.register('ana', 'Ana Prado'), await world.register('leo', 'Leo Marín')];
    mia = await world.register('mia', 'Mia Okafor');
    chats.leo = await leo.chatWith(ana);
    chats.mia = await mia.chatWith(ana);
    chats.group = await ana.groupWith('Sunday walk', leo, mia);
    await leo.say(chats.leo, 'Hello');
    await ana.client.request(ContactUserAddDocument, { input: { userId: leo.id, alias: 'Cousin Leo' } });
    page = await world.open(ana);
  });
  afterAll(() => world.end());

  it("uses one's own name for a contact wherever the person shows", async () => {
    await openChat(page, 'Cousin Leo');
    await page.getByRole('searchbox', { name: 'Search people and chats' }).fill('cousin');
    await page.getByRole('button', { name: /Cousin Leo/ }).waitFor();
    await page.getByRole('searchbox', { name: 'Search people and chats' }).fill('');
    await leo.say(chats.group, 'I bring the map');
    await rowOf(page, 'Sunday walk').getByText('Cousin Leo: I bring the map').waitFor();
    await openChat(page, 'Sunday walk');
    await page.locator('.message-from', { hasText: 'Cousin Leo' }).waitFor();
    await page.getByRole('button', { name: 'Details' }).click();
    await page.locator('.details .person', { hasText: 'Cousin Leo' }).waitFor();
    expect(await page.getByText('Leo Marín').count()).toBe(0);
  });

  it('lists a contact once among the people', async () => {
    await page.getByRole('link', { name: 'People' }).click();
    await page.locator('.pane .person', { hasText: 'Mia Okafor' }).waitFor();
    expect(await page.locator('.pane .person', { hasText: 'Cousin Leo' }).count()).toBe(1);
  });

  it('counts in its title what is unread, without what is muted', async () => {
    await eventually(async () => expect(await page.title()).toBe('Chatset'));
    await mia.say(chats.mia, 'one');
    await mia.say(chats.mia, 'two');
    await eventually(async () => expect(await page.title()).toBe('(2) Chatset'));
    expect(await page.locator('link[rel="icon"]').getAttribute('href')).toContain('circle');
    await ana.client.request(ConversationMuteDocument, { input: { conversationId: chats.mia, muted: true } });
    await eventually(async () => expect(await page.title()).toBe('Chatset'));
    expect(await page.locator('link[rel="icon"]').getAttribute('href')).not.toContain('circle');
    await ana.client.request(ConversationMuteDocument, { input: { conversationId: chats.mia, muted: false } });
  });

  it('says on a phone beside the way back what is unread elsewhere', async () => {
    const small = await world.open(ana, phone);
    await openChat(small, 'Cousin Leo');
    await small.getByRole('button', { name: 'Back: 2 unread messages elsewhere' }).waitFor();
  });

  it('notifies only who asked for it, does not look, and has not muted', async () => {
    await page.context().grantPermissions(['notifications']);
    await page.evaluate(`
      window.told = [];
      window.Notification = class {
        static permission = 'granted';
        static requestPermission = async () => 'granted';
        constructor(title, { body }) { window.told.push(title + ': ' + body); }
        close() {}
      };
    `);
    const told = () => page.evaluate<string[]>('window.told');
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('group', { name: 'Notifications' }).getByRole('button', { name: 'On' }).click();
    await page.locator('[aria-label="Notifications"] [aria-pressed="true"]', { hasText: 'On' }).waitFor();
    await leo.say(chats.leo, 'seen by who looks');
    await rowOf(page, 'Cousin Leo').getByText('seen by who looks').waitFor();
    await page.evaluate('Object.defineProperty(document, "visibilityState", { get: () => "hidden" })');
    await ana.client.request(ConversationMuteDocument, { input: { conversationId: chats.mia, muted: true } });
    await rowOf(page, 'Mia Okafor').getByText('Muted').waitFor();
    await mia.say(chats.mia, 'muted');
    await rowOf(page, 'Mia Okafor').getByText('muted', { exact: true }).waitFor();
    await leo.say(chats.leo, 'for who looks away');
    await eventually(async () => expect(await told()).toEqual(['Cousin Leo: for who looks away']));
  });

  it('calls somebody who has gone a deleted account, in both languages, and takes no messages', async () => {
    await mia.client.request(UserUnregisterDocument, { input: { password } });
    await page.reload();
    await openChat(page, 'Deleted account');
    await page.getByText('This account was deleted').waitFor();
    expect(await page.getByText(/removed-/).count()).toBe(0);
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Español' }).click();
    await rowOf(page, 'Cuenta eliminada').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
  });

  it('leaves nothing that was written in the browser after the log-out', async () => {
    await openChat(page, 'Cousin Leo');
    await write(page, 'sent');
    await messageWith(page, 'sent')
      .getByRole('img', { name: /Sent|Delivered|Read/ })
      .waitFor();
    await page.getByRole('textbox', { name: 'Write a message' }).fill('my secret draft');
    await rowOf(page, 'Cousin Leo').getByText('Draft: my secret draft').waitFor();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByText('Welcome back').waitFor();
    await eventually(async () =>
      expect(await page.evaluate<string>('JSON.stringify({ ...localStorage })')).not.toMatch(/secret|outbox/),
    );
    expect(world.complaints).toEqual([]);
  });
});
