import type { Page } from 'playwright-core';
import { ConversationSpamDocument } from '../../src/generated/operations.js';
import { describeInBrowser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { faultsOf } from './support/axe.js';
import type { Guest } from './support/guest.js';
import { World } from './support/world.js';

describeInBrowser('reports', () => {
  let world: World;
  let ana: Guest;
  let leo: Guest;
  let page: Page;

  beforeAll(async () => {
    world = await World.begin();
    [ana, leo] = [await world.register('ana', 'Ana Prado'), await world.register('leo', 'Leo Marín')];
  });
  afterAll(() => world.end());

  it('are no business of others', async () => {
    page = await world.open(ana);
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('heading', { name: 'Sessions' }).waitFor();
    expect(await page.getByRole('button', { name: 'See reports' }).count()).toBe(0);
    await page.evaluate("location.hash = '#/reports'");
    await page.getByText('This is not open to you').waitFor();
    await page.getByText('Only the site’s admins may do that.').waitFor();
    expect(await page.locator('main').getByRole('button', { name: 'Try again' }).count()).toBe(0);
  });

  it('are said to be none when there are none', async () => {
    await world.promote('ana');
    await page.reload();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'See reports' }).click();
    await page.getByText('No reports').waitFor();
  });

  it('say who reported what, when and why, and more of them come as one scrolls', async () => {
    await report(45);
    await page.reload();
    const newest = page.locator('.report').first();
    await newest.getByText('Reason 45', { exact: true }).waitFor();
    await newest.getByText('Leo Marín').waitFor();
    await newest.locator('.report-quotes').getByText('<b>Buy</b> 45').waitFor();
    expect(await newest.locator('.person time').getAttribute('datetime')).toMatch(/^\d{4}-/);
    expect(await page.locator('.report').count()).toBeLessThan(45);
    await eventually(async () => {
      await page.locator('.report').last().scrollIntoViewIfNeeded();
      expect(await page.locator('.report').count()).toBe(45);
    });
    expect(await faultsOf(page)).toEqual([]);
  });

  it('show all that is quoted when one asks', async () => {
    const newest = page.locator('.report').first();
    expect(await newest.locator('.report-quotes li').count()).toBe(5);
    await newest.getByRole('button', { name: 'Show all 20 messages' }).click();
    expect(await newest.locator('.report-quotes li').count()).toBe(20);
  });

  it('speak Spanish', async () => {
    const spanish = await world.open(ana, { locale: 'es-ES' });
    await spanish.getByRole('link', { name: 'Ajustes' }).click();
    await spanish.getByRole('button', { name: 'Ver informes' }).click();
    await spanish.getByRole('heading', { name: 'Informes', exact: true }).waitFor();
    await spanish.getByText('Mensajes citados').first().waitFor();
    expect(world.complaints).toEqual([]);
  });

  /** Reports of Leo's, each of a group and with a reason of its own; the last one quotes as much as a report can. */
  async function report(count: number): Promise<void> {
    const spammer = await world.register('prizes', 'Prize Office');
    for (let at = 1; at <= count; at += 1) {
      const conversationId = await spammer.groupWith(`Prizes ${at}`, leo);
      const before = at === count ? 19 : 0;
      for (let said = 0; said < before; said += 1) await spammer.say(conversationId, 'Prizes!');
      await spammer.say(conversationId, `<b>Buy</b> ${at}`);
      await leo.client.request(ConversationSpamDocument, { input: { conversationId, reason: `Reason ${at}` } });
    }
  }
});
