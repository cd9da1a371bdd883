import { parse } from 'graphql';
import { ConversationFeedDocument, MessageAddedDocument } from '../../src/generated/operations.js';
import { buildDirect, say } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';

describe('a follower that claims more than the log holds', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startChatset();
  });
  afterAll(() => server.stop());

  it('is refused by a resumed view, which says what there is', async () => {
    const [ana, luis] = await server.people('ana', 'luis');
    const conversationId = await buildDirect(ana, luis);
    await say(luis, conversationId, 'uno');
    const view = await ana.follow(MessageAddedDocument, { conversationId, after: 50 });
    expect(await view.end()).toMatchObject([
      { message: 'after: must be at most 1, the newest of the conversation', extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  it('is refused when it writes what it knows into the document', async () => {
    const [ana] = await server.people('ana');
    const query = 'subscription { conversationFeed(known: [{ conversationId: "x", seq: 1 }]) { __typename } }';
    const feed = await ana.follow(parse(query), {});
    expect(await feed.end()).toMatchObject([
      {
        message: 'Argument "known" must be given as a variable, such as conversationFeed(known: $known).',
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });

  it('is told by the feed to start anew, and is live then', async () => {
    const [ana, luis] = await server.people('ana', 'luis');
    const conversationId = await buildDirect(ana, luis);
    await say(luis, conversationId, 'uno');
    const feed = await ana.follow(ConversationFeedDocument, { known: [{ conversationId, seq: 50 }] });
    await feed.until(2);
    await say(luis, conversationId, 'dos');
    expect((await feed.until(3)).map(({ conversationFeed }) => conversationFeed)).toMatchObject([
      { __typename: 'FeedReset', conversationId, lastSeq: 1 },
      { __typename: 'FeedCaughtUp' },
      { __typename: 'ConversationEvent', seq: 2 },
    ]);
  });
});
