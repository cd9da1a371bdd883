import {
  ConversationSpamClearDocument,
  ConversationSpamDocument,
  GroupUserAddDocument,
  MessageRemoveDocument,
  ReportsDocument,
} from '../../src/generated/operations.js';
import { buildDirect, buildGroup, say, sayAll } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import type { Person } from '../support/wire-person.js';

describe('reports', () => {
  let server: TestServer;
  let ana: Person;
  let luis: Person;
  let eva: Person;
  let admin: Person;

  beforeAll(async () => {
    server = await startChatset();
    [ana, luis, eva, admin] = await server.people('ana', 'luis', 'eva', 'admin');
    await server.app.collections.users.updateMany({ _id: admin.id }, { $set: { role: 'ADMIN' } });
  });
  afterAll(() => server.stop());

  const report = (person: Person, conversationId: string, reason?: string) =>
    person.run(ConversationSpamDocument, { input: { conversationId, reason } });

  const reportsOf = async (conversationId: string) => {
    const { reports } = await admin.run(ReportsDocument, {});
    return reports.edges.map(({ node }) => node).filter((found) => found.conversationId === conversationId);
  };

  it('tell site admins who reported what, with the newest twenty messages, once', async () => {
    const id = await buildDirect(luis, ana);
    const contents = Array.from({ length: 22 }, (_, at) => `n${at}`);
    await sayAll(luis, id, contents);
    for (let times = 0; times < 2; times++) await report(ana, id, 'ruido');
    const [found, ...others] = await reportsOf(id);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ reporter: { id: ana.id, username: ana.username }, reason: 'ruido' });
    expect(found!.messages.map(({ content }) => content)).toEqual(contents.reverse().slice(0, 20));
    expect(new Set(found!.messages.map(({ from }) => from.id))).toEqual(new Set([luis.id]));
  });

  it('are one for a person and a conversation, however often and at once it is marked', async () => {
    const id = await buildGroup(luis, [ana]);
    await say(luis, id, 'antes');
    await Promise.all(Array.from({ length: 10 }, () => report(ana, id)));
    expect(await reportsOf(id)).toHaveLength(1);
    await say(luis, id, 'después');
    await ana.run(ConversationSpamClearDocument, { input: { conversationId: id } });
    await report(ana, id, 'otra vez');
    const found = await reportsOf(id);
    expect(found.map(({ reason, messages }) => [reason, messages[0]?.content])).toEqual([['otra vez', 'después']]);
  });

  it.each(['', ' '])('take the reason %j for none', async (reason) => {
    const id = await buildGroup(luis, [ana]);
    await report(ana, id, reason);
    expect(await reportsOf(id)).toMatchObject([{ reason: null }]);
  });

  it('do not quote a removed message', async () => {
    const id = await buildDirect(luis, eva);
    const messageId = (await say(luis, id, 'retirado')).id;
    await say(luis, id, 'publicidad');
    await luis.run(MessageRemoveDocument, { input: { messageId } });
    await report(eva, id);
    const [found] = await reportsOf(id);
    expect(found!.messages.map(({ content }) => content)).toEqual(['publicidad']);
  });

  it('quote what the reporter may read, and nothing from before', async () => {
    const groupId = await buildGroup(ana, [luis]);
    await say(ana, groupId, 'antes');
    await ana.run(GroupUserAddDocument, { input: { groupId, userId: eva.id } });
    await say(ana, groupId, 'después');
    await report(eva, groupId);
    const [found] = await reportsOf(groupId);
    expect(found!.messages.map(({ content }) => content)).toEqual(['después']);
  });

  it('come in pages, the newest first', async () => {
    const ids = [await buildGroup(ana, []), await buildGroup(ana, [])];
    for (const id of ids) await report(ana, id);
    const first = (await admin.run(ReportsDocument, { first: 1 })).reports;
    const second = (await admin.run(ReportsDocument, { first: 1, after: first.pageInfo.endCursor })).reports;
    expect([...first.edges, ...second.edges].map(({ node }) => node.conversationId)).toEqual(ids.reverse());
    expect(await admin.refused(ReportsDocument, { after: 'x' })).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('are not for anybody else, and do not open the conversation to admins', async () => {
    const refused = await ana.refused(ReportsDocument, {});
    expect(refused).toMatchObject({ code: 'FORBIDDEN' });
  });
});
