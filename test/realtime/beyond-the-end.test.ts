import { jest } from '@jest/globals';
import { parse, print } from 'graphql';
import {
  ConversationFeedDocument,
  type ConversationFeedSubscription,
  MessageAddedDocument,
} from '../../src/generated/operations.js';
import { buildDirect, say } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import { Recording } from '../support/recording.js';

jest.setTimeout(60_000);

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
      { message: 'after: must be at most 1, the newest of the conversation.', extensions: { code: 'BAD_USER_INPUT' } },
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

  it('is refused when it writes an id in capital letters, which is not how the server writes it', async () => {
    const [ana, luis] = await server.people('ana', 'luis');
    const conversationId = await buildDirect(ana, luis);
    for (const known of [
      [{ conversationId: conversationId.toUpperCase(), seq: 0 }],
      [
        { conversationId, seq: 0 },
        { conversationId: conversationId.toUpperCase(), seq: 0 },
      ],
    ]) {
      const feed = await ana.follow(ConversationFeedDocument, { known });
      expect(await feed.end()).toMatchObject([
        {
          message: 'known: a conversation id must be written as the server gives it, without capital letters.',
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ]);
    }
  });

  it('leaves time for others while it is told of 10,000 conversations that are not there', async () => {
    const [ana] = await server.people('ana');
    const known = Array.from({ length: 10_000 }, (_, at) => ({
      conversationId: at.toString(16).padStart(24, '0'),
      seq: 1,
    }));
    const feed = new Recording<ConversationFeedSubscription>(ana.connect(), {
      query: print(ConversationFeedDocument),
      variables: { known },
    });
    await eventually(() => expect(feed.items.length).toBeGreaterThan(0));
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect(feed.items.length).toBeLessThan(known.length);
    await eventually(() => expect(feed.items).toHaveLength(known.length + 1), 40_000);
    const kinds = feed.items.map(({ conversationFeed }) => conversationFeed.__typename);
    expect([kinds[0], kinds.at(-1)]).toEqual(['FeedLeft', 'FeedCaughtUp']);
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
