import {
  ConversationDocument,
  ConversationEventsDocument,
  ConversationsDocument,
  ConversationUpdateDocument,
  GroupCreateDocument,
  GroupDeleteDocument,
  GroupUserAdminAddDocument,
  GroupUsersDocument,
  MessageAddDocument,
} from '../../src/generated/operations.js';
import { buildDirect, buildGroup, say } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/wire-person.js';

const unknownId = 'f'.repeat(24);

describe('groups', () => {
  let server: TestServer;
  let owner: Person;
  let admin: Person;
  let member: Person;
  let stranger: Person;
  let groupId: string;

  beforeAll(async () => {
    server = await startChatset();
    [owner, admin, member, stranger] = await server.people('owner', 'admin', 'member', 'stranger');
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    groupId = await buildGroup(owner, [admin, member]);
    await owner.run(GroupUserAdminAddDocument, { input: { groupId, userId: admin.id } });
  });

  const rolesSeenBy = async (person: Person): Promise<Record<string, string>> => {
    const { groupUsers } = await person.run(GroupUsersDocument, { groupId });
    return Object.fromEntries(groupUsers.edges.map(({ node }) => [node.user.id, node.role]));
  };
  const eventsSeenBy = async (person: Person): Promise<string[]> => {
    const { conversationEvents } = await person.run(ConversationEventsDocument, { conversationId: groupId });
    return conversationEvents.events.map(({ type }) => type);
  };

  it('begin with their creator as the owner and everybody at seq 1', async () => {
    expect(await rolesSeenBy(member)).toEqual({ [owner.id]: 'OWNER', [admin.id]: 'ADMIN', [member.id]: 'MEMBER' });
    expect(await eventsSeenBy(member)).toEqual(['GROUP_CREATED', 'ADMIN_ADDED']);
  });

  it('count every person once, the creator too', async () => {
    const input = { title: 'Dúo', userIds: [member.id, member.id, owner.id] };
    const { conversation } = (await owner.run(GroupCreateDocument, { input })).groupCreate;
    expect(conversation).toMatchObject({ kind: 'GROUP', title: 'Dúo', memberCount: 2, lastSeq: 1 });
  });

  it.each([
    ['no title', { title: '' }],
    ['a blank title', { title: '  ' }],
    ['a title of 101 characters', { title: 'x'.repeat(101) }],
    ['a title with a line end', { title: 'a\nb' }],
    ['an image that is no web address', { title: 'a', image: 'javascript:alert(1)' }],
  ])('refuse %s', async (_what, input) => {
    expect(await owner.refused(GroupCreateDocument, { input: { userIds: [], ...input } })).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  it('hold 2,000 members and not one more', async () => {
    const userIds = Array.from({ length: 2_000 }, (_, at) => at.toString(16).padStart(24, '0'));
    const refusal = await owner.refused(GroupCreateDocument, { input: { title: 'Plaza', userIds } });
    expect(refusal).toMatchObject({ code: 'BAD_USER_INPUT', extensions: { fields: [{ path: 'userIds' }] } });
  });

  it('do not begin with somebody who does not exist', async () => {
    const before = (await owner.run(ConversationsDocument, {})).conversations.edges.length;
    const input = { title: 'x', userIds: [member.id, unknownId] };
    expect(await owner.refused(GroupCreateDocument, { input })).toMatchObject({ code: 'NOT_FOUND' });
    expect((await owner.run(ConversationsDocument, {})).conversations.edges).toHaveLength(before);
  });

  describe('title and image', () => {
    it('change for everybody', async () => {
      const input = { conversationId: groupId, title: 'Nuevo', image: 'https://example.org/i.png' };
      await admin.run(ConversationUpdateDocument, { input });
      const { conversation } = await member.run(ConversationDocument, { id: groupId });
      expect(conversation).toMatchObject({ title: 'Nuevo', image: 'https://example.org/i.png' });
      await owner.run(ConversationUpdateDocument, { input: { conversationId: groupId, image: null } });
      expect((await member.run(ConversationDocument, { id: groupId })).conversation).toMatchObject({
        title: 'Nuevo',
        image: null,
      });
    });

    it('are not changed by plain members, nor to what they are', async () => {
      const input = { conversationId: groupId, title: 'Otro' };
      expect(await member.refused(ConversationUpdateDocument, { input })).toMatchObject({ code: 'FORBIDDEN' });
      await owner.run(ConversationUpdateDocument, { input: { conversationId: groupId, title: 'Equipo' } });
      expect(await eventsSeenBy(member)).not.toContain('CONVERSATION_CHANGED');
    });

    it('are refused where there is none: in a direct chat, and null for the title', async () => {
      const direct = await buildDirect(owner, member);
      const ofDirect = { input: { conversationId: direct, title: 'x' } };
      expect(await owner.refused(ConversationUpdateDocument, ofDirect)).toMatchObject({ code: 'FORBIDDEN' });
      const nothing = { input: { conversationId: groupId, title: null } };
      expect(await owner.refused(ConversationUpdateDocument, nothing)).toMatchObject({ code: 'BAD_USER_INPUT' });
    });
  });

  describe('deleting', () => {
    it('is the owner’s alone', async () => {
      const input = { groupId };
      expect(await admin.refused(GroupDeleteDocument, { input })).toMatchObject({ code: 'FORBIDDEN' });
      expect(await stranger.refused(GroupDeleteDocument, { input })).toMatchObject({ code: 'NOT_FOUND' });
    });

    it('ends it for everybody and erases what was said', async () => {
      await say(owner, groupId, 'secreto');
      await owner.run(GroupDeleteDocument, { input: { groupId } });
      const after = { input: { conversationId: groupId, content: 'tarde' } };
      expect(await member.refused(MessageAddDocument, after)).toMatchObject({ code: 'NOT_FOUND' });
      await eventually(async () => {
        const rows = await server.app.collections.log.find({ conversationId: groupId });
        expect(rows.map(({ type }) => type)).toEqual(['GROUP_DELETED']);
      });
    });

    it('is NOT_FOUND for a direct chat, which is no group', async () => {
      const direct = await buildDirect(owner, member);
      expect(await owner.refused(GroupDeleteDocument, { input: { groupId: direct } })).toMatchObject({
        code: 'NOT_FOUND',
      });
    });
  });
});
