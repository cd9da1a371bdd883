import { Receipts } from '../../src/conversations/receipts.js';
import { newId } from '../../src/database/ids.js';
import type { Core } from '../../src/composition/core.js';
import { testCores } from '../support/cores.js';
import { eventually } from '../support/eventually.js';
import { foundGroup } from '../support/core-group.js';

describe('receipts that come together', () => {
  const cores = testCores();
  let core: Core;
  let receipts: Receipts;
  let conversationId: string;
  const people = Array.from({ length: 20 }, () => newId());
  beforeEach(async () => {
    core = cores.compose();
    receipts = new Receipts(core.collections, core.notices);
    conversationId = await foundGroup(core, people[0]!, people.slice(1));
  });
  afterEach(async () => {
    cores.database.connection.set('debug', false);
    await receipts.stop();
  });

  const mark = (userId: string, seq: number) =>
    receipts.mark({ conversationId, userId }, { deliveredSeq: seq, readSeq: seq });
  const readSeqs = async () => (await core.collections.members.find({ conversationId })).map(({ readSeq }) => readSeq);
  /** Hears of each write. */
  const onWrite = (hear: () => void): void => {
    cores.database.connection.set('debug', (collection: string, method: string) => {
      if (`${collection}.${method}` === 'members.bulkWrite') hear();
    });
  };

  it('are stored with one write, those of one member as one, and then answered', async () => {
    let writes = 0;
    onWrite(() => (writes += 1));
    await Promise.all(people.flatMap((userId) => [mark(userId, 9), mark(userId, 7)]));
    expect(await readSeqs()).toEqual(people.map(() => 9));
    expect(writes).toBe(1);
  });

  it('are stored in turn when they come while others are written', async () => {
    const [one = '', other = ''] = people;
    await Promise.all([mark(one, 3), Promise.resolve().then(() => mark(one, 5)), mark(other, 4)]);
    await mark(one, 6);
    expect((await readSeqs()).sort()).toEqual([4, 6, ...people.slice(2).map(() => 0)].sort());
  });

  it('all fail when the database does, and the next ones are stored', async () => {
    onWrite(() => {
      throw new Error('The database fails.');
    });
    const outcomes = await Promise.allSettled(people.map((userId) => mark(userId, 5)));
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['rejected']));
    cores.database.connection.set('debug', false);
    await mark(people[0]!, 5);
    expect(await readSeqs()).toContain(5);
  });

  it('are told at once, then once a second, the newest always', async () => {
    const told: unknown[] = [];
    core.bus.subscribe((message) => {
      if (message.kind === 'notice' && message.notice.name === 'receiptChanged') told.push(message.notice.payload);
    });
    for (let seq = 1; seq <= 10; seq++) await mark(people[0]!, seq);
    await receipts.stop();
    const expected = { conversationId, userId: people[0] };
    await eventually(() => expect(told).toEqual([expected, expected]));
  });
});
