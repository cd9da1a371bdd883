import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { buildDirect, buildGroup, say } from '../support/builders.js';
import { describeInBrowser, faultsOf, openBrowser } from '../support/browser.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';

jest.setTimeout(90_000);

describeInBrowser('the playground', () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    server = await startChatset({ INTROSPECTION: 'off' });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });
  beforeEach(async () => {
    page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    page.setDefaultTimeout(30_000);
    faults = faultsOf(page, server.url);
    await page.goto(`${server.url}/playground`);
    await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  });
  afterEach(() => page.context().close());

  async function enter(way: 'Log in' | 'Register', username: string, password: string): Promise<void> {
    await page.getByLabel('Username').fill(username);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: way }).click();
  }

  /** Runs a document in a tab of its own. */
  async function run(document: string): Promise<void> {
    await page.getByRole('button', { name: 'New tab' }).click();
    const editor = page.locator('.graphiql-query-editor .view-lines').first();
    // The editor takes its time to turn to the new tab; what is typed before goes into the old one.
    await eventually(async () => {
      await editor.click();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.insertText(document);
      expect((await editor.innerText()).replaceAll('\u00a0', ' ')).toContain(document.slice(0, 12));
    }, 30_000);
    await page.getByRole('button', { name: 'Execute query' }).click();
  }

  /** Waits until a text stands in the answer; the editor writes spaces as other characters. */
  async function answered(text: string): Promise<void> {
    await page.locator('.result-window', { hasText: text }).waitFor();
  }

  it('registers, runs a query, and shows what a subscription delivers', async () => {
    const [leo] = await server.people('leo');
    await enter('Register', 'ana', 'correct horse battery');
    await page.getByText('Logged in as ana').waitFor();
    // Who has just logged in gets a new editor; what was typed into the one before is gone.
    await eventually(async () => {
      await run('{ me { id username } }');
      await page.locator('.result-window', { hasText: '"ana"' }).waitFor({ timeout: 5_000 });
    }, 60_000);
    const [, id = ''] = /"id":\s*"([0-9a-f]{24})"/.exec(await page.locator('.result-window').innerText()) ?? [];
    await run('subscription { conversationFeed { __typename ... on ConversationEvent { message { content } } } }');
    await answered('FeedCaughtUp');
    await say(leo, await buildDirect(leo, { id }), 'Hola');
    await answered('Hola');
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByLabel('Username').waitFor();
    expect(faults).toEqual([]);
  });

  it('says why somebody could not be logged in', async () => {
    await enter('Log in', 'nobody', 'wrong horse battery');
    await page.getByRole('alert').filter({ hasText: 'The username or the password is wrong.' }).waitFor();
    await page.getByLabel('Username').waitFor();
  });

  it('has a tab named after each file, which it keeps, and completes from the schema without introspection', async () => {
    const tabs = page.getByRole('tab').getByRole('button');
    for (const name of ['Contacts', 'Conversations', 'Messages', 'Old clients', 'Users']) {
      await tabs.filter({ hasText: new RegExp(`^${name}$`) }).click();
    }
    await page.locator('.graphiql-query-editor .view-line', { hasText: 'Users' }).first().click();
    await page.keyboard.press('End');
    await tabs.filter({ hasText: /^Users$/ }).waitFor();
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.getByRole('link', { name: 'Query', exact: true }).click();
    await page.getByRole('link', { name: 'conversations', exact: true }).waitFor();
    expect(faults).toEqual([]);
  });

  it('keeps its editors inside their card on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await eventually(async () => {
      const card = await page.locator('.graphiql-editors').boundingBox();
      const variables = await page.locator('.graphiql-editor-tool .view-line').first().boundingBox();
      const bottom = (card?.y ?? 0) + (card?.height ?? 0);
      expect((variables?.y ?? Infinity) + (variables?.height ?? 0)).toBeLessThan(bottom);
    });
  });

  it('gives who is logged in variables with ids of its own, with which operations can be run', async () => {
    const [leo, mia] = await server.people('leo', 'mia');
    const group = await buildGroup(mia, [leo], 'Harbour walk');
    await page.context().addCookies([{ name: 'sid', value: leo.token, url: server.url, httpOnly: true }]);
    await page.reload();
    await page.getByText(`Logged in as ${leo.username}`).waitFor();
    await page.locator('.graphiql-editor-tool .view-line', { hasText: 'contactUserAddInput' }).first().waitFor();
    await page.getByRole('tab').getByRole('button', { name: 'Groups' }).click();
    await page.locator('.graphiql-editor-tool .view-line', { hasText: group }).first().waitFor();
    await page.getByRole('button', { name: 'Execute query' }).click();
    await page.getByRole('menuitem', { name: 'GroupUsers' }).click();
    await answered(mia.id);
    await page.getByRole('tab').getByRole('button', { name: 'Messages' }).click();
    await page.getByRole('button', { name: 'Execute query' }).click();
    await page.getByRole('menuitem', { name: 'MessageAdd', exact: true }).click();
    await answered('"content": "Hola"');
    expect(faults).toEqual([]);
  });
});
