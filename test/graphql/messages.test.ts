import {
  GroupUserRemoveDocument,
  MessageAddDocument,
  MessageEditDocument,
  MessageRemoveDocument,
  MessageReplyDocument,
  MessagesDocument,
} from '../../src/generated/operations.js';
import { buildGroup, say } from '../support/builders.js';
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
});
