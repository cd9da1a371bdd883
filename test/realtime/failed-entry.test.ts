import { ConversationFeedDocument, UserUpdateDocument } from '../../src/generated/operations.js';
import { buildGroup, say } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import { eventsOf } from '../support/feeds.js';

describe('an entry whose message cannot be read', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startChatset();
  });
  afterAll(() => server.stop());

  it('ends the stream, so that nobody takes it for one without a message, and comes whole to who continues', async () => {
    const [ana, luis] = await server.people('ana', 'luis');
    const conversationId = await buildGroup(ana, [luis]);
    const known = [{ conversationId, seq: 1 }];
    const feed = await luis.follow(ConversationFeedDocument, { known });
    // What is remembered of her is forgotten, so that she has to be read to show her message.
    await ana.run(UserUpdateDocument, { input: { name: 'Ana María' } });
    const mend = server.breakCommand('users.find');
    await say(ana, conversationId, 'uno').catch(() => undefined);
    expect(await feed.end()).toContainEqual(expect.objectContaining({ extensions: { code: 'INTERNAL' } }));
    expect(eventsOf(feed)).toEqual([]);
    mend();
    const again = await luis.follow(ConversationFeedDocument, { known });
    await eventually(() => expect(eventsOf(again).map(({ message }) => message?.content)).toEqual(['uno']));
  });
});
