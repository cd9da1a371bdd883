import { expect as expectPage } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { eventually } from '../../support/eventually.js';

/** The row of a conversation in the list. */
export function rowOf(page: Page, title: string): Locator {
  return page.locator('.row', { has: page.locator('.row-title', { hasText: title }) });
}

export async function openChat(page: Page, title: string): Promise<void> {
  await rowOf(page, title).click();
  await page.locator('#chat-title', { hasText: title }).waitFor();
}

export async function write(page: Page, content: string): Promise<void> {
  await page.getByRole('textbox', { name: /Write a message|Escribe un mensaje/ }).fill(content);
  await page.keyboard.press('Enter');
}

/** The message that has this text. */
export function messageWith(page: Page, content: string): Locator {
  return page.locator('.message', { has: page.locator('.bubble-text', { hasText: content }) }).last();
}

/** What the messages that are drawn say, from above to below. */
export async function textsOf(page: Page): Promise<readonly string[]> {
  const drawn = await page.locator('.timeline-scroll li').evaluateAll((lines) =>
    (
      lines as unknown as {
        dataset: { index: string };
        querySelector: (path: string) => { textContent: string } | null;
      }[]
    )
      .map((line) => ({ index: Number(line.dataset.index), text: line.querySelector('.bubble-text')?.textContent }))
      .filter(({ text }) => text !== undefined),
  );
  return drawn.sort((one, other) => one.index - other.index).map(({ text }) => text ?? '');
}

/** Waits until the messages that are drawn are these, each once, in this order. */
export async function expectTexts(page: Page, texts: readonly string[]): Promise<void> {
  await eventually(async () => expectPage(await textsOf(page)).toEqual(texts));
}

/** Chooses an action of a message. */
export async function act(page: Page, content: string, action: RegExp | string): Promise<void> {
  const message = messageWith(page, content);
  await message.hover();
  await message.getByRole('button', { name: /More actions|Más acciones/ }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

/** Chooses an action of the conversation. */
export async function actOnChat(page: Page, action: RegExp | string): Promise<void> {
  await page
    .locator('.chat-head')
    .getByRole('button', { name: /More actions|Más acciones/ })
    .click();
  await page.getByRole('menuitem', { name: action }).click();
}

/** Waits until nothing is being loaded. */
export async function settled(page: Page): Promise<void> {
  await eventually(async () => expectPage(await page.locator('.loading').count()).toBe(0));
}

/** Waits until a message stands whole between the upper and the lower edge of the timeline. */
export async function expectInSight(page: Page, content: string): Promise<void> {
  await eventually(async () => {
    const around = await page.getByTestId('timeline').boundingBox();
    const box = await messageWith(page, content).boundingBox({ timeout: 1_000 });
    expectPage(around && box && box.y >= around.y && box.y + box.height <= around.y + around.height).toBe(true);
  }, 10_000);
}

/** Does something that a page does not hear of, for its line is cut. */
export async function meanwhile(page: Page, act: () => Promise<unknown>): Promise<void> {
  await page.context().setOffline(true);
  await page.getByText(/No connection\./).waitFor();
  await act();
  await page.context().setOffline(false);
}
