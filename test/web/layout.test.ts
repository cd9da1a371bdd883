import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { act, messageWith, openChat, rowOf } from './support/chat-page.js';
import { playScene } from './support/scene.js';
import { World } from './support/world.js';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const places = ['People', 'Spam', 'Settings', 'Chats'];

/** What the messages say of which a part is under the buttons of another one. */
const coveredTexts = `(() => {
  const bar = [...document.querySelectorAll('.message-actions')].find((one) => one.checkVisibility());
  const { top, bottom } = bar.getBoundingClientRect();
  return [...document.querySelectorAll('.bubble')]
    .filter((bubble) => bubble.getBoundingClientRect().top < bottom - 1 && bubble.getBoundingClientRect().bottom > top + 1)
    .map((bubble) => bubble.textContent);
})()`;

describeInBrowser('the arrangement of the page', () => {
  let world: World;
  let desk: Page;
  let small: Page;

  beforeAll(async () => {
    world = await World.begin();
    const { ana } = await playScene(world);
    desk = await world.open(ana);
    small = await world.open(ana, phone);
    await rowOf(desk, 'Harbour walk').waitFor();
    await rowOf(small, 'Harbour walk').waitFor();
  });
  afterAll(() => world.end());

  it('shows the members of a small group without scrolling, and Escape closes the details', async () => {
    await openChat(desk, 'Harbour walk');
    await desk.getByRole('button', { name: 'Details' }).click();
    await desk.locator('.details .person').nth(3).waitFor();
    for (const member of await desk.locator('.details .person').all()) {
      const { y = 0, height = 0 } = (await member.boundingBox()) ?? {};
      expect(y + height).toBeLessThan(740);
    }
    await messageWith(desk, 'Count me in').hover();
    await messageWith(desk, 'Count me in').getByRole('button', { name: 'More actions' }).click();
    await desk.keyboard.press('Escape');
    await desk.getByRole('menu').waitFor({ state: 'detached' });
    await desk.locator('.details').waitFor();
    await desk.keyboard.press('Escape');
    await desk.locator('.details').waitFor({ state: 'detached' });
  });

  it('says what happened where nothing is covered that one writes with', async () => {
    await openChat(desk, 'Harbour walk');
    await desk.getByRole('button', { name: 'Details' }).click();
    await messageWith(desk, 'Count me in').hover();
    await messageWith(desk, 'Count me in').getByRole('button', { name: 'Reply' }).click();
    await act(desk, 'Count me in', 'Copy text');
    await desk.locator('.toast').waitFor();
    const covered = await desk.evaluate<string[]>(`(() => {
      const { top, bottom, left, right } = document.querySelector('.toast').getBoundingClientRect();
      return [...document.querySelectorAll('.composer, .aim, .details, .chat-head')]
        .filter((element) => {
          const box = element.getBoundingClientRect();
          return box.top < bottom && box.bottom > top && box.left < right && box.right > left;
        })
        .map((element) => element.className);
    })()`);
    expect(covered).toEqual([]);
    await desk.locator('.toast').getByRole('button', { name: 'Close' }).click();
    await desk.getByRole('button', { name: 'Cancel' }).click();
    await desk.keyboard.press('Escape');
  });

  it('offers many emojis, found by their names', async () => {
    await openChat(desk, 'Leo Marín');
    const message = messageWith(desk, 'Good morning');
    await message.hover();
    await message.getByRole('button', { name: 'React' }).click();
    await desk.getByRole('menuitem', { name: 'More emojis' }).click();
    await desk.getByRole('searchbox', { name: 'Search emojis' }).fill('lighthouse');
    await desk.getByText('Nothing found for “lighthouse”').waitFor();
    await desk.getByRole('button', { name: 'Empty the search' }).click();
    await desk.getByRole('heading', { name: 'Animals and nature' }).waitFor();
    await desk.keyboard.type('octo');
    await desk.getByRole('dialog').getByRole('button', { name: '🐙 octopus' }).click();
    await message.getByRole('button', { name: '🐙, 1 person' }).waitFor();
  });

  it('keeps shapes, and shows what is chosen, where the system chooses the colours', async () => {
    await desk.emulateMedia({ forcedColors: 'active' });
    await openChat(desk, 'Leo Marín');
    const style = (path: string, name: string) =>
      desk.evaluate<string>(`getComputedStyle(document.querySelector('${path}'))['${name}']`);
    for (const shape of ['.bubble', '.avatar', '.choice']) expect(await style(shape, 'borderTopStyle')).toBe('solid');
    for (const chosen of ['.row[aria-current]', '.choice [aria-pressed=true]', '.foot-link[aria-current]']) {
      expect(await style(chosen, 'outlineStyle')).toBe('solid');
    }
    await desk.emulateMedia({ forcedColors: 'none' });
  });

  it('keeps the links to all places on a phone', async () => {
    for (const name of places) {
      await small.locator('.sidebar-foot').getByRole('link', { name, exact: true }).tap();
      await small.locator(`.foot-link[aria-current=page][aria-label="${name}"]`).waitFor();
    }
    await openChat(small, 'Harbour walk');
    expect(await small.locator('.sidebar-foot').isVisible()).toBe(false);
    await small.locator('.chat-head').getByRole('button', { name: /Back/ }).tap();
  });

  it('opens menus of a message inside a phone, covering no other message with its buttons', async () => {
    await openChat(small, 'Harbour walk');
    for (const content of ['The tide is low', 'Works for me', 'Count me in', 'Nine is perfect']) {
      const message = messageWith(small, content);
      await message.locator('.bubble-text').tap();
      await message.locator('.message-actions').waitFor();
      await eventually(async () => expect(await small.evaluate(coveredTexts)).toEqual([]));
      await message.getByRole('button', { name: 'More actions' }).tap();
      const { x = 0, width = 0 } = (await small.getByRole('menu').boundingBox()) ?? {};
      expect(x).toBeGreaterThanOrEqual(8);
      expect(x + width).toBeLessThanOrEqual(382);
      await small.keyboard.press('Escape');
    }
  });

  it('gives fingers enough room', async () => {
    const tooSmall = await small.evaluate<string[]>(`
      [...document.querySelectorAll('.chat-head button, .message-actions button, .composer button')]
        .filter((button) => button.checkVisibility())
        .map((button) => [button.getAttribute('aria-label'), button.getBoundingClientRect()])
        .filter(([, { width, height }]) => Math.min(width, height) < 44)
        .map(([label]) => label)
    `);
    expect(tooSmall).toEqual([]);
    expect(world.complaints).toEqual([]);
  });

  it('says under its own name that it could not start, and starts when it is tried again', async () => {
    let isFailing = true;
    await desk.route('**/graphql', (route) =>
      isFailing ? route.fulfill({ status: 500, body: 'broken' }) : route.continue(),
    );
    await desk.reload();
    await desk.getByText('The server failed.').waitFor();
    expect(await desk.locator('.brand').isVisible()).toBe(true);
    isFailing = false;
    await desk.getByRole('button', { name: 'Try again' }).click();
    await rowOf(desk, 'Harbour walk').waitFor();
  });
});
