import type { Page } from 'playwright-core';
import {
  ConversationSpamDocument,
  ConversationUpdateDocument,
  GroupUserAddDocument,
  UserBlockDocument,
} from '../../src/generated/operations.js';
import { describeInBrowser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { meanwhile, openChat, rowOf } from './support/chat-page.js';
import type { Guest } from './support/guest.js';
import { World } from './support/world.js';

const most = 204;

describeInBrowser('lists that are longer than one page', () => {
  let world: World;
  let ana: Guest;
  let page: Page;
  const many: Guest[] = [];
  const chats: string[] = [];

  /** Scrolls a list until a row is drawn. */
  const scrollTo = async (title: string): Promise<void> => {
    await eventually(async () => {
      await page
        .locator('.rows')
        .evaluate((list) => void ((list as unknown as { scrollTop: number }).scrollTop += 5_000));
      expect(await rowOf(page, title).count()).toBe(1);
    });
  };

  beforeAll(async () => {
    world = await World.begin();
    ana = await world.register('ana', 'Ana Prado');
    const everybody = Array.from({ length: most }, (_nothing, at) => world.register(`person${at}`, `Person ${at}.`));
    many.push(...(await Promise.all(everybody)));
    const groupId = await ana.groupWith('Crowd', many[0]!);
    for (const { id } of many.slice(1))
      await ana.client.request(GroupUserAddDocument, { input: { groupId, userId: id } });
    const input = { conversationId: groupId, title: 'Big crowd' };
    await ana.client.request(ConversationUpdateDocument, { input });
    for (const person of many) {
      const chat = await person.chatWith(ana);
      chats.push(chat);
      await person.say(chat, 'hello');
    }
    page = await world.open(ana);
    await rowOf(page, `Person ${most - 1}.`).waitFor();
  }, 240_000);
  afterAll(() => world.end());

  it('show the conversations that a filter lets through, however far down they are', async () => {
    await page.getByRole('button', { name: 'Groups', exact: true }).click();
    await rowOf(page, 'Big crowd').waitFor();
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await rowOf(page, `Person ${most - 1}.`).waitFor();
    await scrollTo('Big crowd');
  });

  it('tell anew who is there when the line comes back, beyond the first page and before the last', async () => {
    const further = many[50]!;
    await page.locator('.rows').evaluate((list) => {
      const scroller = list as unknown as { scrollTop: number; scrollHeight: number };
      scroller.scrollTop = scroller.scrollHeight * 0.72;
    });
    further.client.connect();
    const sign = rowOf(page, 'Person 50.').locator('[data-presence="ONLINE"]');
    await sign.waitFor();
    await meanwhile(page, async () => expect(await sign.count()).toBe(0));
    await sign.waitFor();
    await further.client.close();
    await sign.waitFor({ state: 'detached' });
  });

  it('say that nothing is there only at the end of the list', async () => {
    const stranger = await world.register('stranger', 'Stranger');
    await stranger.chatWith(many[0]!);
    const other = await world.open(stranger);
    await other.getByRole('button', { name: 'Groups', exact: true }).click();
    await other.getByText('Nothing here').waitFor();
    await other.close();
  });

  it('show all that happened in a group, up to the newest', async () => {
    await scrollTo('Big crowd');
    await openChat(page, 'Big crowd');
    await page.getByText('Ana Prado named the group “Big crowd”').waitFor();
    await page.getByText(`Ana Prado added Person ${most - 1}.`).waitFor();
    await page.getByText(`Ana Prado added Person ${most - 2}.`).waitFor();
  });

  it('offer whom they can, when the first pages have nobody to add', async () => {
    await page.getByRole('button', { name: 'Details' }).click();
    await page.getByRole('button', { name: 'Add people' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Stranger/ })
      .waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  });

  it('show all of the spam folder', async () => {
    for (const conversationId of chats.slice(0, 105)) {
      await ana.client.request(ConversationSpamDocument, { input: { conversationId } });
    }
    await page.goto(`${world.url}/#/spam`);
    await page.reload();
    await rowOf(page, 'Person 104.').waitFor();
    await scrollTo('Person 0.');
  });

  it('show everybody who is blocked', async () => {
    for (const { id } of many) await ana.client.request(UserBlockDocument, { input: { userId: id } });
    await page.goto(`${world.url}/#/settings`);
    await page.reload();
    const blocked = page.locator('.card', { hasText: 'Blocked people' }).locator('.person');
    await eventually(async () => expect(await blocked.count()).toBe(most));
    expect(world.complaints).toEqual([]);
  });
});
