import { MemoryBus } from '../../src/bus/memory-bus.js';
import { composeCore, type Core } from '../../src/composition/core.js';
import { readConfig } from '../../src/config.js';
import { ConversationKind } from '../../src/conversations/conversation-kind.js';
import { newId } from '../../src/database/ids.js';
import { ConversationEvent, FeedLeft } from '../../src/feed/feed-items.js';
import type { LiveStream } from '../../src/feed/live-stream.js';
import type { Draft } from '../../src/log/append-request.js';
import { ConversationEventType as Type } from '../../src/log/entry-type.js';
import { eventually } from '../support/eventually.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';

/** A subscriber that takes nothing while it is full. */
class Subscriber {
  readonly told: string[] = [];
  isFull = false;

  constructor(private readonly stream: LiveStream) {
    stream.attach({
      push: ({ payload }) => {
        if (this.isFull) return false;
        if (payload instanceof ConversationEvent) this.told.push(`${payload.type} ${payload.seq}`);
        if (payload instanceof FeedLeft) this.told.push('left');
        return true;
      },
      end: () => this.told.push('end'),
    });
  }

  drain(): void {
    this.isFull = false;
    this.stream.resume();
  }
}

describe('a follower', () => {
  let database: TestDatabase;
  let core: Core;
  let conversationId: string;
  const [ana, luis] = [newId(), newId()] as const;

  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.stop());
  beforeEach(async () => {
    const { collections } = database;
    const onError = (error: unknown): void => expect(error).toBeUndefined();
    core = composeCore({ config: readConfig({}), collections, bus: new MemoryBus(), onError });
    conversationId = await found();
  });
  afterEach(() => core.log.stop());

  /** A group of the two. */
  const found = async (): Promise<string> => {
    conversationId = newId();
    const now = new Date();
    const group = {
      _id: conversationId,
      kind: ConversationKind.GROUP,
      createdById: ana,
      createdAt: now,
      updatedAt: now,
    };
    await core.collections.conversations.insert(group);
    await append({ type: Type.GROUP_CREATED, userIds: [luis], title: 'Equipo' });
    return conversationId;
  };
  const append = (draft: Omit<Draft, 'actorId'>) =>
    core.log.append({ conversationId, decide: () => [{ actorId: ana, ...draft }] });
  const say = (content: string) => append({ type: Type.MESSAGE_ADDED, content });
  const follow = async () => new Subscriber(await core.streams.feed(luis, [{ conversationId, seq: 1 }]));

  it('without room is given everything in order once it has some', async () => {
    const subscriber = await follow();
    await say('uno');
    await eventually(() => expect(subscriber.told).toEqual(['MESSAGE_ADDED 2']));
    subscriber.isFull = true;
    await say('dos');
    await say('tres');
    subscriber.drain();
    await eventually(() => expect(subscriber.told).toEqual(['MESSAGE_ADDED 2', 'MESSAGE_ADDED 3', 'MESSAGE_ADDED 4']));
  });

  it('without room goes on where it was added again, when it was removed and added meanwhile', async () => {
    const subscriber = await follow();
    await say('uno');
    await eventually(() => expect(subscriber.told).toEqual(['MESSAGE_ADDED 2']));
    subscriber.isFull = true;
    for (let at = 0; at < 2; at++) {
      await append({ type: Type.MEMBER_REMOVED, userId: luis });
      await say('sin Luis');
      await append({ type: Type.MEMBER_ADDED, userId: luis });
    }
    await say('con Luis');
    subscriber.drain();
    const expected = [
      ...['MESSAGE_ADDED 2', 'MEMBER_REMOVED 3', 'left'],
      ...['MEMBER_ADDED 5', 'MEMBER_REMOVED 6', 'left'],
      ...['MEMBER_ADDED 8', 'MESSAGE_ADDED 9'],
    ];
    await eventually(() => expect(subscriber.told).toEqual(expected));
    await say('y más');
    await eventually(() => expect(subscriber.told).toEqual([...expected, 'MESSAGE_ADDED 10']));
  });

  it('is told of everything although the only other one left while it took its place', async () => {
    const first = await core.streams.log(luis, 'messageAdded', conversationId);
    const shared = conversationId;
    const known = [shared, await found()].map((id) => ({ conversationId: id, seq: 1 }));
    conversationId = shared;
    database.connection.set('debug', (collection: string, method: string) => {
      if (collection === 'conversations' && method === 'aggregate') first.close();
    });
    const subscriber = new Subscriber(await core.streams.feed(luis, known));
    database.connection.set('debug', false);
    await say('uno');
    await eventually(() => expect(subscriber.told).toEqual(['MESSAGE_ADDED 2']));
  });
});
