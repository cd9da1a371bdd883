import { Types } from 'mongoose';
import {
  ConversationDocument,
  GroupUserAddDocument,
  GroupUserAdminAddDocument,
  GroupUserRemoveDocument,
  GroupUsersDocument,
  MessageEditDocument,
  MessageReactDocument,
  MessageReplyDocument,
} from '../../src/generated/operations.js';
import { buildGroup, fillLog, say } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import type { Person } from '../support/wire-person.js';

describe('what a member may and may not', () => {
  let server: TestServer;
  let ana: Person;
  let luis: Person;
  let eva: Person;
  let groupId: string;

  beforeAll(async () => {
    server = await startChatset();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    [ana, luis, eva] = await server.people('ana', 'luis', 'eva');
    groupId = await buildGroup(ana, [luis]);
  });

  const add = (person: Person) => ana.run(GroupUserAddDocument, { input: { groupId, userId: person.id } });

  it('is not to answer or mark what was said before it joined', async () => {
    const { id: messageId } = await say(ana, groupId, 'antes');
    await add(eva);
    const refused = [
      await eva.refused(MessageReplyDocument, { input: { messageId, content: '¿qué?' } }),
      await eva.refused(MessageReactDocument, { input: { messageId, emoji: '👍', on: true } }),
    ];
    expect(refused.map(({ code }) => code)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  });

  it('is not to change its own words of an earlier membership', async () => {
    const { id: messageId } = await say(luis, groupId, 'antes');
    await ana.run(GroupUserRemoveDocument, { input: { groupId, userId: luis.id } });
    await add(luis);
    const input = { messageId, content: 'después' };
    expect(await luis.refused(MessageEditDocument, { input })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is to inherit a group as its longest-serving admin, also behind members who serve longer', async () => {
    await add(eva);
    await ana.run(GroupUserAdminAddDocument, { input: { groupId, userId: eva.id } });
    await ana.run(GroupUserRemoveDocument, { input: { groupId, userId: ana.id } });
    const { groupUsers } = await luis.run(GroupUsersDocument, { groupId });
    expect(groupUsers.edges.map(({ node }) => [node.user.id, node.role])).toEqual([
      [luis.id, 'MEMBER'],
      [eva.id, 'OWNER'],
    ]);
  });

  it('is to be one of 2,000 and not of 2,001, however many are added at once', async () => {
    const people = Array.from({ length: 1_998 }, (_, at) => ({
      _id: new Types.ObjectId(),
      username: `crowd-${at}`,
      role: 'USER',
      searchKeys: [],
      createdAt: new Date(),
    }));
    await server.app.collections.users.native.insertMany(people);
    const crowd = people.map(({ _id }) => ({ id: _id.toHexString() }) as Person);
    groupId = await buildGroup(ana, crowd);
    const outcomes = await Promise.allSettled([luis, eva].map(add));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find((outcome) => outcome.status === 'rejected')?.reason).toMatchObject({ code: 'BAD_USER_INPUT' });
    const { conversation } = await ana.run(ConversationDocument, { id: groupId });
    expect(conversation?.memberCount).toBe(2_000);
  });

  it('is to read of 1,000 unread messages at most', async () => {
    await fillLog(server.app.collections, luis, { conversationId: groupId, first: 2, count: 1_100 });
    const { conversation } = await ana.run(ConversationDocument, { id: groupId });
    expect(conversation).toMatchObject({ lastSeq: 1_101, unreadCount: 1_000 });
  });
});
