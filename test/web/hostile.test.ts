import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser.js';
import { messageWith, openChat, rowOf, textsOf, write } from './support/chat-page.js';
import type { Guest } from './support/guest.js';
import { World } from './support/world.js';

const attacks = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "javascript:alert('1')",
  'https://example.org/" onmouseover="alert(1)',
  '<a href="javascript:alert(1)">press</a>',
  '{{constructor.constructor("alert(1)")()}}',
  '</textarea><script>alert(1)</script>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  'data:text/html,<script>alert(1)</script>',
  '\u202Eevil\u202C <b>bold</b>',
];

describeInBrowser('hostile text', () => {
  let world: World;
  let mallory: Guest;
  let page: Page;
  const name = '<img src=x onerror=alert(1)>';
  const title = '<script>alert(2)</script>';

  beforeAll(async () => {
    world = await World.begin();
    const ana = await world.register('ana', 'Ana Prado');
    mallory = await world.register('mallory', name);
    const group = await mallory.groupWith(title, ana);
    for (const attack of attacks) await mallory.say(group, attack);
    page = await world.open(ana);
  });
  afterAll(() => world.end());

  it('is only text in names, titles, the list and the messages', async () => {
    await rowOf(page, title).waitFor();
    await openChat(page, title);
    await messageWith(page, attacks.at(-1)!).waitFor();
    for (const attack of attacks) expect(await textsOf(page)).toContain(attack);
    await page.getByRole('button', { name: 'Details' }).click();
    await page.locator('.details').getByText(name).waitFor();
  });

  it('is only text in answers, drafts, contacts, searches and group names', async () => {
    await messageWith(page, '<script>alert(1)').first().hover();
    await messageWith(page, '<script>alert(1)').first().getByRole('button', { name: 'Reply' }).click();
    await write(page, attacks[1]!);
    await page.getByRole('button', { name: /Go to the message/ }).waitFor();
    await page.getByRole('textbox', { name: 'Write a message' }).fill(attacks[0]!);
    await page.getByRole('link', { name: 'People' }).click();
    await page.getByRole('button', { name: /^Add to contacts/ }).click();
    await page.getByRole('button', { name: /^Actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Rename contact' }).click();
    await page.getByLabel('Name for this contact').fill('<svg onload=alert(3)>');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.locator('.person-name', { hasText: '<svg onload=alert(3)>' }).waitFor();
    await page.getByRole('searchbox', { name: 'Search people and chats' }).fill('<b onclick=alert(1)>x');
    await page.getByText('Nothing found for').waitFor();
    await page.getByRole('searchbox', { name: 'Search people and chats' }).fill('');
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByLabel('Name').fill('<img src=x onerror=alert(4)>');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
  });

  it('makes no element, no link but to the web, and runs nothing', async () => {
    await openChat(page, title);
    const made = await page.locator('main').evaluate((main) => {
      const { length } = (main as unknown as Queried).querySelectorAll('script, img, iframe, b, [onerror], [onload]');
      const links = [...(main as unknown as Queried).querySelectorAll('.bubble a')].map(({ protocol }) => protocol);
      return { length, links };
    });
    expect(made.length).toBe(0);
    expect(new Set(made.links)).toEqual(new Set(['https:']));
    expect(world.complaints).toEqual([]);
  });
});

/** What is used of the page's own elements. */
interface Queried {
  querySelectorAll(
    selector: string,
  ): ArrayLike<{ readonly protocol: string }> & Iterable<{ readonly protocol: string }>;
}
