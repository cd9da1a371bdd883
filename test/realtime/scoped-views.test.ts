import {
  ConversationSpamDocument,
  GroupDeleteDocument,
  GroupUserRemoveDocument,
  MessageAddedDocument,
  ReceiptChangedDocument,
  TypingChangedDocument,
  TypingSetDocument,
  UserBlockDocument,
} from '../../src/generated/operations.js';
import { buildGroup } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import type { Person } from '../support/wire-person.js';

describe('live views of one conversation', () => {
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
    groupId = await buildGroup(ana, [luis, eva]);
  });

  const viewsOf = (person: Person) =>
    Promise.all([
      person.follow(TypingChangedDocument, { conversationId: groupId }),
      person.follow(ReceiptChangedDocument, { conversationId: groupId }),
    ]);

  it.each([
    ['the member is removed', () => ana.run(GroupUserRemoveDocument, { input: { groupId, userId: luis.id } })],
    ['the group is deleted', () => ana.run(GroupDeleteDocument, { input: { groupId } })],
    ['the viewer calls it spam', () => luis.run(ConversationSpamDocument, { input: { conversationId: groupId } })],
  ])('complete when %s', async (_when, end) => {
    const views = await viewsOf(luis);
    await end();
    expect(await Promise.all(views.map((view) => view.end()))).toEqual([true, true]);
  });

  it.each([
    ['typingChanged', TypingChangedDocument],
    ['receiptChanged', ReceiptChangedDocument],
    ['messageAdded', MessageAddedDocument],
  ])('are not opened for spam: %s', async (_name, document) => {
    await luis.run(ConversationSpamDocument, { input: { conversationId: groupId } });
    const view = await luis.follow<unknown, { conversationId?: string | null }>(document, { conversationId: groupId });
    expect(await view.end()).toMatchObject([{ extensions: { code: 'FORBIDDEN', reason: 'MARKED_AS_SPAM' } }]);
  });

  it('stay when somebody else is removed', async () => {
    const [typing] = await viewsOf(eva);
    await ana.run(GroupUserRemoveDocument, { input: { groupId, userId: luis.id } });
    await ana.run(TypingSetDocument, { input: { conversationId: groupId, typing: true } });
    await typing.until(1);
    expect(typing.ended).toBeUndefined();
  });

  it('hide who writes from those with whom it stands in a block', async () => {
    await luis.run(UserBlockDocument, { input: { userId: ana.id } });
    const views = [await luis.follow(TypingChangedDocument, {}), await eva.follow(TypingChangedDocument, {})] as const;
    await ana.run(TypingSetDocument, { input: { conversationId: groupId, typing: true } });
    await eva.run(TypingSetDocument, { input: { conversationId: groupId, typing: true } });
    const seen = await views[1].until(1);
    expect(seen.map(({ typingChanged }) => typingChanged.user.id)).toEqual([ana.id]);
    expect((await views[0].until(1)).map(({ typingChanged }) => typingChanged.user.id)).toEqual([eva.id]);
  });
});
