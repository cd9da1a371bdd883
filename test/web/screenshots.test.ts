import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser.js';
import { messageWith, openChat, rowOf, settled } from './support/chat-page.js';
import type { Guest } from './support/guest.js';
import { spreadOverDay } from './support/day.js';
import { playScene } from './support/scene.js';
import { World } from './support/world.js';

const desk = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 844 } };
/** Where pictures are written; without it they are only taken. */
const folder = process.env.SCREENSHOTS;

interface View {
  readonly options: BrowserContextOptions;
  readonly show: (page: Page) => Promise<void>;
}

const list = async (page: Page): Promise<void> => rowOf(page, 'Mia Okafor').waitFor();
const place = (name: string, heading: string) => async (page: Page) => {
  await page.locator('.sidebar-foot').getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { name: heading, exact: true }).waitFor();
  await settled(page);
};
const chat = async (page: Page): Promise<void> => {
  await openChat(page, 'Leo Marín');
  await messageWith(page, 'coffee').waitFor();
  await rowOf(page, 'Leo Marín').locator('.badge').waitFor({ state: 'detached' });
};
const group = async (page: Page): Promise<void> => {
  await openChat(page, 'Harbour walk');
  await page.getByRole('button', { name: /Details|Detalles/ }).click();
  await page.locator('.details .person').first().waitFor();
  await messageWith(page, 'Count me in').waitFor();
  await rowOf(page, 'Harbour walk').locator('.badge').waitFor({ state: 'detached' });
};
const spam = async (page: Page): Promise<void> => {
  await place('Spam', 'Spam')(page);
  await openChat(page, 'Prize Office');
  await messageWith(page, 'holiday').waitFor();
};
const reports = async (page: Page): Promise<void> => {
  await place('Settings', 'Settings')(page);
  await page.getByRole('button', { name: 'See reports' }).click();
  await page.locator('.report').first().waitFor();
};
const phoneGroup = async (page: Page): Promise<void> => {
  await openChat(page, 'Harbour walk');
  await messageWith(page, 'Count me in').waitFor();
};

const views: Record<string, View> = {
  list: { options: desk, show: list },
  group: { options: desk, show: group },
  chat: { options: desk, show: chat },
  spam: { options: desk, show: spam },
  settings: { options: desk, show: place('Settings', 'Settings') },
  people: { options: desk, show: place('People', 'People') },
  reports: { options: desk, show: reports },
  phone: { options: phone, show: phoneGroup },
  dark: { options: { ...desk, colorScheme: 'dark' }, show: chat },
  spanish: { options: { ...desk, locale: 'es-ES' }, show: group },
};

describeInBrowser('the pictures of the page', () => {
  let world: World;
  let ana: Guest;

  beforeAll(async () => {
    world = await World.begin();
    const people = await playScene(world);
    ana = people.ana;
    await world.promote('ana');
    await world.whileStopped(spreadOverDay);
    await world.open(people.leo);
    await world.open(people.mia);
  });
  afterAll(() => world.end());

  it.each(Object.entries(views))('%s', async (name, { options, show }) => {
    const page = await world.open(ana, { ...options, reducedMotion: 'reduce' });
    await rowOf(page, 'Harbour walk').waitFor();
    await show(page);
    await page.mouse.move(0, 0);
    const picture = await page.screenshot({ animations: 'disabled', ...(folder && { path: pathOf(folder, name) }) });
    expect(picture.length).toBeLessThan(300_000);
    if (folder) expect(statSync(pathOf(folder, name)).size).toBe(picture.length);
  });
});

function pathOf(target: string, name: string): string {
  mkdirSync(target, { recursive: true });
  return join(target, `${name}.png`);
}
