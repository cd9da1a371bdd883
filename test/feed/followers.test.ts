import { ConversationEventType as Type } from '../../src/log/entry-type.js';
import { coreGroup, foundGroup } from '../support/core-group.js';
import { eventually } from '../support/eventually.js';
import { Subscriber } from '../support/subscriber.js';

describe('a follower', () => {
  const group = coreGroup();
  const { append, say, luis } = group;
  const follow = async () =>
    new Subscriber(await group.core.streams.feed(luis, [{ conversationId: group.id, seq: 1 }]));

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
    const { core, cores, id, ana } = group;
    const first = await core.streams.log(luis, 'messageAdded', id);
    const known = [id, await foundGroup(core, ana, [luis])].map((conversationId) => ({ conversationId, seq: 1 }));
    cores.database.connection.set('debug', (collection: string, method: string) => {
      if (collection === 'conversations' && method === 'aggregate') first.close();
    });
    const subscriber = new Subscriber(await core.streams.feed(luis, known));
    cores.database.connection.set('debug', false);
    await say('uno');
    await eventually(() => expect(subscriber.told).toEqual(['MESSAGE_ADDED 2']));
  });
});
