import type { Page } from 'playwright-core';
import { MessageRemoveDocument } from '../../src/generated/operations.js';
import { eventually } from '../support/eventually.js';
import { describeInBrowser } from '../support/browser.js';
import { act, expectInSight, messageWith, openChat, write } from './support/chat-page.js';
import type { Guest } from './support/guest.js';
import { World } from './support/world.js';

describeInBrowser('a message that is removed while somebody answers or changes it', () => {
  let world: World;
  let leo: Guest;
  let chat: string;
  let page: Page;

  beforeAll(async () => {
    world = await World.begin();
    const ana = await world.register('ana', 'Ana Prado');
    leo = await world.register('leo', 'Leo Marín');
    chat = await leo.groupWith('Sunday walk', ana);
    page = await world.open(ana);
    await openChat(page, 'Sunday walk');
  });
  afterAll(() => world.end());

  const field = () => page.getByRole('textbox', { name: 'Write a message' });
  const remove = (messageId: string) => leo.client.request(MessageRemoveDocument, { input: { messageId } });
  const answerTo = async (content: string) => {
    await messageWith(page, content).hover();
    await messageWith(page, content).getByRole('button', { name: 'Reply' }).click();
    await page.getByText('Replying to Leo Marín').waitFor();
  };

  it('leaves the answer, which is sent without a quote', async () => {
    const { id } = await leo.say(chat, 'a secret');
    await answerTo('a secret');
    await field().fill('the answer');
    await remove(id);
    await page.locator('.aim').getByText('The message was removed. This is sent without it.').waitFor();
    expect(await page.locator('.aim').getByText('a secret').count()).toBe(0);
    expect(await field().inputValue()).toBe('the answer');
    await field().press('Enter');
    await messageWith(page, 'the answer')
      .getByRole('img', { name: /Sent|Delivered|Read/ })
      .waitFor();
    expect(await messageWith(page, 'the answer').locator('.quote').count()).toBe(0);
    expect(await page.locator('.aim').count()).toBe(0);
  });

  it('leaves the new words, which are sent as a message of their own', async () => {
    await write(page, 'first words');
    await act(page, 'first words', 'Edit');
    await field().fill('better words');
    const drawn = messageWith(page, 'first words');
    await drawn.getByRole('img', { name: /Sent|Delivered|Read/ }).waitFor();
    const [, id = ''] = /^(.*)-text$/.exec((await drawn.locator('.bubble-text').getAttribute('id')) ?? '') ?? [];
    await remove(id);
    await page.locator('.aim').getByText('Your message was removed. This is sent as a new one.').waitFor();
    expect(await field().inputValue()).toBe('better words');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await messageWith(page, 'better words')
      .getByRole('img', { name: /Sent|Delivered|Read/ })
      .waitFor();
    await eventually(async () => expect(await field().inputValue()).toBe(''));
  });

  it('is told of when the answer was on its way, and the answer can go without the quote', async () => {
    const { id } = await leo.say(chat, 'another secret');
    await answerTo('another secret');
    await page.context().setOffline(true);
    await page.getByText(/No connection\. What you write/).waitFor();
    await write(page, 'a late answer');
    await remove(id);
    await page.context().setOffline(false);
    await page.getByText(/Not sent: The message has been removed meanwhile/).waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    for (let number = 1; number <= 20; number += 1) await leo.say(chat, `meanwhile ${number}`);
    await messageWith(page, 'meanwhile 20').waitFor();
    await expectInSight(page, 'a late answer');
    await page.getByRole('button', { name: 'Send without the quote' }).click();
    await messageWith(page, 'a late answer')
      .getByRole('img', { name: /Sent|Delivered|Read/ })
      .waitFor();
    expect(await page.getByText(/Not sent/).count()).toBe(0);
    expect(world.complaints).toEqual([]);
  });
});
