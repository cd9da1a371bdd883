import { ConversationEventsDocument, ConversationFeedDocument } from '../../src/generated/operations.js';
import { buildGroup, say } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import { eventsOf, told } from '../support/feeds.js';
import { lengthen } from '../support/long-log.js';
import type { Person } from '../support/wire-person.js';

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

describe('a follower that was away for long', () => {
  let server: TestServer;
  let ana: Person;
  let luis: Person;
  let group: string;
  beforeAll(async () => {
    server = await startChatset();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    [ana, luis] = await server.people('ana', 'luis');
    group = await buildGroup(ana, [luis]);
  });

  const feedFrom = (seq: number) => luis.follow(ConversationFeedDocument, { known: [{ conversationId: group, seq }] });

  it('is told to page when it is 10,000 behind, and is live meanwhile', async () => {
    await lengthen(server.app, group, 10_000);
    const feed = await feedFrom(1);
    await eventually(() => expect(told(feed)).toEqual(['FeedReset', 'FeedCaughtUp']));
    expect(feed.items[0]!.conversationFeed).toMatchObject({ firstSeq: 1, lastSeq: 10_001 });
    await say(ana, group, 'en directo');
    const seqs = [1];
    while (seqs.at(-1)! < 10_001) {
      const variables = { conversationId: group, after: seqs.at(-1)!, before: 10_002, first: 200 };
      const { events } = (await luis.run(ConversationEventsDocument, variables)).conversationEvents;
      seqs.push(...events.map(({ seq }) => seq));
    }
    expect(seqs).toEqual(numbers(1, 10_001));
    await eventually(() => expect(told(feed).slice(2)).toEqual(['MESSAGE_ADDED 10002']));
  }, 60_000);

  it('gets all 900 that it missed, then is live, while fifty messages a second arrive', async () => {
    await lengthen(server.app, group, 900);
    const sending = sendSteadily(ana, group, { perSecond: 50, seconds: 3 });
    const feed = await feedFrom(1);
    await sending;
    await eventually(() => expect(eventsOf(feed).at(-1)?.seq).toBe(1_051));
    expect(eventsOf(feed).map(({ seq }) => seq)).toEqual(numbers(2, 1_051));
    const caughtUp = told(feed).indexOf('FeedCaughtUp');
    expect(caughtUp).toBeGreaterThanOrEqual(900);
    expect(told(feed).filter((item) => !item.startsWith('MESSAGE_ADDED'))).toEqual(['FeedCaughtUp']);
  }, 60_000);
});

/** Begins a send at a steady pace, whether or not the ones before have been answered. */
async function sendSteadily(person: Person, conversationId: string, pace: { perSecond: number; seconds: number }) {
  const sends: Promise<unknown>[] = [];
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      sends.push(say(person, conversationId, `en directo ${sends.length}`));
      if (sends.length < pace.perSecond * pace.seconds) return;
      clearInterval(timer);
      resolve();
    }, 1_000 / pace.perSecond);
  });
  await Promise.all(sends);
}
