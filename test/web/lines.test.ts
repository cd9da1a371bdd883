import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { describeInBrowser } from '../support/browser.js';
import { expectTexts, messageWith, openChat, rowOf, textsOf, write } from './support/chat-page.js';
import { World } from './support/world.js';

describeInBrowser('a line that breaks', () => {
  let world: World;
  let pages: { ana: Page; leo: Page };

  beforeAll(async () => {
    world = await World.begin();
    const [ana, leo] = [await world.register('ana', 'Ana Prado'), await world.register('leo', 'Leo Marín')];
    await ana.chatWith(leo);
    pages = { ana: await world.open(ana), leo: await world.open(leo) };
    await openChat(pages.ana, 'Leo Marín');
    await openChat(pages.leo, 'Ana Prado');
  });
  afterAll(() => world.end());

  it('loses and doubles nothing when the server is killed in the middle of a chat', async () => {
    const said: string[] = [];
    const say = async (page: Page, text: string): Promise<void> => {
      said.push(text);
      await write(page, text);
    };
    await say(pages.ana, 'before the fall');
    await expectTexts(pages.leo, said);
    for (let number = 1; number <= 5; number += 1) await say(pages.ana, `in flight ${number}`);
    await world.killServer();
    await pages.ana.getByText(/No connection\./).waitFor();
    for (let number = 1; number <= 3; number += 1) await say(pages.ana, `while away ${number}`);
    await messageWith(pages.ana, 'while away 3')
      .getByRole('img', { name: /Waiting|Sending/ })
      .waitFor();
    await world.startServer();
    await messageWith(pages.ana, 'while away 3')
      .getByRole('img', { name: /Sent|Delivered|Read/ })
      .waitFor();
    await eventually(async () => expect(await pages.ana.locator('.connection').textContent()).toBe(''));
    await expectTexts(pages.ana, said);
    await expectTexts(pages.leo, said);
  });

  it('keeps what is not sent across a reload while the server is away', async () => {
    const before = await textsOf(pages.ana);
    await world.killServer();
    await pages.ana.getByText(/No connection\./).waitFor();
    await write(pages.ana, 'written in the dark');
    await messageWith(pages.ana, 'written in the dark').waitFor();
    await world.startServer();
    await pages.ana.reload();
    await messageWith(pages.ana, 'written in the dark')
      .getByRole('img', { name: /Sent|Delivered|Read/ })
      .waitFor();
    await pages.leo.locator('.connection:empty').waitFor({ state: 'attached' });
    await expectTexts(pages.leo, [...before, 'written in the dark']);
    await expectTexts(pages.ana, [...before, 'written in the dark']);
  });
});

describeInBrowser('two tabs of one person', () => {
  let world: World;
  let tabs: readonly [Page, Page];
  let chat: string;
  let leo: Awaited<ReturnType<World['register']>>;

  beforeAll(async () => {
    world = await World.begin();
    const ana = await world.register('ana', 'Ana Prado');
    leo = await world.register('leo', 'Leo Marín');
    chat = await ana.chatWith(leo);
    await ana.chatWith(await world.register('mia', 'Mia Okafor'));
    const first = await world.open(ana);
    tabs = [first, await world.openTab(first)];
  });
  afterAll(() => world.end());

  it('show the same messages, each once', async () => {
    await openChat(tabs[0], 'Leo Marín');
    await openChat(tabs[1], 'Leo Marín');
    await write(tabs[0], 'from the first');
    await write(tabs[1], 'from the second');
    for (const tab of tabs) await expectTexts(tab, ['from the first', 'from the second']);
    await leo.say(chat, 'and from Leo');
    for (const tab of tabs) await expectTexts(tab, ['from the first', 'from the second', 'and from Leo']);
  });

  it('agree on what is read', async () => {
    await tabs[0].getByRole('link', { name: 'Settings' }).click();
    await tabs[1].getByRole('link', { name: 'Settings' }).click();
    await leo.say(chat, 'one more');
    for (const tab of tabs) await rowOf(tab, 'Leo Marín').locator('.badge').waitFor();
    await tabs[0].bringToFront();
    await openChat(tabs[0], 'Leo Marín');
    for (const tab of tabs) {
      await eventually(async () => expect(await rowOf(tab, 'Leo Marín').locator('.badge').count()).toBe(0));
    }
  });

  it('keep what is begun to write in each, and both know of it', async () => {
    const writing = (page: Page) => page.getByRole('textbox', { name: 'Write a message' });
    await openChat(tabs[0], 'Leo Marín');
    await writing(tabs[0]).fill('for Leo');
    await openChat(tabs[1], 'Mia Okafor');
    await writing(tabs[1]).fill('for Mia');
    for (const tab of tabs) {
      await rowOf(tab, 'Leo Marín').getByText('Draft: for Leo').waitFor();
      await rowOf(tab, 'Mia Okafor').getByText('Draft: for Mia').waitFor();
    }
    await tabs[0].reload();
    await eventually(async () => expect(await writing(tabs[0]).inputValue()).toBe('for Leo'));
    await openChat(tabs[1], 'Leo Marín');
    await eventually(async () => expect(await writing(tabs[1]).inputValue()).toBe('for Leo'));
    await tabs[1].bringToFront();
    await writing(tabs[1]).press('Enter');
    await messageWith(tabs[0], 'for Leo').waitFor();
    await eventually(async () => expect(await writing(tabs[0]).inputValue()).toBe(''));
  });

  it('are both shown out when the session ends', async () => {
    await tabs[0].getByRole('link', { name: 'Settings' }).click();
    await tabs[0].getByRole('button', { name: 'Log out' }).click();
    for (const tab of tabs) await tab.getByText('Welcome back').waitFor();
    await tabs[1].getByText(/Your session here has ended/).waitFor();
    expect(await tabs[0].getByText(/Your session here has ended/).count()).toBe(0);
    expect(world.complaints).toEqual([]);
  });
});
