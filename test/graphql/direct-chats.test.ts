import {
  ConversationCreateDocument,
  ConversationDocument,
  ConversationsWithMembersDocument,
  DirectConversationDocument,
  MessageAddDocument,
  MessageEditDocument,
  MessageReactDocument,
  MessageRemoveDocument,
  MessagesDocument,
  TypingSetDocument,
  UserBlockDocument,
  UserUnblockDocument,
  UserUnregisterDocument,
} from '../../src/generated/operations.js';
import { buildDirect, say } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import type { Person } from '../support/wire-person.js';

const unknownId = 'f'.repeat(24);

describe('direct chats', () => {
  let server: TestServer;
  let ana: Person;
  let luis: Person;

  beforeAll(async () => {
    server = await startChatset();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    [ana, luis] = await server.people('ana', 'luis');
  });

  const seenBy = async (person: Person, id: string) => (await person.run(ConversationDocument, { id })).conversation!;

  it('are found by the other person, and looking for one begins none', async () => {
    const find = async (person: Person, userId: string) =>
      (await person.run(DirectConversationDocument, { userId })).directConversation;
    expect(await find(ana, luis.id)).toBeNull();
    expect(await find(ana, 'none')).toBeNull();
    const { conversations } = await luis.run(ConversationsWithMembersDocument, {});
    expect(conversations.edges).toEqual([]);
    const id = await buildDirect(ana, luis);
    expect(await find(ana, luis.id)).toMatchObject({ id, peer: { id: luis.id } });
    expect(await find(luis, ana.id)).toMatchObject({ id, peer: { id: ana.id } });
    const { conversations: listed } = await luis.run(ConversationsWithMembersDocument, {});
    expect(listed.edges[0]?.node.memberIds.toSorted()).toEqual([ana.id, luis.id].toSorted());
  });

  it('are the same for the same two people, whoever begins and even at once', async () => {
    const ids = await Promise.all([buildDirect(ana, luis), buildDirect(luis, ana), buildDirect(ana, luis)]);
    expect(new Set(ids).size).toBe(1);
    expect(await seenBy(luis, ids[0])).toMatchObject({ kind: 'DIRECT', title: null, memberCount: 2, lastSeq: 0 });
  });

  it('show each the other one', async () => {
    const id = await buildDirect(ana, luis);
    expect([await seenBy(ana, id), await seenBy(luis, id)].map(({ peer }) => peer?.id)).toEqual([luis.id, ana.id]);
  });

  it.each([
    ['oneself', 'BAD_USER_INPUT', () => ana.id],
    ['nobody', 'NOT_FOUND', () => unknownId],
    ['what is no id', 'NOT_FOUND', () => '{"$ne":null}'],
  ])('cannot be had with %s', async (_who, code, userId) => {
    expect(await ana.refused(ConversationCreateDocument, { input: { userId: userId() } })).toMatchObject({ code });
  });

  it('fall silent while one has blocked the other, and stay readable', async () => {
    const id = await buildDirect(ana, luis);
    await say(ana, id, 'hola');
    await luis.run(UserBlockDocument, { input: { userId: ana.id } });
    const send = { input: { conversationId: id, content: 'oye' } };
    for (const person of [ana, luis]) {
      expect(await person.refused(MessageAddDocument, send)).toMatchObject({ code: 'FORBIDDEN' });
      const typing = { input: { conversationId: id, typing: true } };
      expect(await person.refused(TypingSetDocument, typing)).toMatchObject({ code: 'FORBIDDEN' });
      const { messages } = await person.run(MessagesDocument, { conversationId: id });
      expect(messages.edges).toHaveLength(1);
    }
    expect(await ana.refused(ConversationCreateDocument, { input: { userId: luis.id } })).toMatchObject({
      code: 'FORBIDDEN',
    });
    await luis.run(UserUnblockDocument, { input: { userId: ana.id } });
    await ana.run(MessageAddDocument, send);
  });

  it('say nothing by way of old messages either while one has blocked the other; taking back is allowed', async () => {
    const id = await buildDirect(ana, luis);
    const { id: messageId } = await say(ana, id, 'hola');
    const react = (emoji: string, on: boolean) => ({ input: { messageId, emoji, on } });
    await ana.run(MessageReactDocument, react('👍', true));
    await luis.run(UserBlockDocument, { input: { userId: ana.id } });
    const edit = { input: { messageId, content: 'otra cosa' } };
    expect(await ana.refused(MessageEditDocument, edit)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await ana.refused(MessageReactDocument, react('😡', true))).toMatchObject({ code: 'FORBIDDEN' });
    await ana.run(MessageReactDocument, react('👍', false));
    await ana.run(MessageRemoveDocument, { input: { messageId } });
    await luis.run(UserUnblockDocument, { input: { userId: ana.id } });
  });

  it('with somebody who unregistered stay readable, and nothing can be sent', async () => {
    const id = await buildDirect(ana, luis);
    await say(luis, id, 'adiós');
    await luis.run(UserUnregisterDocument, { input: { password: luis.password } });
    const send = { input: { conversationId: id, content: '¿sigues?' } };
    expect(await ana.refused(MessageAddDocument, send)).toMatchObject({ code: 'FORBIDDEN' });
    const { peer, lastMessage } = await seenBy(ana, id);
    expect(peer?.username).toMatch(/^removed-[0-9a-f]{8}$/);
    expect(lastMessage?.content).toBe('adiós');
  });
});
