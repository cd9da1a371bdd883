import {
  ConversationCreateDocument,
  ConversationFeedDocument,
  ConversationRemoveDocument,
  ConversationSpamClearDocument,
  ConversationSpamDocument,
  ConversationUpdateDocument,
  GroupDeleteDocument,
  GroupUserAddDocument,
  GroupUserAdminAddDocument,
  GroupUserRemoveDocument,
  MessageEditDocument,
  MessageReactDocument,
  MessageRemoveDocument,
  MessageReplyDocument,
} from '../../src/generated/operations.js';
import { buildDirect, buildGroup, say } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import { eventsOf, type FeedRecording, told } from '../support/feeds.js';
import type { Person } from '../support/wire-person.js';

describe('the conversation feed', () => {
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

  it('tells every kind of change in one order, the same for everybody', async () => {
    const group = await buildGroup(ana, [luis]);
    const feeds = [await feedOf(ana), await feedOf(luis)];
    const { id } = await say(luis, group, 'hola');
    await luis.run(MessageEditDocument, { input: { messageId: id, content: 'Hola' } });
    await ana.run(MessageReactDocument, { input: { messageId: id, emoji: '👍', on: true } });
    await ana.run(MessageReplyDocument, { input: { messageId: id, content: '¿qué tal?' } });
    await ana.run(GroupUserAddDocument, { input: { groupId: group, userId: eva.id } });
    await ana.run(GroupUserAdminAddDocument, { input: { groupId: group, userId: eva.id } });
    await ana.run(ConversationUpdateDocument, { input: { conversationId: group, title: 'Otro' } });
    await ana.run(MessageRemoveDocument, { input: { messageId: id } });
    const expected = [
      'FeedCaughtUp',
      'MESSAGE_ADDED 2',
      'MESSAGE_EDITED 3',
      'REACTION_CHANGED 4',
      'MESSAGE_ADDED 5',
      'MEMBER_ADDED 6',
      'ADMIN_ADDED 7',
      'CONVERSATION_CHANGED 8',
      'MESSAGE_REMOVED 9',
    ];
    for (const feed of feeds) await expectTold(feed, expected);
    const [, edited, reacted, , added, , renamed, removed] = eventsOf(feeds[1]!);
    expect(edited!.message).toMatchObject({ id, content: 'Hola' });
    expect(reacted!.message!.reactions).toEqual([{ emoji: '👍', count: 1 }]);
    expect(added!.user!.id).toBe(eva.id);
    expect(renamed!.title).toBe('Otro');
    expect(removed!.message).toMatchObject({ id, content: '' });
  });

  it('tells nothing to strangers', async () => {
    const direct = await buildDirect(ana, luis);
    const feed = await feedOf(eva);
    await say(ana, direct, 'secreto');
    await buildDirect(ana, eva);
    await say(ana, await buildDirect(ana, eva), 'para ti');
    await eventually(() => expect(eventsOf(feed)).toHaveLength(1));
    expect(eventsOf(feed)[0]!.message!.content).toBe('para ti');
  });

  describe('of members who come and go', () => {
    it('begins with the entry that added them, and never shows what was before', async () => {
      const group = await buildGroup(ana, [luis]);
      const { id } = await say(ana, group, 'antes');
      const feed = await feedOf(eva);
      await ana.run(GroupUserAddDocument, { input: { groupId: group, userId: eva.id } });
      await ana.run(MessageReactDocument, { input: { messageId: id, emoji: '👀', on: true } });
      await luis.run(MessageReplyDocument, { input: { messageId: id, content: 'respuesta' } });
      await expectTold(feed, ['FeedCaughtUp', 'MEMBER_ADDED 3', 'REACTION_CHANGED 4', 'MESSAGE_ADDED 5']);
      const [, reaction, reply] = eventsOf(feed);
      expect(reaction).toMatchObject({ messageId: id, message: null });
      expect(reply!.message).toMatchObject({ content: 'respuesta', replyTo: null });
    });

    it('shows old members what new ones do not see of the same entry', async () => {
      const group = await buildGroup(ana, [luis]);
      const { id } = await say(ana, group, 'antes');
      await ana.run(GroupUserAddDocument, { input: { groupId: group, userId: eva.id } });
      const [old, fresh] = [await feedOf(luis), await feedOf(eva)];
      await ana.run(MessageReplyDocument, { input: { messageId: id, content: 're' } });
      await eventually(() => expect([eventsOf(old), eventsOf(fresh)].map((events) => events.length)).toEqual([1, 1]));
      expect(eventsOf(old)[0]!.message!.replyTo).toMatchObject({ id, content: 'antes' });
      expect(eventsOf(fresh)[0]!.message!.replyTo).toBeNull();
    });

    it('ends with their removal, and gives nothing after it', async () => {
      const group = await buildGroup(ana, [luis, eva]);
      const feed = await feedOf(luis);
      await say(ana, group, 'hola');
      await ana.run(GroupUserRemoveDocument, { input: { groupId: group, userId: luis.id } });
      await say(ana, group, 'por fin solos');
      await ana.run(GroupUserAddDocument, { input: { groupId: group, userId: luis.id } });
      await say(ana, group, 'o no');
      await expectTold(feed, [
        'FeedCaughtUp',
        'MESSAGE_ADDED 2',
        'MEMBER_REMOVED 3',
        'FeedLeft',
        'MEMBER_ADDED 5',
        'MESSAGE_ADDED 6',
      ]);
    });

    it('ends for everybody when the group is deleted', async () => {
      const group = await buildGroup(ana, [luis]);
      const feeds = [await feedOf(ana), await feedOf(luis)];
      await ana.run(GroupDeleteDocument, { input: { groupId: group } });
      for (const feed of feeds) await expectTold(feed, ['FeedCaughtUp', 'GROUP_DELETED 2', 'FeedLeft']);
    });

    it('joins groups and direct chats that begin later', async () => {
      const feed = await feedOf(luis);
      const group = await buildGroup(ana, [luis]);
      await say(ana, group, 'grupo');
      const direct = await buildDirect(ana, luis);
      await say(ana, direct, 'directo');
      await expectTold(feed, ['FeedCaughtUp', 'GROUP_CREATED 1', 'MESSAGE_ADDED 2', 'MESSAGE_ADDED 1']);
    });
  });

  it('falls silent for spam, also for those who know it, and starts anew when cleared', async () => {
    const direct = await buildDirect(ana, luis);
    const feed = await feedOf(luis);
    await luis.run(ConversationSpamDocument, { input: { conversationId: direct } });
    await say(ana, direct, 'compre');
    const again = await feedOf(luis, [{ conversationId: direct, seq: 0 }]);
    await expectTold(again, ['FeedLeft', 'FeedCaughtUp']);
    await luis.run(ConversationSpamClearDocument, { input: { conversationId: direct } });
    await say(ana, direct, 'perdón');
    await expectTold(feed, ['FeedCaughtUp', 'FeedLeft', 'FeedReset', 'MESSAGE_ADDED 2']);
    await expectTold(again, ['FeedLeft', 'FeedCaughtUp', 'FeedReset', 'MESSAGE_ADDED 2']);
  });

  it('does not show what was put away', async () => {
    const direct = await buildDirect(ana, luis);
    const { id } = await say(ana, direct, 'viejo');
    const feed = await feedOf(luis);
    await luis.run(ConversationRemoveDocument, { input: { conversationId: direct } });
    await ana.run(MessageEditDocument, { input: { messageId: id, content: 'retocado' } });
    await expectTold(feed, ['FeedCaughtUp', 'MESSAGE_EDITED 2']);
    expect(eventsOf(feed)[0]!.message).toBeNull();
    await luis.run(ConversationCreateDocument, { input: { userId: ana.id } });
  });
});
