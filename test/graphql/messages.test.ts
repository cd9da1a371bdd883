import {
  ConversationEventsDocument,
  GroupUserRemoveDocument,
  MessageAddDocument,
  MessageEditDocument,
  MessageReactDocument,
  MessageRemoveDocument,
  MessageReplyDocument,
  MessagesDocument,
} from '../../src/generated/operations.js';
import { buildGroup, say, sayAll } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import type { Person } from '../support/wire-person.js';

const unknownId = 'f'.repeat(24);

describe('messages', () => {
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

  describe('sending', () => {
    it('gives every message the next seq, whoever sends', async () => {
      const seqs: number[] = [];
      for (const person of [ana, luis, ana]) seqs.push((await say(person, group, 'hola')).seq);
      expect(seqs).toEqual([2, 3, 4]);
    });

    it('keeps one order without a gap when many send at once', async () => {
      const sends = Array.from({ length: 60 }, (_, at) => say(at % 2 ? ana : luis, group, `n${at}`));
      const seqs = (await Promise.all(sends)).map(({ seq }) => seq).sort((a, b) => a - b);
      expect(seqs).toEqual(Array.from({ length: 60 }, (_, at) => at + 2));
    });

    it('stores a repeated send once and answers the first message', async () => {
      const input = { conversationId: group, content: 'una vez', clientMessageId: 'once-1' };
      const [first, ...others] = await Promise.all(
        [1, 2, 3].map(async () => (await ana.run(MessageAddDocument, { input })).messageAdd.message),
      );
      const later = (await ana.run(MessageAddDocument, { input })).messageAdd.message;
      expect([...others, later].map(({ id }) => id)).toEqual(Array(3).fill(first!.id));
      expect(await contentsOf(luis, group)).toEqual(['una vez']);
    });

    it('answers a repeated send with the message as it is now', async () => {
      const input = { conversationId: group, content: 'antes', clientMessageId: 'once-2' };
      const { id } = (await ana.run(MessageAddDocument, { input })).messageAdd.message;
      await ana.run(MessageEditDocument, { input: { messageId: id, content: 'después' } });
      expect((await ana.run(MessageAddDocument, { input })).messageAdd.message).toMatchObject({
        id,
        content: 'después',
      });
    });

    it('refuses a clientMessageId that was used for something else', async () => {
      const input = { conversationId: group, content: 'a', clientMessageId: 'once-3' };
      await ana.run(MessageAddDocument, { input });
      expect(await ana.refused(MessageAddDocument, { input: { ...input, content: 'b' } })).toMatchObject({
        code: 'CONFLICT',
      });
      const other = await buildGroup(ana, []);
      const elsewhere = { ...input, conversationId: other };
      expect(await ana.refused(MessageAddDocument, { input: elsewhere })).toMatchObject({ code: 'CONFLICT' });
    });

    it('lets two people use the same clientMessageId', async () => {
      const input = { conversationId: group, content: 'mío', clientMessageId: 'shared' };
      const [one, other] = await Promise.all([ana, luis].map((person) => person.run(MessageAddDocument, { input })));
      expect(one!.messageAdd.message.id).not.toBe(other!.messageAdd.message.id);
    });

    it.each([
      ['no character', ''],
      ['blanks only', ' \n\t '],
      ['invisible characters only', '\u200B\u200F'],
      ['4,001 characters', 'x'.repeat(4_001)],
      ['a control character', 'a\u0000b'],
      ['half of a surrogate pair', 'a\uD83D'],
    ])('refuses %s', async (_what, content) => {
      const refusal = await ana.refused(MessageAddDocument, { input: { conversationId: group, content } });
      expect(refusal.code).toBe('BAD_USER_INPUT');
      expect(refusal.extensions.fields).toEqual([expect.objectContaining({ path: 'content' })]);
      expect(await contentsOf(ana, group)).toEqual([]);
    });

    it.each([
      ['emoji', '👨‍👩‍👧‍👦 ¡olé! 🇵🇾'],
      ['right-to-left text', 'שלום \u202Bעולם\u202C'],
      ['line ends and tabs', 'uno\n\tdos\r\ntres'],
      ['4,000 emoji', '😀'.repeat(4_000)],
      ['operators of the database', '{"$ne": null}'],
    ])('keeps %s as it is', async (_what, content) => {
      await say(ana, group, content);
      expect(await contentsOf(luis, group)).toEqual([content]);
    });

    it.each(['', 'a b', 'x'.repeat(65), 'ñ'])('refuses %j as a clientMessageId', async (clientMessageId) => {
      const input = { conversationId: group, content: 'hola', clientMessageId };
      expect(await ana.refused(MessageAddDocument, { input })).toMatchObject({ code: 'BAD_USER_INPUT' });
    });

    it.each([
      ['a conversation that does not exist', () => unknownId],
      ['what is no id', () => 'nonsense'],
      ['somebody else’s conversation', () => group],
    ])('answers NOT_FOUND for %s', async (_what, conversationId) => {
      const input = { conversationId: conversationId(), content: 'hola' };
      expect(await eva.refused(MessageAddDocument, { input })).toMatchObject({ code: 'NOT_FOUND' });
    });

    it('answers NOT_FOUND after the sender has left', async () => {
      await luis.run(GroupUserRemoveDocument, { input: { groupId: group, userId: luis.id } });
      const input = { conversationId: group, content: 'adiós' };
      expect(await luis.refused(MessageAddDocument, { input })).toMatchObject({ code: 'NOT_FOUND' });
      expect(await luis.refused(MessagesDocument, { conversationId: group })).toMatchObject({ code: 'NOT_FOUND' });
    });
  });

  describe('replies', () => {
    it('quote the message they answer', async () => {
      const question = await say(ana, group, '¿Vienes?');
      const input = { messageId: question.id, content: 'Sí' };
      const { message } = (await luis.run(MessageReplyDocument, { input })).messageReply;
      expect(message.replyTo).toMatchObject({ id: question.id, content: '¿Vienes?', from: { id: ana.id } });
    });

    it('are refused for a removed message, but a repeated one is answered', async () => {
      const { id } = await say(ana, group, 'fugaz');
      const input = { messageId: id, content: 'a tiempo', clientMessageId: 'reply-1' };
      const first = (await luis.run(MessageReplyDocument, { input })).messageReply.message;
      await ana.run(MessageRemoveDocument, { input: { messageId: id } });
      const late = { messageId: id, content: 'tarde' };
      expect(await luis.refused(MessageReplyDocument, { input: late })).toMatchObject({ code: 'FORBIDDEN' });
      expect((await luis.run(MessageReplyDocument, { input })).messageReply.message.id).toBe(first.id);
    });

    it('are NOT_FOUND for strangers and for what is no message', async () => {
      const { id } = await say(ana, group, 'privado');
      const refusals = await Promise.all(
        [id, unknownId, 'x'].map((messageId) =>
          eva.refused(MessageReplyDocument, { input: { messageId, content: 'eh' } }),
        ),
      );
      expect(refusals.map(({ code }) => code)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
    });
  });

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

  describe('history', () => {
    const page = async (variables: Record<string, unknown>): Promise<[string, boolean, boolean]> => {
      const { messages } = await luis.run(MessagesDocument, { conversationId: group, ...variables });
      const { hasPreviousPage, hasNextPage } = messages.pageInfo;
      return [messages.edges.map(({ node }) => node.content).join(''), hasPreviousPage, hasNextPage];
    };
    const cursorOf = async (content: string): Promise<string> => {
      const { messages } = await luis.run(MessagesDocument, { conversationId: group });
      return messages.edges.find(({ node }) => node.content === content)!.cursor;
    };

    beforeEach(() => sayAll(ana, group, [...'abcdefghi']));

    it('is always in ascending order, from either end', async () => {
      expect(await page({})).toEqual(['abcdefghi', false, false]);
      expect(await page({ last: 3 })).toEqual(['ghi', true, false]);
      expect(await page({ first: 3 })).toEqual(['abc', false, true]);
    });

    it('goes on after and before a cursor', async () => {
      expect(await page({ first: 2, after: await cursorOf('d') })).toEqual(['ef', true, true]);
      expect(await page({ last: 2, before: await cursorOf('d') })).toEqual(['bc', true, true]);
      expect(await page({ after: await cursorOf('g') })).toEqual(['hi', true, false]);
      expect(await page({ before: await cursorOf('c') })).toEqual(['ab', false, true]);
    });

    it('has a seq in the middle of a page around it', async () => {
      expect(await page({ around: 6, first: 5 })).toEqual(['cdefg', true, true]);
      expect(await page({ around: 2, first: 4 })).toEqual(['abcd', false, true]);
      expect(await page({ around: 100, first: 4 })).toEqual(['fghi', true, false]);
    });

    it.each([
      ['more than 200', { first: 201 }],
      ['a negative number', { last: -1 }],
      ['both ends at once', { first: 1, last: 1 }],
      ['a cursor that is none', { after: 'nonsense' }],
      ['around with a cursor', { around: 3, last: 2 }],
    ])('refuses %s', async (_what, variables) => {
      expect(await luis.refused(MessagesDocument, { conversationId: group, ...variables })).toMatchObject({
        code: 'BAD_USER_INPUT',
      });
    });

    it('costs at most four database commands with senders and replies, besides the session look-up', async () => {
      const { messages } = await luis.run(MessagesDocument, { conversationId: group });
      for (const { node } of messages.edges) {
        await luis.run(MessageReplyDocument, { input: { messageId: node.id, content: 're' } });
      }
      const commands = await server.commandsOf(() => luis.run(MessagesDocument, { conversationId: group, last: 9 }));
      expect(commands.slice(2).length).toBeLessThanOrEqual(4);
      expect(commands).toContain('messages.find');
      expect(commands.slice(0, 2)).toEqual(['sessions.findOne', 'users.findOne']);
    });
  });
});
