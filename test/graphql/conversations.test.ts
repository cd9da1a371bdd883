import {
  ConversationCloseDocument,
  ConversationDocument,
  ConversationMuteDocument,
  ConversationOpenDocument,
  ConversationReadDocument,
  ConversationRemoveDocument,
  ConversationsDocument,
  ConversationSpamClearDocument,
  ConversationSpamDocument,
  GroupUserRemoveDocument,
  type ConversationFilter,
  MessageRemoveDocument,
  MessagesDocument,
  TypingSetDocument,
} from '../../src/generated/operations.js';
import { buildDirect, buildGroup, say, sayAll } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/wire-person.js';

const unknownId = 'f'.repeat(24);

describe('conversations', () => {
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

  const listOf = async (person: Person, filter?: ConversationFilter): Promise<string[]> => {
    const { conversations } = await person.run(ConversationsDocument, { filter });
    return conversations.edges.map(({ node }) => node.id);
  };
  const seenBy = async (person: Person, id: string) => (await person.run(ConversationDocument, { id })).conversation!;

  describe('the list', () => {
    it('shows the latest activity first', async () => {
      const [first, second] = [await buildDirect(ana, luis), await buildDirect(ana, eva)];
      await say(ana, second, 'uno');
      await eventually(async () => expect(await listOf(ana)).toEqual([second, first]));
      await say(luis, first, 'dos');
      await eventually(async () => expect(await listOf(ana)).toEqual([first, second]));
    });

    it('is paged with cursors that have no gap', async () => {
      const ids = [];
      for (let at = 0; at < 5; at++) ids.push(await buildGroup(ana, [], `g${at}`));
      const one = (await ana.run(ConversationsDocument, { first: 3 })).conversations;
      const two = (await ana.run(ConversationsDocument, { first: 3, after: one.pageInfo.endCursor })).conversations;
      expect([...one.edges, ...two.edges].map(({ node }) => node.id)).toEqual(ids.reverse());
      expect([one.pageInfo.hasNextPage, two.pageInfo.hasNextPage]).toEqual([true, false]);
    });

    it('costs no more database commands for forty than for two', async () => {
      for (let at = 0; at < 40; at++) await say(luis, await buildGroup(luis, [ana], `g${at}`), 'hola');
      const few = await server.commandsOf(() => ana.run(ConversationsDocument, { first: 2 }));
      const many = await server.commandsOf(() => ana.run(ConversationsDocument, { first: 40 }));
      expect(many.length).toBeLessThanOrEqual(few.length);
      expect(many).toContain('conversations.find');
    }, 60_000);

    it('does not show a group that the caller has just been removed from', async () => {
      const [kept, left] = [await buildGroup(ana, [luis], 'kept'), await buildGroup(ana, [luis], 'left')];
      // The seat is taken first, and the conversation's own list of members is written after it.
      const mend = server.breakCommand('conversations.updateMany');
      const removing = ana.codeOf(GroupUserRemoveDocument, { input: { groupId: left, userId: luis.id } });
      await eventually(async () => expect(await listOf(luis)).toEqual([kept]));
      expect(await listOf(luis, { search: 'left' })).toEqual([]);
      mend();
      await removing;
    });

    it('is filtered by kind, open, unread and search', async () => {
      const direct = await buildDirect(ana, luis);
      const group = await buildGroup(ana, [luis], 'Excursión');
      await say(luis, group, 'hola');
      await ana.run(ConversationOpenDocument, { input: { conversationId: direct } });
      expect(await listOf(ana, { kind: 'GROUP' })).toEqual([group]);
      expect(await listOf(ana, { open: true })).toEqual([direct]);
      expect(await listOf(ana, { open: false })).toEqual([group]);
      expect(await listOf(ana, { unread: true })).toEqual([group]);
      expect(await listOf(ana, { search: 'excursion' })).toEqual([group]);
      expect(await listOf(ana, { search: 'LUIS' })).toEqual([direct]);
      expect(await listOf(ana, { search: '.*' })).toEqual([]);
    });

    it.each([{ first: 201 }, { first: -1 }, { after: 'x' }])('refuses %j', async (variables) => {
      expect(await ana.refused(ConversationsDocument, variables)).toMatchObject({ code: 'BAD_USER_INPUT' });
    });
  });

  describe('unread messages', () => {
    it('are those of others since the mark, without removed ones', async () => {
      const id = await buildGroup(ana, [luis]);
      const gone = await say(ana, id, 'borrado');
      await ana.run(MessageRemoveDocument, { input: { messageId: gone.id } });
      await sayAll(ana, id, ['a', 'b']);
      await say(luis, id, 'mío');
      expect([(await seenBy(luis, id)).unreadCount, (await seenBy(ana, id)).unreadCount]).toEqual([2, 1]);
    });

    it('are none once the conversation is opened', async () => {
      const id = await buildDirect(ana, luis);
      await sayAll(ana, id, ['a', 'b']);
      const { conversation } = (await luis.run(ConversationOpenDocument, { input: { conversationId: id } }))
        .conversationOpen;
      expect(conversation).toMatchObject({ isOpen: true, unreadCount: 0, me: { readSeq: 2, deliveredSeq: 2 } });
      expect(conversation.messages.edges.map(({ node }) => node.content)).toEqual(['a', 'b']);
      await luis.run(ConversationCloseDocument, { input: { conversationId: id } });
      expect(await seenBy(luis, id)).toMatchObject({ isOpen: false, unreadCount: 0 });
    });
  });

  describe('receipts', () => {
    const readIn = (id: string) => async (seq: number, receipt: 'READ' | 'DELIVERED') => {
      const { member } = (await luis.run(ConversationReadDocument, { input: { conversationId: id, seq, receipt } }))
        .conversationRead;
      return [member.deliveredSeq, member.readSeq];
    };

    it('only go forward, and READ implies DELIVERED', async () => {
      const id = await buildDirect(ana, luis);
      await sayAll(ana, id, ['a', 'b', 'c']);
      const read = readIn(id);
      expect(await read(3, 'DELIVERED')).toEqual([3, 0]);
      expect(await read(2, 'READ')).toEqual([3, 2]);
      expect(await read(1, 'READ')).toEqual([3, 2]);
    });

    it.each([-1, 4])('refuse seq %d of a conversation of 3', async (seq) => {
      const id = await buildDirect(ana, luis);
      await sayAll(ana, id, ['a', 'b', 'c']);
      expect(await luis.refused(ConversationReadDocument, { input: { conversationId: id, seq } })).toMatchObject({
        code: 'BAD_USER_INPUT',
      });
    });
  });

  describe('removing from one’s list', () => {
    it('puts the past away for the caller only, until something new is said', async () => {
      const id = await buildDirect(ana, luis);
      await sayAll(ana, id, ['viejo', 'antiguo']);
      await luis.run(ConversationRemoveDocument, { input: { conversationId: id } });
      expect(await listOf(luis)).toEqual([]);
      expect(await listOf(ana)).toEqual([id]);
      await say(ana, id, 'nuevo');
      expect(await listOf(luis)).toEqual([id]);
      const { messages } = await luis.run(MessagesDocument, { conversationId: id });
      expect(messages.edges.map(({ node }) => node.content)).toEqual(['nuevo']);
      expect(await seenBy(luis, id)).toMatchObject({ firstSeq: 3, unreadCount: 1 });
    });

    it('is undone by beginning the same direct chat again, without the old part', async () => {
      const id = await buildDirect(ana, luis);
      await say(ana, id, 'viejo');
      await ana.run(ConversationRemoveDocument, { input: { conversationId: id } });
      expect(await buildDirect(ana, luis)).toBe(id);
      expect(await listOf(ana)).toEqual([id]);
      expect(await seenBy(ana, id)).toMatchObject({ lastMessage: null, firstSeq: 2 });
    });
  });

  describe('spam', () => {
    it('is listed apart, readable, counted nowhere, and can be cleared', async () => {
      const id = await buildDirect(luis, ana);
      await sayAll(luis, id, ['¡Compre!', '¡Gane!']);
      const input = { conversationId: id, reason: 'publicidad' };
      const marked = (await ana.run(ConversationSpamDocument, { input })).conversationSpam.conversation;
      expect(marked).toMatchObject({ isSpam: true, unreadCount: 0 });
      expect([await listOf(ana), await listOf(ana, { spam: true })]).toEqual([[], [id]]);
      expect((await ana.run(MessagesDocument, { conversationId: id })).messages.edges).toHaveLength(2);
      const cleared = (await ana.run(ConversationSpamClearDocument, { input: { conversationId: id } }))
        .conversationSpamClear;
      expect(cleared.conversation).toMatchObject({ isSpam: false, unreadCount: 2 });
      expect(await listOf(ana)).toEqual([id]);
    });
  });

  it('are muted as a flag of one’s own', async () => {
    const id = await buildDirect(ana, luis);
    await ana.run(ConversationMuteDocument, { input: { conversationId: id, muted: true } });
    expect([(await seenBy(ana, id)).isMuted, (await seenBy(luis, id)).isMuted]).toEqual([true, false]);
  });

  const deeds = {
    open: (conversationId: string) => eva.refused(ConversationOpenDocument, { input: { conversationId } }),
    close: (conversationId: string) => eva.refused(ConversationCloseDocument, { input: { conversationId } }),
    remove: (conversationId: string) => eva.refused(ConversationRemoveDocument, { input: { conversationId } }),
    'mark as spam': (conversationId: string) => eva.refused(ConversationSpamDocument, { input: { conversationId } }),
    clear: (conversationId: string) => eva.refused(ConversationSpamClearDocument, { input: { conversationId } }),
    mute: (conversationId: string) => eva.refused(ConversationMuteDocument, { input: { conversationId, muted: true } }),
    read: (conversationId: string) => eva.refused(ConversationReadDocument, { input: { conversationId, seq: 0 } }),
    'type in': (conversationId: string) => eva.refused(TypingSetDocument, { input: { conversationId, typing: true } }),
  };

  it.each(Object.entries(deeds))('do not exist for a stranger who wants to %s one', async (_what, deed) => {
    const refusals = await Promise.all([await buildDirect(ana, luis), unknownId, 'nonsense'].map(deed));
    expect(refusals.map(({ code }) => code)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
  });
});
