import {
  ConversationEventsDocument,
  MessageEditDocument,
  MessageReactDocument,
  MessageRemoveDocument,
  MessagesDocument,
} from '../../src/generated/operations.js';
import { buildGroup, say } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import type { Person } from '../support/wire-person.js';

describe('changes of messages', () => {
  let server: TestServer;
  let ana: Person;
  let luis: Person;
  let eva: Person;
  let group: string;

  beforeAll(async () => {
    server = await startChatset();
    [ana, luis, eva] = await server.people('ana', 'luis', 'eva');
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    group = await buildGroup(ana, [luis]);
  });

  const contentsOf = async (person: Person, conversationId: string): Promise<string[]> => {
    const { messages } = await person.run(MessagesDocument, { conversationId });
    return messages.edges.map(({ node }) => node.content);
  };

  describe('changing', () => {
    it('edits one’s own message and says when', async () => {
      const { id } = await say(ana, group, 'ola');
      const { message } = (await ana.run(MessageEditDocument, { input: { messageId: id, content: 'hola' } }))
        .messageEdit;
      expect(message).toMatchObject({ content: 'hola', editedAt: expect.any(String) as string });
      expect(await contentsOf(luis, group)).toEqual(['hola']);
    });

    it('refuses to edit another’s message', async () => {
      const { id } = await say(ana, group, 'mío');
      const input = { messageId: id, content: 'tuyo' };
      expect(await luis.refused(MessageEditDocument, { input })).toMatchObject({ code: 'FORBIDDEN' });
      expect(await eva.refused(MessageEditDocument, { input })).toMatchObject({ code: 'NOT_FOUND' });
    });

    it('removes what was said, also from the log of edits', async () => {
      const { id } = await say(ana, group, 'secreto uno');
      await ana.run(MessageEditDocument, { input: { messageId: id, content: 'secreto dos' } });
      const { message } = (await ana.run(MessageRemoveDocument, { input: { messageId: id } })).messageRemove;
      expect(message).toMatchObject({ content: '', removedAt: expect.any(String) as string });
      const rows = await server.app.collections.log.model.find({ conversationId: group }, null, { lean: true });
      expect(JSON.stringify(rows)).not.toContain('secreto');
    });

    it('lets an admin of the group remove any message, and a member only its own', async () => {
      const [mine, hers] = [await say(luis, group, 'mío'), await say(ana, group, 'suyo')];
      expect(await luis.refused(MessageRemoveDocument, { input: { messageId: hers.id } })).toMatchObject({
        code: 'FORBIDDEN',
      });
      await ana.run(MessageRemoveDocument, { input: { messageId: mine.id } });
      expect(await contentsOf(luis, group)).toEqual(['', 'suyo']);
    });

    it('makes no entry of what is already so', async () => {
      const { id } = await say(ana, group, 'igual');
      await ana.run(MessageEditDocument, { input: { messageId: id, content: 'igual' } });
      await ana.run(MessageReactDocument, { input: { messageId: id, emoji: '👍', on: false } });
      for (let times = 0; times < 2; times++) await ana.run(MessageRemoveDocument, { input: { messageId: id } });
      const { conversationEvents } = await luis.run(ConversationEventsDocument, { conversationId: group });
      expect(conversationEvents.events.map(({ type }) => type)).toEqual([
        'GROUP_CREATED',
        'MESSAGE_ADDED',
        'MESSAGE_REMOVED',
      ]);
    });
  });

  describe('reactions', () => {
    it('count who gave them, and know the viewer’s own', async () => {
      const { id } = await say(ana, group, 'bien');
      for (const person of [ana, luis])
        await person.run(MessageReactDocument, { input: { messageId: id, emoji: '❤', on: true } });
      await luis.run(MessageReactDocument, { input: { messageId: id, emoji: '❤️', on: false } });
      const { messages } = await ana.run(MessagesDocument, { conversationId: group });
      expect(messages.edges[0]!.node.reactions).toEqual([{ emoji: '❤️', count: 1, byMe: true }]);
    });

    it.each(['', 'x', '👍👍', ':+1:'])('refuse %j, which is not one emoji', async (emoji) => {
      const { id } = await say(ana, group, 'bien');
      expect(await ana.refused(MessageReactDocument, { input: { messageId: id, emoji, on: true } })).toMatchObject({
        code: 'BAD_USER_INPUT',
      });
    });

    it('are refused for a removed message', async () => {
      const { id } = await say(ana, group, 'mal');
      await ana.run(MessageRemoveDocument, { input: { messageId: id } });
      expect(
        await luis.refused(MessageReactDocument, { input: { messageId: id, emoji: '👍', on: true } }),
      ).toMatchObject({ code: 'FORBIDDEN' });
    });
  });
});
