import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { describeInBrowser } from '../support/browser.js';
import { messageWith, openChat, rowOf, textsOf } from './support/chat-page.js';
import type { Guest } from './support/guest.js';
import { World } from './support/world.js';

const total = 10_000;
const atOnce = 200;

describeInBrowser('ten thousand messages', () => {
  let world: World;
  let leo: Guest;
  let chat: string;
  let page: Page;

  beforeAll(async () => {
    world = await World.begin();
    const ana = await world.register('ana', 'Ana Prado');
    leo = await world.register('leo', 'Leo Marín');
    chat = await leo.chatWith(ana);
    const first = await leo.say(chat, 'message 1');
    for (let said = 1; said < total - 1; said += atOnce) {
      const numbers = Array.from({ length: Math.min(atOnce, total - 1 - said) }, (_nothing, at) => said + at + 1);
      await Promise.all(numbers.map((number) => leo.say(chat, `message ${number}`)));
    }
    await leo.answer(first.id, `message ${total}`);
    page = await world.open(ana);
  }, 180_000);
  afterAll(() => world.end());

  const scroller = () => page.getByTestId('timeline');
  /** Seqs of the drawn messages, from above to below. */
  const seqs = () =>
    page
      .locator('.message[data-seq]')
      .evaluateAll((drawn) =>
        (drawn as unknown as { dataset: { seq: string } }[]).map(({ dataset }) => Number(dataset.seq)),
      )
      .then((found) => found.sort((one, other) => one - other));

  it('draw only what is in sight, and begin where the unread begins', async () => {
    await openChat(page, 'Leo Marín');
    await messageWith(page, 'message 1').first().waitFor();
    expect((await seqs()).length).toBeLessThan(100);
  });

  it('lead to the newest, and from a quote to a message far away', async () => {
    await page.getByRole('button', { name: 'To the newest message' }).click();
    await messageWith(page, `message ${total}`).waitFor();
    await messageWith(page, `message ${total}`)
      .getByRole('button', { name: /Go to the message/ })
      .click();
    await page.locator('.message[data-flashed="true"][data-seq="1"]').waitFor();
  });

  it('are scrolled smoothly in both directions, without a hole', async () => {
    const still = await scrollThrough(page, 0, 20);
    const down = await scrollThrough(page, 1_400, 40);
    await eventually(async () => expect((await seqs())[0]).toBeGreaterThan(300));
    await expectNoHole();
    const up = await scrollThrough(page, -1_400, 20);
    await expectNoHole();
    console.info(
      `Frames: ${down.median} ms down, ${up.median} ms up, ${still.median} ms at rest (median); ` +
        `${down.p95}, ${up.p95} and ${still.p95} ms (p95).`,
    );
    // Against frames of the same machine at rest: it may be busy with something else.
    expect(Math.max(down.median, up.median)).toBeLessThan(2 * still.median);
    expect(Math.max(down.p95, up.p95)).toBeLessThan(Math.max(100, 4 * still.p95));
  });

  it('hold the place of a reader while new ones come', async () => {
    const before = await scroller().evaluate((element) => (element as unknown as { scrollTop: number }).scrollTop);
    const shown = await seqs();
    await leo.say(chat, 'one more');
    await rowOf(page, 'Leo Marín').getByText('one more').waitFor();
    expect(await seqs()).toEqual(shown);
    expect(await scroller().evaluate((element) => (element as unknown as { scrollTop: number }).scrollTop)).toBe(
      before,
    );
    await page.getByRole('button', { name: 'To the newest message' }).click();
    await messageWith(page, 'one more').waitFor();
    expect((await textsOf(page)).slice(-2)).toEqual([`message ${total}`, 'one more']);
  });

  it('load further back when one scrolls up from the newest', async () => {
    await scroller().hover();
    const wheeled = total - 1_000;
    await eventually(async () => {
      await page.mouse.wheel(0, -1_200);
      expect((await seqs())[0]).toBeLessThan(wheeled);
    }, 30_000);
    await expectNoHole();
    await eventually(async () => {
      await scroller().evaluate((element) => ((element as unknown as { scrollTop: number }).scrollTop = 0));
      expect((await seqs())[0]).toBeLessThan(wheeled - 500);
    }, 30_000);
    await expectNoHole();
    expect(world.complaints).toEqual([]);
  });

  async function expectNoHole(): Promise<void> {
    await eventually(async () => {
      const drawn = await seqs();
      expect(drawn).toEqual(drawn.map((_seq, at) => (drawn[0] ?? 0) + at));
    });
  }
});

interface Pace {
  readonly median: number;
  readonly p95: number;
}

/** Scrolls a step every second frame, as fast as a wheel turns, and measures the time between frames, in milliseconds. */
async function scrollThrough(page: Page, step: number, steps: number): Promise<Pace> {
  const gaps = await page.evaluate<number[]>(`(async () => {
    const scroller = document.querySelector('[data-testid="timeline"]');
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const gaps = [];
    let last = await frame();
    for (let turn = 0; turn < ${steps}; turn += 1) {
      scroller.scrollBy(0, ${step});
      for (let rest = 0; rest < 2; rest += 1) {
        const time = await frame();
        gaps.push(time - last);
        last = time;
      }
    }
    return gaps;
  })()`);
  const sorted = gaps.sort((one, other) => one - other);
  const at = (part: number): number => Math.round(sorted[Math.floor((sorted.length - 1) * part)] ?? 0);
  return { median: at(0.5), p95: at(0.95) };
}
