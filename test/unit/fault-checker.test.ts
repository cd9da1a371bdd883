import { judge } from '../faults/support/checker.js';
import type { Deed, History, Sight, StoredEntry } from '../faults/support/history.js';

const conversationId = 'c';
const entry = (seq: number, more: Partial<StoredEntry> = {}): StoredEntry => ({
  id: `e${seq}`,
  conversationId,
  seq,
  type: 'MESSAGE_ADDED',
  actorId: 'ana',
  clientMessageId: `m${seq}`,
  content: `text ${seq}`,
  ...more,
});
const founded = entry(1, { type: 'GROUP_CREATED', clientMessageId: undefined, userIds: ['luis'] });
const sight = ({ id, seq, type, content }: StoredEntry): Sight => {
  const message = type === 'MESSAGE_ADDED' ? { messageId: id, content } : {};
  return { kind: 'event', conversationId, seq, type, isRemoved: false, ...message };
};
const left: Sight = { kind: 'left', conversationId };
const caughtUp: Sight = { kind: 'caughtUp' };
const reset = (firstSeq: number, lastSeq: number): Sight => ({ kind: 'reset', conversationId, firstSeq, lastSeq });

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
    content: `text ${seq}`,
    answers: [{ messageId: `e${seq}`, seq }],
    refusals: [],
  })),
  deeds: [],
  views: [
    { userId: 'ana', sights: log.map(sight) },
    { userId: 'luis', sights: [...log.slice(0, 4).map(sight), left] },
  ],
  wires: [],
  standings: [],
};

const faultsOf = (history: History) => {
  const { lasting, open } = judge(history);
  return [...lasting, ...open];
};
const promisesBrokenBy = (change: Partial<History>) => [
  ...new Set(faultsOf({ ...good, ...change }).map(({ promise }) => promise)),
];
const shown = (...seqs: number[]) => seqs.map((seq) => sight(log[seq - 1]!));
const anaSees = (...seqs: number[]) => [{ userId: 'ana', sights: shown(...seqs) }];
const ofLuis = (sights: readonly Sight[]) => [{ userId: 'luis', sights: [...sights] }];
const socketOf = (userId: string, known: number, ...sights: Sight[]) => ({
  wires: [{ userId, sights, known: new Map([[conversationId, known]]), isOpen: true }],
});
const deed = (more: Partial<Deed>): Deed => ({
  kind: 'edit',
  actorId: 'ana',
  conversationId,
  subject: 'e2',
  value: 'new',
  begun: 1,
  ended: 2,
  outcome: 'done',
  ...more,
});
const sendingRefused = (code: string) => ({ sendings: [{ ...good.sendings[0]!, refusals: [{ code }] }] });
const standing = (numbers: Partial<NonNullable<History['standings'][0]['numbers']>>, userId = 'ana') => ({
  standings: [
    {
      server: 's',
      userId,
      conversationId,
      numbers: { firstSeq: 1, lastSeq: 5, readSeq: 0, unread: 0, ...numbers },
    },
  ],
});

