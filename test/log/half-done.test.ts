import type { Core } from '../../src/composition/core.js';
import { newId, objectId } from '../../src/database/ids.js';
import { MessagesDocument } from '../../src/generated/operations.js';
import { ConversationEventType as Type } from '../../src/log/entry-type.js';
import type { LogEntry } from '../../src/log/log-entry.model.js';
import { buildDirect, say } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { coreGroup } from '../support/core-group.js';
import { eventually } from '../support/eventually.js';
import { Subscriber } from '../support/subscriber.js';

interface HalfDone {
  readonly conversationId: string;
  readonly seq: number;
  readonly type: Type;
  readonly userId?: string;
  readonly messageId?: string;
  readonly text?: string;
}

/** An entry whose process died, or pauses, before what it changes was changed. */
describe('a half-done entry', () => {
  const group = coreGroup();
  const { cores, luis, say: sayHere } = group;
  let core: Core;
  let conversationId: string;
  beforeEach(() => {
    ({ core, id: conversationId } = group);
  });
  const started: TestServer[] = [];
  afterEach(() => Promise.all(started.splice(0).map((server) => server.stop())));

  const leaveHalfDone = ({ conversationId, userId, messageId, ...rest }: HalfDone, actorId: string = luis) =>
    cores.database.collections.log.native.insertOne({
      _id: objectId(newId()),
      conversationId: objectId(conversationId),
      actorId: objectId(actorId),
      ...(userId !== undefined && { userId: objectId(userId) }),
      ...(messageId !== undefined && { messageId: objectId(messageId) }),
      ...rest,
      createdAt: new Date(),
      pending: true,
    });
  const contentOf = async (id: string) => (await core.collections.log.findById(id))?.content;
  const stateOf = (entries: readonly LogEntry[]) =>
    entries.map(({ seq, pending }) => `${seq} ${pending ? 'half done' : 'finished'}`);
  const entriesLeft = () => core.collections.log.find({ pending: true });

  it('is finished before anything else is said, by a process that has yet to read the conversation', async () => {
    await leaveHalfDone({ conversationId, seq: 2, type: Type.MEMBER_REMOVED, userId: luis });
    const seated: boolean[] = [];
    const decide = ({ seats }: { seats: ReadonlyMap<string, unknown> }) => {
      seated.push(seats.has(luis));
      return [];
    };
    await cores.compose().log.append({ conversationId, decide });
    expect(seated).toEqual([false]);
    const [member] = await core.collections.members.find({ conversationId, userId: luis });
    expect(member!.leftSeq).toBe(2);
    expect(await entriesLeft()).toEqual([]);
  });

  it('is finished before it is read', async () => {
    const messageId = await sayHere('antes');
    await leaveHalfDone({ conversationId, seq: 3, type: Type.MESSAGE_EDITED, messageId, text: 'después' });
    const found = await core.log.reader.entries(conversationId, { after: 2, limit: 10 });
    expect(stateOf(found)).toEqual(['3 finished']);
    expect(await core.log.reader.messagesOf(found)).toMatchObject({ [messageId]: { content: 'después' } });
  });

  it('is finished before it is read, also when it comes while an earlier one is finished', async () => {
    const messageId = await sayHere('antes');
    await leaveHalfDone({ conversationId, seq: 3, type: Type.MESSAGE_EDITED, messageId, text: 'en medio' });
    const { reader } = core.log;
    const applyPending = reader.applyPending.bind(reader);
    let isFirst = true;
    reader.applyPending = async (id) => {
      await applyPending(id);
      if (isFirst)
        await leaveHalfDone({ conversationId, seq: 4, type: Type.MESSAGE_EDITED, messageId, text: 'después' });
      isFirst = false;
    };
    const found = await reader.entries(conversationId, { after: 2, limit: 10 });
    expect(stateOf(found)).toEqual(['3 finished', '4 finished']);
    expect(await reader.messagesOf(found)).toMatchObject({ [messageId]: { content: 'después' } });
  });

  it('is finished before somebody follows from behind it', async () => {
    const messageId = await sayHere('antes');
    await leaveHalfDone({ conversationId, seq: 3, type: Type.MESSAGE_EDITED, messageId, text: 'después' });
    const subscriber = new Subscriber(await core.streams.feed(luis, [{ conversationId, seq: 3 }]));
    expect(await contentOf(messageId)).toBe('después');
    await sayHere('más');
    await eventually(() => expect(subscriber.told).toEqual(['MESSAGE_ADDED 4']));
  });

  it('is finished by a server that starts, before anybody asks', async () => {
    const { database } = cores;
    const before = await startChatset({}, { database });
    started.push(before);
    const [eva, leo] = await before.people('eva', 'leo');
    const direct = await buildDirect(eva, leo);
    const { id: messageId } = await say(eva, direct, 'antes');
    const edit = { conversationId: direct, seq: 2, type: Type.MESSAGE_EDITED, messageId, text: 'después' };
    await leaveHalfDone(edit, eva.id);
    await started.pop()?.stop();
    const after = await startChatset({}, { database });
    started.push(after);
    const reader = await after.logIn(leo.username);
    const { messages } = await reader.run(MessagesDocument, { conversationId: direct, first: 10 });
    expect(JSON.stringify(messages)).toContain('después');
    expect(await entriesLeft()).toEqual([]);
  });
});
