import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { describeInBrowser } from '../support/browser.js';
import { act, actOnChat, expectTexts, messageWith, openChat, rowOf, write } from './support/chat-page.js';
import type { Guest } from './support/guest.js';
import { password, World } from './support/world.js';

describeInBrowser('two people', () => {
  let world: World;
  let leo: Guest;
  let anasPage: Page;
  let leosPage: Page;

  beforeAll(async () => {
    world = await World.begin();
    leo = await world.register('leo', 'Leo Marín');
    leosPage = await world.open(leo);
    anasPage = await world.open();
  });
  afterAll(() => world.end());

  it('register, and are told what is wrong with what they typed', async () => {
    const page = anasPage;
    await page.getByRole('button', { name: /No account yet/ }).click();
    await page.getByLabel('Username').fill('leo');
    await page.getByLabel('Name (optional)').fill('Ana Prado');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await page.getByText('That username is taken. Choose another.').waitFor();
    await page.getByLabel('Username').fill('ana prado');
    await page.getByLabel('Password').fill('short');
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    const isMarked = (label: string) => page.getByLabel(label).getAttribute('aria-invalid');
    await eventually(async () => expect(await isMarked('Username')).toBe('true'));
    expect([await isMarked('Password'), await isMarked('Name (optional)')]).toEqual(['true', null]);
    const below = await page.getByLabel('Password').getAttribute('aria-describedby');
    expect(await page.locator(`[id="${below}"]`).textContent()).toBe('Use 8 to 128 characters.');
    expect(await page.getByText('extensions').count()).toBe(0);
    await page.getByRole('button', { name: 'Español' }).click();
    await page.getByText('Usa de 8 a 128 caracteres.').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByLabel('Password').fill(password);
    expect(await isMarked('Password')).toBeNull();
    await page.getByLabel('Username').fill('ana');
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await page.getByText('No conversations yet').waitFor();
  });

  it('log out and in again', async () => {
    await anasPage.getByRole('link', { name: 'Settings' }).click();
    await anasPage.getByRole('button', { name: 'Log out' }).click();
    await anasPage.getByLabel('Username').fill('ana');
    await anasPage.getByLabel('Password').fill('not the password');
    await anasPage.keyboard.press('Enter');
    await anasPage.getByText('The username or the password is wrong.').waitFor();
    await anasPage.getByLabel('Password').fill(password);
    await anasPage.keyboard.press('Enter');
    await anasPage.getByText('No conversations yet').waitFor();
  });

  it('find each other and begin a direct chat', async () => {
    await anasPage.getByRole('searchbox', { name: 'Search people and chats' }).fill('leo');
    await anasPage.getByRole('button', { name: /Leo Marín/ }).click();
    await anasPage.getByText('Say the first word').waitFor();
    await write(anasPage, 'Hello, Leo');
    await expectTexts(anasPage, ['Hello, Leo']);
    await rowOf(leosPage, 'Ana Prado').getByText('Hello, Leo').waitFor();
    await messageWith(anasPage, 'Hello, Leo').getByRole('img', { name: 'Delivered' }).waitFor();
    expect(await rowOf(leosPage, 'Ana Prado').locator('.badge').textContent()).toContain('1');
  });

  it('see who is there, who types, and what was read', async () => {
    await openChat(leosPage, 'Ana Prado');
    await anasPage.locator('.chat-head').getByText('Online').waitFor();
    await messageWith(anasPage, 'Hello, Leo').getByRole('img', { name: 'Read' }).waitFor();
    await eventually(async () => expect(await rowOf(leosPage, 'Ana Prado').locator('.badge').count()).toBe(0));
    await leosPage.getByRole('textbox', { name: 'Write a message' }).pressSequentially('Hel');
    await anasPage.locator('.typing-line').getByText('Leo Marín is typing…').waitFor();
    await write(leosPage, 'Hello, Ana');
    await expectTexts(anasPage, ['Hello, Leo', 'Hello, Ana']);
    await eventually(async () => expect(await anasPage.locator('.typing-line').textContent()).toBe(''));
  });

  it('answer with a quote that leads to its source', async () => {
    await messageWith(anasPage, 'Hello, Ana').hover();
    await messageWith(anasPage, 'Hello, Ana').getByRole('button', { name: 'Reply' }).click();
    await anasPage.getByText('Replying to Leo Marín').waitFor();
    await write(anasPage, 'How are you?');
    const quote = messageWith(leosPage, 'How are you?').getByRole('button', { name: /Go to the message by Leo/ });
    await quote.click();
    await leosPage.locator('.message[data-flashed="true"]', { hasText: 'Hello, Ana' }).waitFor();
  });

  it('change, react to and remove messages', async () => {
    await act(anasPage, 'How are you?', 'Edit');
    await write(anasPage, 'How are things?');
    await messageWith(leosPage, 'How are things?').getByText('edited').waitFor();
    await messageWith(leosPage, 'How are things?').hover();
    await messageWith(leosPage, 'How are things?').getByRole('button', { name: 'React', exact: true }).click();
    await leosPage.getByRole('menuitem', { name: 'React with 🎉' }).click();
    await messageWith(anasPage, 'How are things?').getByRole('button', { name: '🎉, 1 person' }).click();
    await messageWith(leosPage, 'How are things?')
      .locator('.reaction[aria-pressed="true"]', { hasText: '2' })
      .waitFor();
    await messageWith(leosPage, 'How are things?').locator('.reaction').click();
    await messageWith(anasPage, 'How are things?').getByRole('button', { name: '🎉, 1 person' }).waitFor();
    await act(anasPage, 'Hello, Leo', 'Remove');
    await anasPage.getByRole('dialog').getByText('Hello, Leo').waitFor();
    await anasPage.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await leosPage.getByText('This message was removed').waitFor();
  });

  it('see who read a message, and who reacted', async () => {
    await act(anasPage, 'How are things?', 'Read by and reactions');
    const dialog = anasPage.getByRole('dialog');
    await dialog.locator('section', { hasText: 'Read by' }).getByText('Leo Marín').waitFor();
    await dialog.locator('section', { hasText: 'Reactions' }).locator('.person', { hasText: 'Ana Prado' }).waitFor();
    await anasPage.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('see who reacted without opening anything', async () => {
    const reaction = messageWith(anasPage, 'How are things?').locator('.reaction').first();
    await reaction.hover();
    await eventually(async () => expect(await reaction.getAttribute('title')).toBe('Ana Prado'));
  });

  it('copy a text, also where the page came over plain HTTP', async () => {
    await anasPage.evaluate('Object.defineProperty(navigator, "clipboard", { value: undefined })');
    await act(anasPage, 'How are things?', 'Copy text');
    await anasPage.getByText('Copied.').waitFor();
    const field = anasPage.getByRole('textbox', { name: 'Write a message' });
    await field.focus();
    await anasPage.keyboard.press('Control+V');
    await eventually(async () => expect(await field.inputValue()).toBe('How are things?'));
    await field.fill('');
  });

  it('keep a draft across a reload', async () => {
    await anasPage.getByRole('textbox', { name: 'Write a message' }).fill('not yet finished');
    await anasPage.reload();
    await eventually(async () =>
      expect(await anasPage.getByRole('textbox', { name: 'Write a message' }).inputValue()).toBe('not yet finished'),
    );
    await anasPage.getByRole('textbox', { name: 'Write a message' }).fill('');
  });

  it('keep contacts, mute, mark spam and block', async () => {
    await anasPage.getByRole('button', { name: 'Details' }).click();
    await anasPage.getByRole('button', { name: 'Add to contacts' }).click();
    await anasPage.getByRole('button', { name: 'Remove from contacts' }).waitFor();
    await actOnChat(anasPage, 'Mute');
    await eventually(async () => expect(await rowOf(anasPage, 'Leo Marín').locator('.row-line svg').count()).toBe(1));
    await actOnChat(anasPage, 'Mark as spam');
    await anasPage.getByRole('dialog').getByRole('button', { name: 'Mark as spam' }).click();
    await eventually(async () => expect(await anasPage.locator('.row').count()).toBe(0));
    await anasPage.getByRole('link', { name: 'Spam' }).click();
    await openChat(anasPage, 'Leo Marín');
    await anasPage.getByRole('button', { name: 'Not spam' }).click();
    await rowOf(anasPage, 'Leo Marín').waitFor();
    await actOnChat(anasPage, /Block/);
    await leosPage.locator('.chat-head').getByText('Online').waitFor();
    await leosPage.getByRole('textbox', { name: 'Write a message' }).pressSequentially('Are');
    await anasPage.locator('.typing-line').getByText('Leo Marín is typing…').waitFor();
    await anasPage.getByRole('dialog').getByRole('button', { name: /Block/ }).click();
    await anasPage.getByText('You blocked Leo Marín.').waitFor();
    expect(await anasPage.getByRole('textbox', { name: 'Write a message' }).count()).toBe(0);
    for (const page of [anasPage, leosPage]) await page.locator('.chat-head').getByText('Offline').waitFor();
    await eventually(async () => expect(await anasPage.locator('.typing-line').textContent()).toBe(''));
    await write(leosPage, 'Are you there?');
    await leosPage.getByText(/Not sent: Nothing can be sent here/).waitFor();
    await rowOf(leosPage, 'Ana Prado').getByText('Not sent: Are you there?').waitFor();
    await leosPage.getByRole('button', { name: 'Discard' }).click();
    await anasPage.getByRole('button', { name: 'Unblock' }).click();
    for (const page of [anasPage, leosPage]) await page.locator('.chat-head').getByText('Online').waitFor();
    await eventually(async () => {
      await write(leosPage, 'There you are');
      expect(await messageWith(anasPage, 'There you are').count()).toBe(1);
    });
  });

  it('complain of nothing', () => {
    expect(world.complaints).toEqual([]);
  });
});
