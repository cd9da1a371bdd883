import type { Page } from 'playwright-core';
import { GroupUserAddDocument } from '../../src/generated/operations.js';
import { describeInBrowser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { openChat, rowOf } from './support/chat-page.js';
import { World } from './support/world.js';

/** So many of the newest entries the server looks at. */
const counted = 1_000;
const atOnce = 100;

describeInBrowser('more unread than the server counts', () => {
  let world: World;
  let page: Page;

  beforeAll(async () => {
    world = await World.begin();
    const [ana, leo] = [await world.register('ana', 'Ana Prado'), await world.register('leo', 'Leo Marín')];
    const mia = await world.register('mia', 'Mia Okafor');
    const group = await leo.groupWith('Harbour walk', ana);
    await leo.say(group, 'the first of them');
    await leo.client.request(GroupUserAddDocument, { input: { groupId: group, userId: mia.id } });
    for (let said = 0; said < counted - 1; said += atOnce) {
      const some = Array.from({ length: Math.min(atOnce, counted - 1 - said) }, () => leo.say(group, 'more'));
      await Promise.all(some);
    }
    page = await world.open(ana);
    await rowOf(page, 'Harbour walk').waitFor();
  }, 180_000);
  afterAll(() => world.end());

  it('is said to be more than what was counted: in the list, in the title and beside the messages', async () => {
    expect(await rowOf(page, 'Harbour walk').locator('.badge').innerText()).toMatch(/^999\+/);
    await eventually(async () => expect(await page.title()).toBe('(999+) Chatset'));
    await openChat(page, 'Harbour walk');
    await page.locator('.to-newest', { hasText: /^999\+ new messages/ }).waitFor();
    expect(world.complaints).toEqual([]);
  });
});
