import {
  ConversationEventsDocument,
  ConversationFeedDocument,
  GroupUserRemoveDocument,
  MessageAddedDocument,
  MessageReactDocument,
} from '../../src/generated/operations.js';
import { buildDirect, buildGroup, say, sayAll } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import { eventsOf, type FeedRecording, told } from '../support/feeds.js';
import type { Person } from '../support/wire-person.js';

const unknownId = 'f'.repeat(24);

describe('resuming', () => {
  let server: TestServer;
  let ana: Person;
  let luis: Person;
  let eva: Person;

  beforeAll(async () => {
    server = await startChatset();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    [ana, luis, eva] = await server.people('ana', 'luis', 'eva');
  });

  const feedOf = (person: Person, known?: { conversationId: string; seq: number }[]) =>
    person.follow(ConversationFeedDocument, { known });
  const expectTold = (feed: FeedRecording, expected: string[]) =>
    eventually(() => expect(told(feed)).toEqual(expected));

  describe('of somebody who comes back', () => {
    it('gives what was missed, once and in order, then goes live', async () => {
      const direct = await buildDirect(ana, luis);
      await sayAll(ana, direct, ['uno', 'dos', 'tres']);
      const feed = await feedOf(luis, [{ conversationId: direct, seq: 1 }]);
      await say(ana, direct, 'cuatro');
      await eventually(() =>
        expect(eventsOf(feed).map(({ message }) => message!.content)).toEqual(['dos', 'tres', 'cuatro']),
      );
      expect(told(feed).indexOf('FeedCaughtUp')).toBeGreaterThanOrEqual(2);
    });

    it('resets what it did not know, what it cannot continue, and lets go of what is gone', async () => {
      const known = await buildDirect(ana, luis);
      const forgotten = await buildDirect(eva, luis);
      await sayAll(ana, known, ['a', 'b']);
      const ahead = await buildGroup(luis, [ana]);
      const feed = await feedOf(luis, [
        { conversationId: known, seq: 2 },
        { conversationId: ahead, seq: 99 },
        { conversationId: unknownId, seq: 5 },
      ]);
      await eventually(() => expect(told(feed)).toContain('FeedCaughtUp'));
      const remarks = feed.items.map(({ conversationFeed: item }) => ({ ...item }));
      expect(remarks).toEqual(
        expect.arrayContaining([
          { __typename: 'FeedReset', conversationId: forgotten, firstSeq: 1, lastSeq: 0 },
          { __typename: 'FeedReset', conversationId: ahead, firstSeq: 1, lastSeq: 1 },
          { __typename: 'FeedLeft', conversationId: unknownId },
        ]),
      );
      expect(remarks).toHaveLength(4);
    });

    it('resets who is more than 1,000 entries behind; the rest is paged', async () => {
      const group = await buildGroup(ana, [luis]);
      for (let batch = 0; batch < 11; batch++) {
        await Promise.all(Array.from({ length: 100 }, (_, at) => say(ana, group, `${batch}-${at}`)));
      }
      const feed = await feedOf(luis, [{ conversationId: group, seq: 1 }]);
      await expectTold(feed, ['FeedReset', 'FeedCaughtUp']);
      expect(feed.items[0]!.conversationFeed).toMatchObject({ firstSeq: 1, lastSeq: 1_101 });
      const near = await feedOf(luis, [{ conversationId: group, seq: 101 }]);
      await eventually(() =>
        expect(eventsOf(near).map(({ seq }) => seq)).toEqual(Array.from({ length: 1_000 }, (_, at) => at + 102)),
      );
      const paged: number[] = [];
      while (paged.at(-1) !== 1_101) {
        const variables = { conversationId: group, after: paged.at(-1) ?? 1, first: 200 };
        const { events } = (await luis.run(ConversationEventsDocument, variables)).conversationEvents;
        paged.push(...events.map(({ seq }) => seq));
      }
      expect(paged).toEqual(Array.from({ length: 1_100 }, (_, at) => at + 2));
    }, 60_000);

    it.each([
      ['a negative seq', [{ conversationId: unknownId, seq: -1 }]],
      ['a conversation twice', [1, 2].map((seq) => ({ conversationId: unknownId, seq }))],
    ])('refuses %s', async (_what, known) => {
      const feed = await feedOf(luis, known);
      expect(await feed.end()).toEqual([
        expect.objectContaining({ extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }) as object }),
      ]);
    });
  });

  describe('messageAdded', () => {
    it('resumes one conversation after a seq, without other entries', async () => {
      const group = await buildGroup(ana, [luis]);
      const { id } = await say(ana, group, 'a');
      await ana.run(MessageReactDocument, { input: { messageId: id, emoji: '👍', on: true } });
      await sayAll(ana, group, ['b', 'c']);
      const messages = await luis.follow(MessageAddedDocument, { conversationId: group, after: 2 });
      await say(luis, group, 'd');
      const items = await messages.until(3);
      expect(items.map(({ messageAdded }) => messageAdded.content)).toEqual(['b', 'c', 'd']);
    });

    it('ends when the viewer is removed', async () => {
      const group = await buildGroup(ana, [luis]);
      const messages = await luis.follow(MessageAddedDocument, { conversationId: group });
      await ana.run(GroupUserRemoveDocument, { input: { groupId: group, userId: luis.id } });
      expect(await messages.end()).toBe(true);
    });

    it.each([
      ['NOT_FOUND', 'somebody else’s conversation', async () => ({ conversationId: await buildDirect(ana, eva) })],
      ['BAD_USER_INPUT', 'a seq without a conversation', () => Promise.resolve({ after: 3 })],
      ['BAD_USER_INPUT', 'a negative seq', async () => ({ conversationId: await buildDirect(ana, luis), after: -1 })],
    ])('is refused with %s for %s', async (code, _what, variables) => {
      const messages = await luis.follow(MessageAddedDocument, await variables());
      expect(await messages.end()).toEqual([
        expect.objectContaining({ extensions: expect.objectContaining({ code }) as object }),
      ]);
    });
  });
});
