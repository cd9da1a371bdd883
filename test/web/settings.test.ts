import type { Page } from 'playwright-core';
import { UserUpdateDocument } from '../../src/generated/operations.js';
import { eventually } from '../support/eventually.js';
import { describeInBrowser } from '../support/browser.js';
import { openChat, write } from './support/chat-page.js';
import type { Guest } from './support/guest.js';
import { password, World } from './support/world.js';

describeInBrowser('settings', () => {
  let world: World;
  let ana: Guest;
  let leo: Guest;
  let page: Page;

  beforeAll(async () => {
    world = await World.begin();
    [ana, leo] = [await world.register('ana', 'Ana Prado'), await world.register('leo', 'Leo Marín')];
    await ana.chatWith(leo);
    page = await world.open(ana);
    await page.getByRole('link', { name: 'Settings' }).click();
  });
  afterAll(() => world.end());

  it('change the profile, and others see it', async () => {
    await page.getByLabel('Name').fill('Ana María Prado');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    const leosPage = await world.open(leo);
    await leosPage.locator('.row', { hasText: 'Ana María Prado' }).waitFor();
  });

  it('take a picture and make it small, and others see it', async () => {
    const drawn = await page.evaluate<string>(`
      (() => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 600, height: 400 });
        const pen = canvas.getContext('2d');
        for (let x = 0; x < 600; x += 3) {
          pen.fillStyle = 'hsl(' + x + ' 60% 50%)';
          pen.fillRect(x, 0, 3, 400);
        }
        return canvas.toDataURL('image/png').split(',')[1];
      })()
    `);
    const file = { name: 'me.png', mimeType: 'image/png', buffer: Buffer.from(drawn, 'base64') };
    await page.locator('.profile-who input[type="file"]').setInputFiles(file);
    await page.locator('.profile-who .avatar img').waitFor();
    const leosPage = await world.open(leo);
    const picture = leosPage.locator('.row .avatar img');
    await picture.waitFor();
    expect(await picture.getAttribute('src')).toMatch(/^data:image\/webp;base64,.{1,2020}$/);
    await page.getByRole('button', { name: 'Take picture away' }).click();
    await eventually(async () => expect(await page.locator('.profile-who .avatar img').count()).toBe(0));
    const text = { name: 'me.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') };
    await page.locator('.profile-who input[type="file"]').setInputFiles(text);
    await page.getByText('This file is no picture that the browser knows.').waitFor();
  });

  it('asks no other machine for a picture: initials stand in its place', async () => {
    await leo.client.request(UserUpdateDocument, { input: { profileImage: 'https://pictures.example/leo.png' } });
    await page.reload();
    await page.locator('.row', { hasText: 'Leo Marín' }).locator('.avatar', { hasText: 'LM' }).waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(world.complaints).toEqual([]);
  });

  it('speak Spanish and English, and remember it', async () => {
    await page.getByRole('button', { name: 'Español' }).click();
    await page.getByRole('heading', { name: 'Ajustes' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Ajustes' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
    await openChat(page, 'Leo Marín');
    await write(page, 'Hola');
    await page.getByText('Hoy').waitFor();
    await page.getByRole('link', { name: 'Ajustes' }).click();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
  });

  it('begin in the language of the browser', async () => {
    const stranger = await world.open(undefined, { locale: 'es-ES' });
    await stranger.getByRole('button', { name: 'Entrar', exact: true }).waitFor();
  });

  it('go dark, light, or as the system is', async () => {
    const colour = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const light = await colour();
    await page.getByRole('button', { name: 'Dark' }).click();
    await eventually(async () => expect(await colour()).not.toBe(light));
    await page.getByRole('button', { name: 'System' }).click();
    await eventually(async () => expect(await colour()).toBe(light));
    await page.emulateMedia({ colorScheme: 'dark' });
    await eventually(async () => expect(await colour()).not.toBe(light));
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('end another session, which is shown out at once', async () => {
    const other = await world.open(undefined);
    await other.getByLabel('Username').fill('ana');
    await other.getByLabel('Password').fill(password);
    await other.keyboard.press('Enter');
    await other.locator('.row').first().waitFor();
    await page.reload();
    await page.getByRole('button', { name: /End the session of/ }).click();
    await other.getByText('Welcome back').waitFor();
  });

  it('change the password', async () => {
    await page.getByLabel('Current password').fill('not the password');
    await page.getByLabel('New password').fill('another good password');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('The password is wrong. Check it and try again.').waitFor();
    await page.getByLabel('Current password').fill(password);
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Changed. All your other sessions have ended.').waitFor();
  });

  it('delete the account for ever', async () => {
    await page.getByRole('button', { name: 'Delete my account' }).click();
    await page.getByRole('dialog').getByLabel('Password').fill('another good password');
    await page.getByRole('button', { name: 'Delete for ever' }).click();
    await page.getByText('Your account is deleted. Nobody can log in with it again.').waitFor();
    await page.getByText('Welcome back').waitFor();
    await page.getByLabel('Username').fill('ana');
    await page.getByLabel('Password').fill('another good password');
    await page.keyboard.press('Enter');
    await page.getByText('The username or the password is wrong.').waitFor();
    expect(world.complaints).toEqual([]);
  });
});
