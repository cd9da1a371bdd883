import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { describeInBrowser } from '../support/browser.js';
import { expectInSight, messageWith, openChat, rowOf, textsOf, write } from './support/chat-page.js';
import { World } from './support/world.js';

const total = 300;

describeInBrowser('a message that is written while one reads further up', () => {
  let world: World;
  let page: Page;

  beforeAll(async () => {
    world = await World.begin();
    const ana = await world.register('ana', 'Ana Prado');
    const leo = await world.register('leo', 'Leo Marín');
    const chat = await leo.groupWith('Sunday walk', ana);
    const first = await leo.say(chat, 'line 1');
    for (let number = 2; number < total; number += 1) await leo.say(chat, `line ${number}`);
    await leo.answer(first.id, `line ${total}`);
    page = await world.open(ana);
    await openChat(page, 'Sunday walk');
    await messageWith(page, 'line 1').first().waitFor();
  });
  afterAll(() => world.end());

  const isOnTheWay = (content: string) =>
    messageWith(page, content).getByRole('img', { name: /Waiting to be sent|Sending/ });
  const isSent = (content: string) => messageWith(page, content).getByRole('img', { name: /^(Sent|Delivered|Read)/ });
  const newest = async (count: number) => (await textsOf(page)).slice(-count);
  const toFirst = async () => {
    await messageWith(page, `line ${total}`)
      .getByRole('button', { name: /Go to the message/ })
      .click();
    await page.locator('.message[data-flashed="true"]', { hasText: 'line 1' }).waitFor();
  };

  it('shows with its clock below what is loaded without a connection, and at its place when there is one', async () => {
    await page.context().setOffline(true);
    await page.getByText(/No connection\. What you write/).waitFor();
    await write(page, 'written far back in the dark');
    await expectInSight(page, 'written far back in the dark');
    await isOnTheWay('written far back in the dark').waitFor();
    await page
      .locator('.line-gap')
      .getByText(/show here when there is a connection/)
      .waitFor();
    await page.context().setOffline(false);
    await isSent('written far back in the dark').waitFor();
    await eventually(async () => expect(await newest(2)).toEqual([`line ${total}`, 'written far back in the dark']));
    await expectInSight(page, 'written far back in the dark');
  });

  it('shows at the newest end, also when that was not loaded', async () => {
    await toFirst();
    await write(page, 'written far back');
    await expectInSight(page, 'written far back');
    await isSent('written far back').waitFor();
    await eventually(async () =>
      expect(await newest(3)).toEqual([`line ${total}`, 'written far back in the dark', 'written far back']),
    );
    await expectInSight(page, 'written far back');
    expect(await page.getByRole('button', { name: 'To the newest message' }).count()).toBe(0);
  });

  it('shows when one has scrolled up a little', async () => {
    await page.getByTestId('timeline').hover();
    await page.mouse.wheel(0, -900);
    await page.getByRole('button', { name: 'To the newest message' }).waitFor();
    await write(page, 'written a little further up');
    await expectInSight(page, 'written a little further up');
    await isSent('written a little further up').waitFor();
    expect(await newest(2)).toEqual(['written far back', 'written a little further up']);
    await rowOf(page, 'Sunday walk').getByText('You: written a little further up').waitFor();
    expect(world.complaints).toEqual([]);
  });
});
