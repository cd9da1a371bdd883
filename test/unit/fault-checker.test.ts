import { faultsOf } from '../faults/support/checker.js';
import type { History, Sight, StoredEntry } from '../faults/support/history.js';

const conversationId = 'c';
const entry = (seq: number, more: Partial<StoredEntry> = {}): StoredEntry => ({
  id: `e${seq}`,
  conversationId,
  seq,
  type: 'MESSAGE_ADDED',
  actorId: 'ana',
  clientMessageId: `m${seq}`,
  ...more,
});
const founded = entry(1, { type: 'GROUP_CREATED', clientMessageId: undefined, userIds: ['luis'] });
const sight = ({ seq, type }: StoredEntry): Sight => ({ kind: 'event', conversationId, seq, type });

/** Ana founds a group with Luis, says two things, removes Luis and says one more. */
const log = [
  founded,
  entry(2),
  entry(3),
  entry(4, { type: 'MEMBER_REMOVED', userId: 'luis', clientMessageId: undefined }),
  entry(5),
];
const good: History = {
  log,
  sendings: [2, 3, 5].map((seq) => ({
    clientMessageId: `m${seq}`,
    userId: 'ana',
    conversationId,
    answers: [{ messageId: `e${seq}`, seq }],
  })),
  views: [
    { userId: 'ana', sights: log.map(sight) },
    { userId: 'luis', sights: [...log.slice(0, 4).map(sight), { kind: 'break', conversationId }] },
  ],
  wires: [],
};

const promisesBrokenBy = (change: Partial<History>) => [
  ...new Set(faultsOf({ ...good, ...change }).map(({ promise }) => promise)),
];
const anaSees = (...seqs: number[]) => [{ userId: 'ana', sights: seqs.map((seq) => sight(log[seq - 1]!)) }];
const ofLuis = (sights: readonly Sight[]) => [{ userId: 'luis', sights: [...sights] }];

describe('the checker of histories', () => {
  it('finds nothing wrong with a good one', () => {
    expect(faultsOf(good)).toEqual([]);
  });

  it.each<[string, Partial<History>]>([
    ['lost', { log: [...log.slice(0, 4), entry(5, { clientMessageId: 'another', id: 'x' })] }],
    ['doubled', { log: [...log, entry(6, { clientMessageId: 'm5' })] }],
    ['gap in the log', { log: log.filter(({ seq }) => seq !== 3) }],
    ['gap in the log', { log: [...log, entry(5, { id: 'twin', clientMessageId: 'x' })] }],
    [
      'retry answered differently',
      { sendings: [{ ...good.sendings[0]!, answers: [...good.sendings[0]!.answers, { messageId: 'x', seq: 9 }] }] },
    ],
    ['gap or disorder', { views: anaSees(1, 2, 4, 5) }],
    ['gap or disorder', { views: anaSees(1, 3, 2, 4, 5) }],
    ['gap or disorder', { views: anaSees(1, 2, 2, 3, 4, 5) }],
    ['gap or disorder', { wires: anaSees(2, 4) }],
    ['never shown', { views: anaSees(1, 2, 3, 4) }],
    ['never shown', { views: anaSees(2, 3, 4, 5) }],
    ['never shown', { views: [{ userId: 'ana', sights: [] }] }],
    ['not a member', { views: ofLuis(log.map(sight)) }],
    ['not a member', { views: ofLuis([{ kind: 'break', conversationId }, sight(log[4]!)]) }],
    ['another entry', { views: ofLuis([sight({ ...log[1]!, type: 'MESSAGE_EDITED' })]) }],
  ])('finds what is %s (case %#)', (promise, change) => {
    expect(promisesBrokenBy(change)).toContain(promise);
  });

  it('lets an unacknowledged message be there once, or not at all', () => {
    const sendings = ['m5', 'never arrived'].map((clientMessageId) => ({
      ...good.sendings[2]!,
      clientMessageId,
      answers: [],
    }));
    expect(faultsOf({ ...good, sendings })).toEqual([]);
  });

  it('lets somebody who returns begin where it was added again', () => {
    const again = [...log, entry(6, { type: 'MEMBER_ADDED', userId: 'luis', clientMessageId: undefined }), entry(7)];
    const views = ofLuis([...again.slice(0, 3), ...again.slice(5)].map(sight));
    expect(faultsOf({ ...good, log: again, views })).toEqual([]);
    const skipping = ofLuis([...again.slice(0, 3), again[6]!].map(sight));
    expect(faultsOf({ ...good, log: again, views: skipping }).map(({ promise }) => promise)).toEqual([
      'gap or disorder',
      'never shown',
    ]);
  });
});