describe('the checker of histories', () => {
  it('finds nothing wrong with a good one', () => {
    expect(faultsOf(good)).toEqual([]);
  });

  it.each<[string, Partial<History>]>([
    ['lost', { log: [...log.slice(0, 4), entry(5, { clientMessageId: 'another', id: 'x' })] }],
    ['doubled', { log: [...log, entry(6, { clientMessageId: 'm5' })] }],
    ['gap in the log', { log: log.filter(({ seq }) => seq !== 3) }],
    ['gap in the log', { log: [...log, entry(5, { id: 'twin', clientMessageId: 'x' })] }],
    ['written by a stranger', { log: [...log, entry(6, { actorId: 'luis' })] }],
    ['left pending', { log: [...log, entry(6, { type: 'REACTION_CHANGED', messageId: 'e2', pending: true })] }],
    [
      'message differs from its log',
      { log: [...log, entry(6, { type: 'REACTION_CHANGED', messageId: 'e2', emoji: '👍', given: true })] },
    ],
    ['message differs from its log', { log: [founded, entry(2, { content: 'another' }), ...log.slice(2)] }],
    [
      'retry answered differently',
      { sendings: [{ ...good.sendings[0]!, answers: [...good.sendings[0]!.answers, { messageId: 'x', seq: 9 }] }] },
    ],
    ['refused without a reason', sendingRefused('BAD_USER_INPUT')],
    ['refused without a reason', sendingRefused('NOT_FOUND')],
    ['refused without a reason', { deeds: [deed({ outcome: { code: 'FORBIDDEN', reason: 'MESSAGE_REMOVED' } })] }],
    ['acknowledged and not done', { deeds: [deed({})] }],
    ['acknowledged and not done', { deeds: [deed({ kind: 'remove', value: true })] }],
    ['acknowledged and not done', { deeds: [deed({ kind: 'react', value: true })] }],
    ['acknowledged and not done', { deeds: [deed({ kind: 'membership', subject: 'luis', value: true })] }],
  ])('finds what is %s (case %#)', (promise, change) => {
    expect(promisesBrokenBy(change)).toContain(promise);
  });

  it.each<[string, Partial<History>]>([
    ['gap or disorder', { views: anaSees(1, 2, 4, 5) }],
    ['gap or disorder', { views: anaSees(1, 3, 2, 4, 5) }],
    ['shown twice', { views: anaSees(1, 2, 2, 3, 4, 5) }],
    ['gap or disorder', socketOf('ana', 1, ...shown(3, 4, 5))],
    ['shown twice', socketOf('ana', 3, ...shown(3, 4, 5))],
    ['needless reset', socketOf('ana', 3, reset(1, 5))],
    ['never shown', socketOf('ana', 3, ...shown(4))],
    ['left without the last entry', socketOf('luis', 2, ...shown(3), caughtUp, left)],
    ['not told of leaving', socketOf('luis', 2, ...shown(3, 4))],
    ['never shown', { views: anaSees(1, 2, 3, 4) }],
    ['gap or disorder', { views: anaSees(2, 3, 4, 5) }],
    ['never shown', { views: [{ userId: 'ana', sights: [] }] }],
    ['not a member', { views: ofLuis(log.map(sight)) }],
    ['not a member', { views: ofLuis([left, sight(log[4]!)]) }],
    ['another entry', { views: ofLuis([sight({ ...log[1]!, type: 'MESSAGE_EDITED' })]) }],
    ['other content', { views: ofLuis([...shown(1), sight({ ...log[1]!, content: 'another' })]) }],
    ['membership differs from its log', standing({}, 'luis')],
    ['membership differs from its log', standing({ lastSeq: 4 })],
    ['wrong unread count', standing({ unread: 1 })],
    ['wrong receipt', standing({ readSeq: 3 })],
    ['wrong receipt', { ...standing({}), deeds: [deed({ kind: 'read', subject: 'ana', value: 3 })] }],
  ])('finds out who is shown what is %s (case %#)', (promise, change) => {
    expect(promisesBrokenBy(change)).toContain(promise);
  });

  it.each<[string, Partial<History>]>([
    ['goes on where it was', socketOf('ana', 2, ...shown(3, 4, 5), caughtUp)],
    ['leaves with its last entry', socketOf('luis', 2, ...shown(3), caughtUp, ...shown(4), left)],
    ['was away when it was removed', socketOf('luis', 2, left, caughtUp)],
    ['can tell why a change was undone', { deeds: [deed({ kind: 'react', value: true, outcome: 'unknown' })] }],
  ])('lets be who %s', (_who, change) => {
    expect(promisesBrokenBy(change)).toEqual([]);
  });

  it('lets an unacknowledged message be there once, or not at all', () => {
    const sendings = ['m5', 'never arrived'].map((clientMessageId) => ({
      ...good.sendings[2]!,
      clientMessageId,
      answers: [],
    }));
    expect(faultsOf({ ...good, sendings: [...good.sendings.slice(0, 2), ...sendings] })).toEqual([]);
  });

  it('lets somebody who returns begin where it was added again', () => {
    const again = [
      ...log,
      entry(6, { type: 'MEMBER_ADDED', userId: 'luis', clientMessageId: undefined }),
      entry(7, { type: 'CONVERSATION_CHANGED', clientMessageId: undefined }),
    ];
    const [ana] = good.views;
    const views = (...seqs: number[]) => [
      { ...ana!, sights: again.map(sight) },
      ...ofLuis(seqs.map((seq) => sight(again[seq - 1]!))),
    ];
    expect(faultsOf({ ...good, log: again, views: views(1, 2, 3, 6, 7) })).toEqual([]);
    const skipping = faultsOf({ ...good, log: again, views: views(1, 2, 3, 7) });
    expect(skipping.map(({ promise }) => promise)).toEqual(['gap or disorder', 'never shown']);
  });
});
