import { ConversationFeedDocument, MessageAddDocument } from '../../src/generated/operations.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import { rest } from '../support/rest.js';
import { TestSocket } from '../support/socket-io.js';
import type { Person } from '../support/wire-person.js';

const form = { 'content-type': 'application/x-www-form-urlencoded' };

/** The page of old: it logs in by its form and has nothing but the cookie. */
async function openPage(url: string, { username, password }: Person): Promise<TestSocket> {
  const body = new URLSearchParams({ username, password }).toString();
  const { headers } = await rest(url, 'POST //login', { body, headers: form });
  expect(headers.get('location')).toBe('/index');
  const [, token] = /sid=([^;]+)/.exec(headers.get('set-cookie') ?? '') ?? [];
  return TestSocket.old(url, token).welcomed();
}

/** Asks again and again for what has come since it last asked. */
class Poller {
  readonly heard: string[] = [];
  private seq = 1;

  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly conversationId: string,
  ) {}

  async poll(): Promise<void> {
    const at = `GET /conversations/${this.conversationId}/events?first=200&after=${this.seq}`;
    const { body } = await rest(this.url, at, { token: this.token });
    for (const { seq, message } of body.data as { seq: number; message: { content: string } }[]) {
      this.seq = seq;
      this.heard.push(message.content);
    }
  }
}

describe('a page of old beside clients of today', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startChatset();
  });
  afterAll(() => server.stop());

  it('sees what they send at the same time, and they what it sends: once, in one order', async () => {
    const { url } = server;
    const [ana, leo, eva, rui] = await server.people('ana', 'leo', 'eva', 'rui');
    const group = { title: 'Plaza', userIds: [leo.id, eva.id, rui.id] };
    const made = await rest(url, 'POST /groups', { token: ana.token, body: group });
    const { id } = made.body.data as { id: string };

    const page = await openPage(url, ana);
    const [first] = page.of('conversation list') as [{ _id: string; title_conversation: string }[]];
    expect(first).toMatchObject([{ _id: id, title_conversation: 'Plaza' }]);
    await eventually(() => expect(page.transport).toBe('websocket'));
    page.tell('conversation open', id);
    expect(await page.first('message list')).toEqual([]);

    const graphql = await leo.follow(ConversationFeedDocument, {});
    const modern = await TestSocket.modern(url, eva.token).welcomed();
    const poller = new Poller(url, rui.token, id);
    const rounds = 20;
    const sent: Promise<unknown>[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const say = (who: string): string => `${who} ${round}`;
      const old = { file_path: say('page'), message_type: 'simple', conversation: id };
      page.tell('new message', { content: say('page'), ...old });
      sent.push(
        modern.ask('message add', { conversationId: id, content: say('modern') }),
        rest(url, `POST /conversations/${id}/messages`, { token: rui.token, body: { content: say('rest') } }),
        leo.run(MessageAddDocument, { input: { conversationId: id, content: say('graphql') } }),
      );
      if (round % 4 === 0) await poller.poll();
    }
    await Promise.all(sent);

    await eventually(async () => {
      await poller.poll();
      expect(poller.heard).toHaveLength(4 * rounds);
    });
    const polled = await rest(url, `GET /conversations/${id}/messages?first=200`, { token: rui.token });
    const log = (polled.body.data as { content: string }[]).map(({ content }) => content);
    expect(new Set(log).size).toBe(4 * rounds);
    expect(poller.heard).toEqual(log);
    const others = (own: string) => log.filter((content) => !content.startsWith(own));
    const heard = (socket: TestSocket, event: string) =>
      (socket.of(event) as { content: string }[]).map(({ content }) => content);
    const ofFeed = () =>
      graphql.items.flatMap(({ conversationFeed: item }) =>
        item.__typename === 'ConversationEvent' && item.message ? [item.message.content] : [],
      );
    await eventually(() => expect(heard(page, 'new message')).toEqual(others('page')));
    await eventually(() => expect(heard(modern, 'message add')).toEqual(others('modern')));
    expect(heard(modern, 'new message')).toEqual(others('modern'));
    await eventually(() => expect(ofFeed()).toEqual(log));
    for (const socket of [page, modern]) socket.close();
  });
});
