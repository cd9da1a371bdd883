import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { actOnChat, messageWith, openChat, rowOf, textsOf, write } from './support/chat-page.js';
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
  const alias = '<svg onload=alert(3)>';

  beforeAll(async () => {
    world = await World.begin();
    const ana = await world.register('ana', 'Ana Prado');
    await world.promote('ana');
    mallory = await world.register('mallory', name);
    const group = await mallory.groupWith(title, ana);
    for (const attack of attacks) await mallory.say(group, attack);
    const direct = await mallory.chatWith(ana);
    for (const attack of attacks) await mallory.say(direct, attack);
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
    await expectOnlyText();
    const links = await page
      .locator('.bubble a')
      .evaluateAll((found) => found.map((link) => (link as unknown as { protocol: string }).protocol));
    expect(new Set(links)).toEqual(new Set(['https:']));
  });

  it('is only text in answers, drafts, contacts, searches and group names', async () => {
    await messageWith(page, '<script>alert(1)').first().hover();
    await messageWith(page, '<script>alert(1)').first().getByRole('button', { name: 'Reply' }).click();
    await write(page, attacks[1]!);
    await page.getByRole('button', { name: /Go to the message/ }).waitFor();
    await page.getByRole('textbox', { name: 'Write a message' }).fill(attacks[0]!);
    await rowOf(page, title).getByText(`Draft: ${attacks[0]}`).waitFor();
    await expectOnlyText();
    await page.getByRole('link', { name: 'People' }).click();
    await page.getByRole('button', { name: /^Add to contacts/ }).click();
    await page.getByRole('button', { name: /^Actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Rename contact' }).click();
    await page.getByLabel('Name for this contact').fill(alias);
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.locator('.person-name', { hasText: alias }).waitFor();
    await rowOf(page, alias).waitFor();
    await expectOnlyText();
    await page.getByRole('searchbox', { name: 'Search people and chats' }).fill('<b onclick=alert(1)>x');
    await page.getByText('Nothing found for').waitFor();
    await expectOnlyText();
    await page.getByRole('searchbox', { name: 'Search people and chats' }).fill('');
  });

  it('is only text in one’s own name and mail address, and is no telephone', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByLabel('Name').fill('<img src=x onerror=alert(4)>');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await page.locator('.me-name', { hasText: '<img src=x onerror=alert(4)>' }).waitFor();
    const mail = '"<img src=x onerror=alert(5)>"@example.org';
    await page.getByLabel('Mail').fill(mail);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await page.reload();
    await eventually(async () => expect(await page.getByLabel('Mail').inputValue()).toBe(mail));
    await page.getByLabel('Phone').fill('<img src=x onerror=alert(6)>');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('[name="phone"][aria-invalid="true"]').waitFor();
    await expectOnlyText();
  });

  it('is only text in the spam folder, in its reason and in what is quoted of it in the reports', async () => {
    const reason = '<b>why</b> <img src=x onerror=alert(7)>';
    await openChat(page, alias);
    await actOnChat(page, 'Mark as spam');
    await page.getByLabel(/^Reason/).fill(reason);
    await expectOnlyText();
    await page.getByRole('dialog').getByRole('button', { name: 'Mark as spam' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Spam' }).click();
    await openChat(page, alias);
    await expectOnlyText();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'See reports' }).click();
    await page.locator('.report').getByText(reason, { exact: true }).waitFor();
    await page
      .locator('.report')
      .getByRole('button', { name: /^Show all/ })
      .click();
    for (const attack of attacks) await page.locator('.report-quotes').getByText(attack, { exact: true }).waitFor();
    await expectOnlyText();
  });

  it('runs nothing', () => {
    // The refusal of a telephone is told by the browser, too.
    expect(world.complaints.filter((line) => !line.includes('status of 400'))).toEqual([]);
  });

  /** Nothing that somebody wrote has become an element or a handler, wherever on the page. */
  async function expectOnlyText(): Promise<void> {
    const made = 'script, img, iframe, object, embed, b, [onerror], [onload], [onclick], [onmouseover], [srcdoc]';
    expect(await page.locator('body').locator(made).count()).toBe(0);
    expect(await page.locator('[href^="javascript:"], [href^="data:text"]').count()).toBe(0);
  }
});
