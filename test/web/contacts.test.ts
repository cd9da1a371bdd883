import type { Page } from 'playwright-core';
import { ContactUserAddDocument } from '../../src/generated/operations.js';
import { describeInBrowser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { World } from './support/world.js';

describeInBrowser('contacts', () => {
  let world: World;
  let page: Page;

  beforeAll(async () => {
    world = await World.begin();
    const ana = await world.register('ana', 'Ana Prado');
    for (const name of ['mia', 'abel', 'Zed']) {
      const { id } = await world.register(name.toLowerCase(), name);
      await ana.client.request(ContactUserAddDocument, { input: { userId: id } });
    }
    page = await world.open(ana);
    await page.getByRole('link', { name: 'People' }).click();
  });
  afterAll(() => world.end());

  const expectNames = (...names: readonly string[]) =>
    eventually(async () => {
      const contacts = page.locator('section', { hasText: 'Contacts' }).first();
      expect(await contacts.locator('.person-name').allTextContents()).toEqual(names);
    });
  const rename = async (name: string, alias: string): Promise<void> => {
    await page.getByRole('button', { name: `Actions for ${name}` }).click();
    await page.getByRole('menuitem', { name: 'Rename contact' }).click();
    await page.getByLabel('Name for this contact').fill(alias);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };

  it('stand by the names that one calls them', async () => {
    await expectNames('abel', 'mia', 'Zed');
    await rename('Zed', 'Boss');
    await expectNames('abel', 'Boss', 'mia');
  });

  it("take their own name back when one's own name for them is emptied", async () => {
    await rename('Boss', '');
    await expectNames('abel', 'mia', 'Zed');
    expect(world.complaints).toEqual([]);
  });
});
