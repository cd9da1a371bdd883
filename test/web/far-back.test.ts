import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { describeInBrowser } from '../support/browser.js';
import { messageWith, openChat, textsOf } from './support/chat-page.js';
import { World } from './support/world.js';

const total = 1_000;

describeInBrowser('the way back to the first message', () => {
  let world: World;
  let page: Page;

  beforeAll(async () => {
    world = await World.begin();
    const [ana, leo] = [await world.register('ana', 'Ana Prado'), await world.register('leo', 'Leo Marín')];
    for (const chat of [await leo.groupWith('Sunday walk', ana), await leo.chatWith(ana)]) {
      for (let said = 0; said < total; said += 100) {
        const numbers = Array.from({ length: 100 }, (_nothing, at) => said + at);
        await Promise.all(numbers.map((number) => leo.say(chat, `line ${number}`)));
      }
      await leo.say(chat, 'the newest');
    }
    page = await world.open(ana);
  }, 180_000);
  afterAll(() => world.end());

  const toTop = () =>
    page.getByTestId('timeline').evaluate((element) => ((element as unknown as { scrollTop: number }).scrollTop = 0));

  const startAtEnd = async (title: string) => {
    await page.reload();
    await openChat(page, title);
    await page.getByTestId('timeline').hover();
    const isAtEnd = await messageWith(page, 'the newest').count();
    if (isAtEnd === 0) await page.getByRole('button', { name: 'To the newest message' }).click();
    await messageWith(page, 'the newest').waitFor();
  };

  const expectBeginning = async (go: () => Promise<unknown>) => {
    const beginning = page.getByText('This is the beginning.');
    await eventually(async () => {
      await go();
      expect(await beginning.count()).toBe(1);
    }, 20_000);
    await eventually(async () => expect((await textsOf(page)).some((text) => text.startsWith('line'))).toBe(true));
  };

  for (const title of ['Sunday walk', 'Leo Marín']) {
    it(`is open to a fast wheel, in ${title}`, async () => {
      await startAtEnd(title);
      await expectBeginning(() => page.mouse.wheel(0, -1_200));
    });

    it(`is open to who drags the bar to the top, in ${title}`, async () => {
      await startAtEnd(title);
      await expectBeginning(toTop);
    });
  }

  it('is open again when a part of it could not be loaded', async () => {
    await startAtEnd('Leo Marín');
    await page.context().setOffline(true);
    await toTop();
    await page.getByText(/No connection\./).waitFor();
    await page.context().setOffline(false);
    await expectBeginning(toTop);
    expect(world.complaints).toEqual([]);
  });
});
