import { MemoryBus } from '../../src/bus/memory-bus.js';
import { ConversationKind } from '../../src/conversations/conversation-kind.js';
import { newId } from '../../src/database/ids.js';
import { notFound } from '../../src/errors.js';
import { leaving } from '../../src/groups/leaving.js';
import type { Draft } from '../../src/log/append-request.js';
import { ConversationLog } from '../../src/log/conversation-log.js';
import type { ConversationState } from '../../src/log/conversation-state.js';
import { ConversationEventType as Type } from '../../src/log/entry-type.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';

/** Two processes over one database that do not hear of each other: the log alone has to keep them in one order. */
describe('the log of one conversation, written by two processes', () => {
  let database: TestDatabase;
  let logs: [ConversationLog, ConversationLog];
  let conversationId: string;
  const [ana, luis] = [newId(), newId()] as const;

  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.stop());
  beforeEach(async () => {
    logs = [openLog(), openLog()];
    conversationId = newId();
    const now = new Date();
    await database.collections.conversations.insert({
      _id: conversationId,
      kind: ConversationKind.GROUP,
      createdById: ana,
      createdAt: now,
      updatedAt: now,
    });
    const draft = { type: Type.GROUP_CREATED, actorId: ana, userIds: [luis], title: 'Equipo' };
    await logs[0].append({ conversationId, decide: () => [draft] });
  });
  afterEach(() => Promise.all(logs.map((log) => log.stop())));

  const openLog = () => new ConversationLog(database.collections, new MemoryBus());
  const say = (log: ConversationLog, actorId: string, [content, clientMessageId]: [string, string?]) => {
    const once = clientMessageId === undefined ? undefined : { actorId, clientMessageId, requestHash: content };
    const stamp = once && { clientMessageId, requestHash: content };
    const decide = ({ seats }: ConversationState): Draft[] => {
      if (!seats.has(actorId)) throw notFound('conversation');
      return [{ type: Type.MESSAGE_ADDED, actorId, content, ...stamp }];
    };
    return log.append({ conversationId, decide, send: { once } });
  };
  const everybody = (userIds: readonly string[]) => Promise.resolve(new Set(userIds));
  const leave = (log: ConversationLog, userId: string) =>
    log.append({ conversationId, decide: (state) => leaving(userId, state, everybody) });
  const entries = () => database.collections.log.find({ conversationId }, { sort: { seq: 1 } });

  it('shows an entry with its message as it is after it, also when the message was read before', async () => {
    await say(logs[0], ana, ['antes']);
    const [before] = (await entries()).filter(({ type }) => type === Type.MESSAGE_ADDED);
    const edit = { type: Type.MESSAGE_EDITED, actorId: ana, messageId: before!.id, text: 'después' };
    await logs[1].append({ conversationId, decide: () => [edit] });
    const after = (await entries()).filter(({ type }) => type === Type.MESSAGE_EDITED);
    // As one long read finds them: its first rows are older than its last ones.
    const messages = await logs[0].reader.messagesOf([before!, ...after]);
    expect(messages[before!.id]).toMatchObject({ content: 'después' });
  });

  it('has no gap and no double, however they race', async () => {
    const sends = Array.from({ length: 200 }, (_, at) => say(logs[at % 2]!, ana, [`n${at}`]));
    await Promise.all(sends);
    const stored = await entries();
    expect(stored.map(({ seq }) => seq)).toEqual(Array.from({ length: 201 }, (_, at) => at + 1));
    expect(new Set(stored.slice(1).map(({ content }) => content)).size).toBe(200);
  });

  it('stores a send once that both receive at the same time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => say(logs[at % 2]!, ana, ['igual', `id-${at % 5}`])),
    );
    expect(new Set(answers.map(({ entries: [entry] }) => entry!.id)).size).toBe(5);
    expect(await entries()).toHaveLength(6);
  });

  it('takes nothing from somebody whom the other process has removed', async () => {
    await say(logs[1], luis, ['estoy']);
    await leave(logs[0], luis);
    await expect(say(logs[1], luis, ['sigo aquí'])).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await entries()).at(-1)!.type).toBe(Type.MEMBER_REMOVED);
  });

  it('ends with the deletion of the group, whatever races with it', async () => {
    await say(logs[1], luis, ['hola']);
    const deletion = { type: Type.GROUP_DELETED, actorId: ana };
    const sends = Array.from({ length: 50 }, (_, at) => say(logs[1], luis, [`n${at}`]).catch(() => undefined));
    await logs[0].append({ conversationId, decide: () => [deletion] });
    await Promise.all(sends);
    await expect(say(logs[1], luis, ['tarde'])).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await entries()).at(-1)!.type).toBe(Type.GROUP_DELETED);
  });

  it('gives the group to exactly one heir when owner and heir leave at once', async () => {
    await Promise.all([leave(logs[0], ana), leave(logs[1], luis)]);
    const types = (await entries()).map(({ type }) => type);
    expect(types.filter((type) => type === Type.MEMBER_REMOVED)).toHaveLength(2);
    expect(types.at(-1)).toBe(Type.GROUP_DELETED);
  });

  it('applies an entry once, even when it is applied again late', async () => {
    await leave(logs[0], luis);
    const [removal] = (await entries()).slice(-1);
    const back = { type: Type.MEMBER_ADDED, actorId: ana, userId: luis };
    await logs[0].append({ conversationId, decide: () => [back] });
    await logs[1].reader.apply(removal!);
    const [member] = await database.collections.members.find({ conversationId, userId: luis });
    expect(member).toMatchObject({ leftSeq: null, joinedSeq: 3 });
  });

  it('answers UNAVAILABLE, not wrongly, to more than 1,000 that wait', async () => {
    const sends = Array.from({ length: 1_300 }, (_, at) => say(logs[0], ana, [`n${at}`]));
    const outcomes = await Promise.allSettled(sends);
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    expect(refused.length).toBeGreaterThan(0);
    for (const reason of refused) expect(reason).toMatchObject({ code: 'UNAVAILABLE' });
    expect(await entries()).toHaveLength(1_301 - refused.length);
  });

  /** Makes a database command fail once, within the call. */
  const failingOnce = async <T>(command: string, call: () => Promise<T>): Promise<T> => {
    const { db } = database.collections.users.model;
    let failures = 0;
    db.set('debug', (collection: string, method: string) => {
      if (`${collection}.${method}` !== command || failures > 0) return;
      failures += 1;
      throw new Error('The database fails.');
    });
    try {
      const result = await call();
      expect(failures).toBe(1);
      return result;
    } finally {
      db.set('debug', false);
    }
  };

  it('answers that it is done when the database fails between an entry and what it changes', async () => {
    const left = await failingOnce('members.updateMany', () => leave(logs[0], luis));
    expect(left.entries).toMatchObject([{ type: Type.MEMBER_REMOVED, userId: luis, seq: 2 }]);
    expect((await entries()).map(({ type, pending }) => [type, pending])).toEqual([
      [Type.GROUP_CREATED, undefined],
      [Type.MEMBER_REMOVED, undefined],
    ]);
  });

  it('stores a reply once when the database fails as the message that it answers is read', async () => {
    const question = (await say(logs[0], ana, ['question'])).entries[0]!;
    const draft = { type: Type.MESSAGE_ADDED, actorId: luis, content: 'answer', replyToId: question.id };
    const reply = () => logs[0].append({ conversationId, decide: () => [draft], send: { once: undefined } });
    const { entries: told, messages } = await failingOnce('messages.find', reply);
    expect(told).toMatchObject([{ content: 'answer', seq: 3 }]);
    expect(Object.values(messages)).toMatchObject([{ content: 'answer', answered: { content: 'question' } }]);
    expect(await entries()).toHaveLength(3);
  });
});
