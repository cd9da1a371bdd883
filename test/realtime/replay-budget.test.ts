import { jest } from '@jest/globals';
import { ConversationFeedDocument } from '../../src/generated/operations.js';
import { buildGroup, fillLog } from '../support/builders.js';
import { eventually } from '../support/eventually.js';
import { startChatset, type TestServer } from '../support/chatset.js';

jest.setTimeout(60_000);

describe('a feed that is behind in many conversations', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startChatset();
  });
  afterAll(() => server.stop());

  it('is replayed 5,000 entries at most, those of the conversations that were active last', async () => {
    const [ana] = await server.people('ana');
    const { collections } = server.app;
    const groups: string[] = [];
    for (let age = 0; age < 6; age += 1) {
      const conversationId = await buildGroup(ana, [], `g${age}`);
      groups.push(conversationId);
      await fillLog(collections, ana, { conversationId, first: 2, count: 900 });
      const updatedAt = new Date(Date.now() - age * 60_000);
      await collections.conversations.updateMany({ _id: conversationId }, { $set: { updatedAt } });
    }
    const known = groups.map((conversationId) => ({ conversationId, seq: 1 }));
    const feed = await ana.follow(ConversationFeedDocument, { known });
    await eventually(() => expect(feed.items.length).toBeGreaterThanOrEqual(5 * 900 + 2), 40_000);
    const items = feed.items.map(({ conversationFeed }) => conversationFeed);
    const resets = items.filter(({ __typename }) => __typename === 'FeedReset');
    expect(resets).toMatchObject([{ conversationId: groups[5], firstSeq: 1, lastSeq: 901 }]);
    expect(items.filter(({ __typename }) => __typename === 'ConversationEvent')).toHaveLength(4_500);
  });
});
