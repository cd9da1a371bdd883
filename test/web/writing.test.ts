import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { describeInBrowser } from '../support/browser.js';
import { messageWith, openChat, write } from './support/chat-page.js';
import { World } from './support/world.js';

describeInBrowser('what one writes', () => {
  let world: World;
  let page: Page;

  beforeAll(async () => {
    world = await World.begin();
    const [ana, leo] = [await world.register('ana', 'Ana Prado'), await world.register('leo', 'Leo Marín')];
    await leo.say(await leo.chatWith(ana), 'hello');
    page = await world.open(ana);
    await openChat(page, 'Leo Marín');
  });
  afterAll(() => world.end());

  const field = () => page.getByRole('textbox', { name: 'Write a message' });

  it('has in each line the direction of that line', async () => {
    await write(page, 'שלום\na line of code();\nsomething longer that makes the bubble wide');
    await messageWith(page, 'שלום').waitFor();
    const { bubble, hebrew, code, bracket } = await page.evaluate<Places>(placesOfLines);
    expect(bubble.right - hebrew.right).toBeLessThan(hebrew.left - bubble.left);
    expect(code.left - bubble.left).toBeLessThan(bubble.right - code.right);
    expect(bracket.left).toBeGreaterThan(code.left);
  });

  it('is thrown away by Enter when it is only spaces', async () => {
    await field().fill('  \n ');
    await field().press('Enter');
    await eventually(async () => expect(await field().inputValue()).toBe(''));
  });

  it('leaves the newest message in sight, however much room it takes', async () => {
    for (let number = 1; number <= 30; number += 1) await write(page, `line ${number}`);
    const newest = messageWith(page, 'line 30');
    await newest.waitFor();
    const below = async (): Promise<number> => {
      const box = await newest.boundingBox();
      return box ? box.y + box.height : Infinity;
    };
    const edge = async (): Promise<number> => (await page.locator('.composer').boundingBox())?.y ?? 0;
    const expectInSight = (): Promise<void> =>
      eventually(async () => expect(await below()).toBeLessThanOrEqual(await edge()));
    await expectInSight();
    const before = await edge();
    await newest.hover();
    await newest.getByRole('button', { name: 'Reply' }).click();
    await eventually(async () => expect(await edge()).toBeLessThan(before));
    await expectInSight();
    await field().fill('one\ntwo\nthree\nfour\nfive');
    await eventually(async () => expect(await edge()).toBeLessThan(before - 100));
    await expectInSight();
    await field().fill('');
    await field().press('Escape');
    await eventually(async () => expect(await edge()).toBe(before));
    await expectInSight();
  });

  it('says once that it is too long, and counts without a word', async () => {
    await field().fill('x'.repeat(4_001));
    const count = page.getByText('1 characters too many');
    await count.waitFor();
    expect(await count.getAttribute('role')).toBeNull();
    expect(await field().getAttribute('aria-describedby')).toBe(await count.getAttribute('id'));
    const said = page.locator('.composer [role="alert"]');
    const before = await said.textContent();
    await field().press('x');
    await page.getByText('2 characters too many').waitFor();
    expect(await said.textContent()).toBe(before);
    await field().fill('');
    expect(await said.textContent()).toBe('');
    expect(world.complaints).toEqual([]);
  });
});

interface Edges {
  readonly left: number;
  readonly right: number;
}
type Places = Readonly<Record<'bubble' | 'hebrew' | 'code' | 'bracket', Edges>>;

const placesOfLines = `(() => {
  const message = document.querySelector('.message[data-mine="true"]');
  const text = message.querySelector('.bubble-text').firstChild;
  const edges = (words) => {
    const range = document.createRange();
    const at = text.data.indexOf(words);
    range.setStart(text, at);
    range.setEnd(text, at + words.length);
    const { left, right } = range.getBoundingClientRect();
    return { left, right };
  };
  const { left, right } = message.querySelector('.bubble').getBoundingClientRect();
  return { bubble: { left, right }, hebrew: edges('שלום'), code: edges('a line of code();'), bracket: edges('();') };
})()`;
