import { MessageReplyDocument, MessagesDocument } from '../../src/generated/operations.js';
import { buildGroup, sayAll } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import type { Person } from '../support/wire-person.js';

describe('the history of a conversation', () => {
  let server: TestServer;
  let ana: Person;
  let luis: Person;
  let group: string;

  beforeAll(async () => {
    server = await startChatset();
    [ana, luis] = await server.people('ana', 'luis');
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    group = await buildGroup(ana, [luis]);
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
      await sayAll(
        ana,
        group,
        Array.from({ length: 60 }, (_, at) => `${at}`),
      );
      for (const { node } of messages.edges) {
        for (const person of [luis, ana, luis]) {
          await person.run(MessageReplyDocument, { input: { messageId: node.id, content: 're' } });
        }
      }
      const ask = async (): Promise<void> => {
        const page = await luis.run(MessagesDocument, { conversationId: group });
        expect(page.messages.edges).toHaveLength(50);
        expect(page.messages.edges.filter(({ node }) => node.replyTo)).toHaveLength(27);
      };
      const commands = await server.commandsOf(ask);
      const foreground = commands.filter((command) => command !== 'conversations.findOneAndUpdate');
      expect(foreground.slice(0, 2)).toEqual(['sessions.findOne', 'users.findOne']);
      expect(foreground).toContain('messages.find');
      expect(foreground.slice(2).length).toBeLessThanOrEqual(4);
    });
  });
});
