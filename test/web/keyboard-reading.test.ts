import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { messageWith, openChat } from './support/chat-page.js';
import { World } from './support/world.js';

const total = 200;

describeInBrowser('who reads with the keyboard', () => {
  let world: World;
  let page: Page;

  beforeAll(async () => {
    world = await World.begin();
    const [ana, leo] = [await world.register('ana', 'Ana Prado'), await world.register('leo', 'Leo Marín')];
    const chat = await leo.chatWith(ana);
    const first = await leo.say(chat, 'line 1');
    for (let number = 2; number < total; number += 1) await leo.say(chat, `line ${number}`);
    await leo.answer(first.id, `line ${total}`);
    page = await world.open(ana);
    await openChat(page, 'Leo Marín');
    await page.getByRole('button', { name: 'To the newest message' }).click();
    await messageWith(page, `line ${total}`).waitFor();
  });
  afterAll(() => world.end());

  const expectFocus = (seq: number) =>
    eventually(async () => {
      expect(await page.evaluate<string | undefined>('document.activeElement.dataset.seq')).toBe(String(seq));
    });

  it('is at the message to which a quote has led', async () => {
    await messageWith(page, `line ${total}`)
      .getByRole('button', { name: /Go to the message/ })
      .focus();
    await page.keyboard.press('Enter');
    await expectFocus(1);
    await page.keyboard.press('ArrowDown');
    await expectFocus(2);
  });

  it('is at the last message of what is loaded after End, and goes on from there', async () => {
    await page.keyboard.press('End');
    await eventually(async () => {
      expect(await page.locator('.message[data-seq="2"]').count()).toBe(0);
      const seq = await page.evaluate<string | undefined>('document.activeElement.dataset.seq');
      expect(Number(seq)).toBeGreaterThan(20);
    });
    const before = Number(await page.evaluate('document.activeElement.dataset.seq'));
    await page.keyboard.press('ArrowUp');
    await expectFocus(before - 1);
    expect(world.complaints).toEqual([]);
  });
});
