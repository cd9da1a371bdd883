import type { Page } from 'playwright-core';
import { SessionRevokeDocument } from '../../src/generated/operations.js';
import { describeInBrowser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { openChat } from './support/chat-page.js';
import { password, World } from './support/world.js';

describeInBrowser('a session that is ended elsewhere', () => {
  let world: World;
  let page: Page;
  let chat: string;

  const logIn = async (username: string): Promise<void> => {
    await page.getByLabel('Username').fill(username);
    await page.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');
  };

  beforeAll(async () => {
    world = await World.begin();
    const ana = await world.register('ana', 'Ana Prado');
    const leo = await world.register('leo', 'Leo Marín');
    chat = await ana.chatWith(leo);
    page = await world.open();
    await logIn('ana');
    await openChat(page, 'Leo Marín');
    await page.getByRole('textbox', { name: 'Write a message' }).fill('between us');
    await ana.client.request(SessionRevokeDocument, { input: { all: true } });
  });
  afterAll(() => world.end());

  it('says so, and leaves nothing of the person in the browser or its address', async () => {
    await page.getByText(/Your session here has ended/).waitFor();
    expect(new URL(page.url()).hash).toBe('#/chats');
    await eventually(async () => {
      const kept = await page.evaluate<string[]>('Object.keys(localStorage)');
      expect(kept.filter((key) => key !== 'chatset:preferences')).toEqual([]);
    });
  });

  it('is followed by one that begins at the list, and has no old word about it', async () => {
    await logIn('ana');
    await page.getByText('Pick a conversation').waitFor();
    expect(await page.getByText('Draft:').count()).toBe(0);
  });

  it('is not what a link to a chat leads to: it is kept through the log-in', async () => {
    await page.context().clearCookies();
    await page.goto(`${world.url}/#/chats/${chat}`);
    await page.reload();
    await page.getByText('Welcome back').waitFor();
    expect(await page.getByText(/Your session here has ended/).count()).toBe(0);
    await logIn('ana');
    await page.locator('#chat-title', { hasText: 'Leo Marín' }).waitFor();
    expect(world.complaints).toEqual([]);
  });
});
