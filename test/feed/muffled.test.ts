import type { ViewChanged } from '../../src/bus/messages.js';
import type { Core } from '../../src/composition/core.js';
import { feedRechecks } from '../../src/feed/rechecks.js';
import { FeedHub } from '../../src/feed/hub.js';
import { Muffled } from '../../src/feed/muffled.js';
import { Notices } from '../../src/feed/notices.js';
import { Streams } from '../../src/feed/streams.js';
import { coreGroup, foundGroup } from '../support/core-group.js';
import { eventually } from '../support/eventually.js';
import { Subscriber } from '../support/subscriber.js';

describe('conversations that somebody called spam', () => {
  const group = coreGroup();
  const { ana, luis, cores } = group;
  let core: Core;
  let muffled: Muffled;
  let conversationId: string;
  beforeEach(() => {
    ({ core, id: conversationId } = group);
    muffled = new Muffled(core.collections, core.bus);
  });

  const mark = (isSpam: boolean) =>
    core.collections.members.updateMany({ conversationId, userId: luis }, { $set: { isSpam } });
  const tell = (change: ViewChanged['change']) =>
    core.bus.publish({ kind: 'view', userId: luis, conversationId, change, firstSeq: 1 });
  const onRead = (act: () => void): void => {
    cores.database.connection.set('debug', (collection: string, method: string) => {
      if (collection === 'members' && method === 'find') act();
    });
  };
  afterEach(() => void cores.database.connection.set('debug', false));

  it('are not silent for ever when the mark is cleared while the marks are read', async () => {
    await mark(true);
    let isFirst = true;
    const { members } = core.collections;
    const find = members.find.bind(members);
    members.find = async (...args) => {
      const found = await find(...args);
      if (isFirst) {
        isFirst = false;
        await mark(false);
        tell('cleared');
      }
      return found;
    };
    await muffled.hold(luis);
    members.find = find;
    expect(muffled.has(luis, conversationId)).toBe(false);
  });

  it('are read again after a failure, of which everybody who waited hears', async () => {
    await mark(true);
    onRead(() => {
      throw new Error('The database is gone.');
    });
    const holds = await Promise.allSettled([muffled.hold(luis), muffled.hold(luis)]);
    expect(holds.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    cores.database.connection.set('debug', false);
    await muffled.hold(luis);
    expect(muffled.has(luis, conversationId)).toBe(true);
  });

  it('are noticed in a round, also for who has nothing open but a view that is in no log', async () => {
    const hub = new FeedHub(core.log.reader, core.bus);
    const notices = new Notices(core.bus, muffled);
    const told: object[] = [];
    const list = await notices.open(luis, 'conversationListChanged');
    list.attach({ push: ({ payload }) => told.push(payload) > 0, end: () => undefined });
    const typing = await notices.open(luis, 'typingChanged', conversationId);
    typing.attach({ push: () => true, end: () => told.push({ ended: true }) });
    await mark(true);
    const parts = { collections: core.collections, hub, muffled, notices, reader: core.log.reader };
    for (const recheck of feedRechecks(parts)) await recheck();
    expect(told).toEqual([{ ended: true }]);
    const payload = { conversationId };
    notices.tellHere({ name: 'conversationListChanged', payload, to: [luis] });
    expect(told).toEqual([{ ended: true }]);
    await mark(false);
    for (const recheck of feedRechecks(parts)) await recheck();
    notices.tellHere({ name: 'conversationListChanged', payload, to: [luis] });
    expect(told).toEqual([{ ended: true }, payload]);
  });

  it('and views of one that somebody has left unheard end in a round', async () => {
    const hub = new FeedHub(core.log.reader, core.bus);
    const notices = new Notices(core.bus, muffled);
    let hasEnded = false;
    const typing = await notices.open(luis, 'typingChanged', conversationId);
    typing.attach({ push: () => true, end: () => (hasEnded = true) });
    const ofPerson = await notices.open(luis, 'presenceChanged', ana);
    ofPerson.attach({ push: () => true, end: () => expect('ended').toBeUndefined() });
    await core.collections.members.updateMany({ conversationId, userId: luis }, { $set: { leftSeq: 2 } });
    const parts = { collections: core.collections, hub, muffled, notices, reader: core.log.reader };
    for (const recheck of feedRechecks(parts)) await recheck();
    expect(hasEnded).toBe(true);
  });

  it('stay silent when the mark is set while a round is at work for somebody else', async () => {
    const otherId = await foundGroup(core, ana, []);
    const markOther = (isSpam: boolean) =>
      core.collections.members.updateMany({ conversationId: otherId, userId: ana }, { $set: { isSpam } });
    const hub = new FeedHub(core.log.reader, core.bus);
    const notices = new Notices(core.bus, muffled);
    const parts = { collections: core.collections, hub, muffled, notices, reader: core.log.reader };
    const streams = new Streams(parts);
    const ofAna = new Subscriber(await streams.feed(ana));
    const ofLuis = new Subscriber(await streams.feed(luis));
    const round = async (): Promise<void> => {
      for (const recheck of feedRechecks(parts)) await recheck();
    };
    await markOther(true);
    await round();
    await markOther(false);
    // To join ana again, the round reads the head; the mark of luis comes just then.
    const reader = core.log.reader;
    const heads = reader.settledHeads.bind(reader);
    let isMarked = false;
    reader.settledHeads = async (ids) => {
      const found = await heads(ids);
      if (!isMarked) {
        isMarked = true;
        await mark(true);
        tell('spam');
      }
      return found;
    };
    await round();
    reader.settledHeads = heads;
    expect(isMarked).toBe(true);
    await group.say('hola');
    await eventually(() => expect(ofAna.told).toContain('MESSAGE_ADDED 2'));
    expect(ofLuis.told).not.toContain('MESSAGE_ADDED 2');
  });
});
