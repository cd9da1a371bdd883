import { MessagesDocument } from '../../src/generated/operations.js';
import { describeInBrowser } from '../support/browser.js';
import { openChat, write } from './support/chat-page.js';
import { World } from './support/world.js';

describeInBrowser('very many messages at once', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.begin({ RATE_LIMITS: 'on' });
  });
  afterAll(() => world.end());

  it('wait with a quiet word while the server holds them back, and arrive in their order', async () => {
    const [ana, leo] = [await world.register('ana', 'Ana Prado'), await world.register('leo', 'Leo Marín')];
    const chat = await leo.chatWith(ana);
    await leo.say(chat, 'go on');
    const page = await world.open(ana);
    await openChat(page, 'Leo Marín');
    const isRefused = async () =>
      (await Promise.all(Array.from({ length: 50 }, () => ana.say(chat, 'and').then(ok, refused)))).includes(false);
    while (!(await isRefused()));
    const end = new AbortController();
    const elsewhere = (async () => {
      while (!end.signal.aborted) await isRefused();
    })();
    const said = ['one', 'two', 'three', 'four', 'five'];
    for (const text of said) await write(page, text);
    const word = page.locator('.typing-line').getByText('Very many at once: the rest is sent in a moment.');
    await word.waitFor();
    end.abort();
    await elsewhere;
    await word.waitFor({ state: 'detached' });
    const { messages } = await leo.client.request(MessagesDocument, { conversationId: chat, last: 200 });
    const arrived = messages.edges.map(({ node }) => node.content);
    expect(arrived.filter((content) => said.includes(content))).toEqual(said);
    expect(await page.getByText(/Not sent/).count()).toBe(0);
  });
});

const ok = (): boolean => true;
const refused = (): boolean => false;
