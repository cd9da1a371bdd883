import {
  ConversationDocument,
  ConversationEventsDocument,
  ConversationsDocument,
  GroupUserAddDocument,
  GroupUserAdminAddDocument,
  GroupUserAdminRemoveDocument,
  GroupUserRemoveDocument,
  GroupUsersDocument,
  MessagesDocument,
  UserBlockDocument,
  UserUnblockDocument,
} from '../../src/generated/operations.js';
import { buildGroup, say } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import type { Person } from '../support/wire-person.js';

describe('members of groups', () => {
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
  const add = (actor: Person, person: Person) =>
    actor.run(GroupUserAddDocument, { input: { groupId, userId: person.id } });
  const remove = (actor: Person, person: Person) =>
    actor.run(GroupUserRemoveDocument, { input: { groupId, userId: person.id } });
  const eventsSeenBy = async (person: Person): Promise<string[]> => {
    const { conversationEvents } = await person.run(ConversationEventsDocument, { conversationId: groupId });
    return conversationEvents.events.map(({ type }) => type);
  };

  describe('people', () => {
    it('are brought in by owner and admins, and see nothing from before', async () => {
      await say(owner, groupId, 'antes');
      await add(admin, stranger);
      await say(owner, groupId, 'después');
      const { messages } = await stranger.run(MessagesDocument, { conversationId: groupId });
      expect(messages.edges.map(({ node }) => node.content)).toEqual(['después']);
      expect((await eventsSeenBy(stranger))[0]).toBe('MEMBER_ADDED');
    });

    it('are not brought in by plain members and strangers', async () => {
      const input = { groupId, userId: stranger.id };
      expect(await member.refused(GroupUserAddDocument, { input })).toMatchObject({ code: 'FORBIDDEN' });
      expect(await stranger.refused(GroupUserAddDocument, { input })).toMatchObject({ code: 'NOT_FOUND' });
    });

    it('join once, however often they are added', async () => {
      await Promise.all([add(owner, stranger), add(admin, stranger), add(owner, stranger)]);
      expect((await eventsSeenBy(owner)).filter((type) => type === 'MEMBER_ADDED')).toHaveLength(1);
    });

    it('cannot be added by somebody whom they blocked', async () => {
      await stranger.run(UserBlockDocument, { input: { userId: owner.id } });
      const input = { groupId, userId: stranger.id };
      expect(await owner.refused(GroupUserAddDocument, { input })).toMatchObject({ code: 'FORBIDDEN' });
      await stranger.run(UserUnblockDocument, { input: { userId: owner.id } });
    });

    it('lose everything when they leave, and start anew when they come back', async () => {
      await say(owner, groupId, 'uno');
      await remove(member, member);
      expect(await member.refused(ConversationDocument, { id: groupId })).toMatchObject({ code: 'NOT_FOUND' });
      expect(await member.refused(GroupUsersDocument, { groupId })).toMatchObject({ code: 'NOT_FOUND' });
      await say(owner, groupId, 'dos');
      await add(owner, member);
      await say(owner, groupId, 'tres');
      const { messages } = await member.run(MessagesDocument, { conversationId: groupId });
      expect(messages.edges.map(({ node }) => node.content)).toEqual(['tres']);
    });

    it('are removed by an admin only where they are plain members', async () => {
      const asAdmin = (person: Person) =>
        admin.refused(GroupUserRemoveDocument, { input: { groupId, userId: person.id } });
      expect(await asAdmin(owner)).toMatchObject({ code: 'FORBIDDEN', extensions: { reason: 'OWNER_ONLY' } });
      await remove(admin, member);
      expect(Object.keys(await rolesSeenBy(owner))).toEqual([owner.id, admin.id]);
    });

    it('stay when a plain member wants them out', async () => {
      const input = { groupId, userId: admin.id };
      expect(await member.refused(GroupUserRemoveDocument, { input })).toMatchObject({
        code: 'FORBIDDEN',
        extensions: { reason: 'ADMINS_ONLY' },
      });
    });

    it('that are not in the group can be removed without an entry', async () => {
      const before = await eventsSeenBy(owner);
      await remove(owner, stranger);
      expect(await eventsSeenBy(owner)).toEqual(before);
    });
  });

  describe('an owner who leaves', () => {
    it('hands the group to the longest-serving admin', async () => {
      await remove(owner, owner);
      expect(await rolesSeenBy(member)).toEqual({ [admin.id]: 'OWNER', [member.id]: 'MEMBER' });
      expect((await eventsSeenBy(member)).slice(-2)).toEqual(['OWNER_CHANGED', 'MEMBER_REMOVED']);
    });

    it('hands it to the longest-serving member where there is no admin', async () => {
      await owner.run(GroupUserAdminRemoveDocument, { input: { groupId, userId: admin.id } });
      await add(owner, stranger);
      await remove(owner, owner);
      expect((await rolesSeenBy(member))[admin.id]).toBe('OWNER');
    });

    it('ends the group when nobody is left', async () => {
      for (const person of [member, admin, owner]) await remove(person, person);
      expect(await owner.refused(ConversationDocument, { id: groupId })).toMatchObject({ code: 'NOT_FOUND' });
      expect((await owner.run(ConversationsDocument, {})).conversations.edges.map(({ node }) => node.id)).not.toContain(
        groupId,
      );
    });
  });

  describe('admins', () => {
    it('are made and unmade by the owner only', async () => {
      const input = { groupId, userId: member.id };
      expect(await admin.refused(GroupUserAdminAddDocument, { input })).toMatchObject({ code: 'FORBIDDEN' });
      expect(
        await member.refused(GroupUserAdminRemoveDocument, { input: { groupId, userId: admin.id } }),
      ).toMatchObject({ code: 'FORBIDDEN' });
      const { member: made } = (await owner.run(GroupUserAdminAddDocument, { input })).groupUserAdminAdd;
      expect(made).toMatchObject({ role: 'ADMIN', user: { id: member.id } });
    });

    it('may step down', async () => {
      await admin.run(GroupUserAdminRemoveDocument, { input: { groupId, userId: admin.id } });
      expect((await rolesSeenBy(owner))[admin.id]).toBe('MEMBER');
    });

    it('who step down a second time change nothing, and are answered as what they are', async () => {
      const stepDown = () => admin.run(GroupUserAdminRemoveDocument, { input: { groupId, userId: admin.id } });
      const first = await stepDown();
      expect(first.groupUserAdminRemove.member).toMatchObject({ role: 'MEMBER', user: { id: admin.id } });
      const events = await eventsSeenBy(owner);
      expect(events.at(-1)).toBe('ADMIN_REMOVED');
      expect(await stepDown()).toEqual(first);
      expect(await eventsSeenBy(owner)).toEqual(events);
    });

    it('are people of the group', async () => {
      const input = { groupId, userId: stranger.id };
      expect(await owner.refused(GroupUserAdminAddDocument, { input })).toMatchObject({ code: 'NOT_FOUND' });
    });

    it('do not include the owner, who stays it', async () => {
      const input = { groupId, userId: owner.id };
      expect(await owner.refused(GroupUserAdminRemoveDocument, { input })).toMatchObject({ code: 'FORBIDDEN' });
    });
  });
});
