import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { World } from './support/world.js';

interface Words {
  readonly locale: string;
  readonly toRegister: RegExp;
  readonly register: string;
  readonly labels: readonly [username: string, password: string, mail: RegExp];
  readonly missing: string;
  readonly tooShort: string;
  readonly noMail: string;
}

const languages: readonly Words[] = [
  {
    locale: 'en-US',
    toRegister: /No account yet/,
    register: 'Register',
    labels: ['Username', 'Password', /^Mail/],
    missing: 'Fill this in.',
    tooShort: 'Use 8 to 128 characters.',
    noMail: 'That is no mail address. Write it like ana@example.org.',
  },
  {
    locale: 'es-ES',
    toRegister: /¿Sin cuenta/,
    register: 'Registrarse',
    labels: ['Usuario', 'Contraseña', /^Correo/],
    missing: 'Rellena este campo.',
    tooShort: 'Usa de 8 a 128 caracteres.',
    noMail: 'Eso no es un correo. Escríbelo como ana@example.org.',
  },
];

describeInBrowser('forms', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.begin();
  });
  afterAll(() => world.end());

  /** Waits until the field with the focus is marked, and a sentence of the page describes it. */
  const expectWrong = async (page: Page, name: string, sentence: string): Promise<void> => {
    const field = page.locator(`[name="${name}"]:focus`);
    await eventually(async () => {
      expect(await field.getAttribute('aria-invalid', { timeout: 500 })).toBe('true');
      const below = await field.getAttribute('aria-describedby');
      expect(await page.locator(`[id="${below}"]`).innerText()).toBe(sentence);
    });
  };

  describe.each(languages)('in $locale', ({ locale, toRegister, register, labels, ...sentences }) => {
    const [username, password, mail] = labels;
    let page: Page;

    beforeAll(async () => {
      page = await world.open(undefined, { locale });
      await page.getByRole('button', { name: toRegister }).click();
    });

    it('say in the words of the page what is missing, and go to it', async () => {
      await page.getByRole('button', { name: register, exact: true }).click();
      await expectWrong(page, 'username', sentences.missing);
      expect(await page.getByText(sentences.missing).count()).toBe(2);
      await page.getByLabel(username).fill('  ');
      await page.getByRole('button', { name: register, exact: true }).click();
      await expectWrong(page, 'username', sentences.missing);
      await page.getByLabel(username).fill('eva');
      expect(await page.getByLabel(username).getAttribute('aria-invalid')).toBeNull();
    });

    it('say what is too short, and what is no mail address', async () => {
      await page.getByLabel(password).pressSequentially('short');
      await page.getByRole('button', { name: register, exact: true }).click();
      await expectWrong(page, 'password', sentences.tooShort);
      await page.getByLabel(password).fill('correct horse battery');
      for (const wrong of ['eva', 'eva@home']) {
        await page.getByLabel(mail).fill(wrong);
        await page.getByRole('button', { name: register, exact: true }).click();
        await expectWrong(page, 'mail', sentences.noMail);
      }
    });
  });

  it('keep the focus on the button that sent them when they are refused', async () => {
    const page = await world.open();
    await page.getByLabel('Username').fill('nobody');
    await page.getByLabel('Password').fill('wrong horse battery');
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    await page.getByText('The username or the password is wrong.').waitFor();
    expect(await page.locator('button[type="submit"]:focus').count()).toBe(1);
  });

  it('leave nothing to the words of the browser, wherever somebody fills in something', async () => {
    const ana = await world.register('ana', 'Ana Prado');
    await world.register('mia', 'Mia Okafor');
    const page = await world.open(ana, { locale: 'es-ES' });
    await page.getByRole('button', { name: 'Conversación nueva' }).first().click();
    await page.getByRole('button', { name: 'Grupo nuevo' }).click();
    await page.getByRole('button', { name: 'Crear grupo' }).click();
    await expectWrong(page, 'title', 'Rellena este campo.');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Ajustes' }).click();
    await page.getByLabel('Correo').fill('ana');
    await page.getByRole('button', { name: 'Guardar' }).click();
    await expectWrong(page, 'mail', 'Eso no es un correo. Escríbelo como ana@example.org.');
    await page.getByRole('button', { name: 'Cambiar contraseña' }).click();
    await expectWrong(page, 'currentPassword', 'Rellena este campo.');
    await page.getByRole('button', { name: 'Borrar mi cuenta' }).click();
    await page.getByRole('button', { name: 'Borrar para siempre' }).click();
    await expectWrong(page, 'password', 'Rellena este campo.');
    expect(world.complaints.filter((line) => !/40[01]/.test(line))).toEqual([]);
  });
});
