import * as fold from '../../src/web/chat/state/fold.js';
import { namesFrom } from '../../src/web/chat/state/names.js';
import { foldChanged, foldCut, foldGone, foldPeople } from '../../src/web/chat/state/people.js';
import type { ChatState, LogEntry } from '../../src/web/chat/state/types.js';
import { added, ana, conversationId, entry, leo, message, messageAt, page, person, row, seqsOf } from './log.js';

const empty = fold.emptyState(ana.id);
const events = (state: ChatState, entries: readonly LogEntry[]): ChatState => entries.reduce(fold.foldEvent, state);

/** A room that shows the newest end, up to a seq. */
function roomUpTo(seq: number): ChatState {
  const seqs = Array.from({ length: seq }, (_nothing, index) => index + 1);
  return loaded(fold.openRoom(fold.foldRows(empty, [row(seq)]), conversationId), page(seqs));
}

function loaded(state: ChatState, answer: ReturnType<typeof page>, place: 'replace' | 'older' | 'newer' = 'replace') {
  return fold.foldRoomPage(state, conversationId, { page: answer, place });
}

describe('the timeline', () => {
  it('shows an entry once, however often it comes', () => {
    expect(seqsOf(events(roomUpTo(2), [added(3), added(3), added(2)]))).toEqual([1, 2, 3]);
  });

  it('keeps the order of the log, whatever the order of arrival', () => {
    expect(seqsOf(events(roomUpTo(1), [added(4), added(2), added(3)]))).toEqual([1, 2, 3, 4]);
  });

  it('does not lose what comes while its first page is on the way', () => {
    const waiting = events(fold.openRoom(empty, conversationId), [added(3), added(4)]);
    expect(seqsOf(loaded(waiting, page([1, 2, 3])))).toEqual([1, 2, 3, 4]);
  });

  it('does not lose what comes while another window is on the way', () => {
    const moved = loaded(events(roomUpTo(3), [added(4)]), page([1, 2, 3]));
    expect(seqsOf(moved)).toEqual([1, 2, 3, 4]);
  });

  it('leaves no hole when it looks at the past: live entries wait until the window reaches them', () => {
    const past = loaded(roomUpTo(9), page([2, 3, 4], { hasOlder: true, hasNewer: true }));
    const later = events(past, [added(10), added(11)]);
    expect(seqsOf(later)).toEqual([2, 3, 4]);
    const nearer = loaded(later, page([5, 6, 7], { hasNewer: true }), 'newer');
    expect(seqsOf(nearer)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(seqsOf(loaded(nearer, page([8, 9]), 'newer'))).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('puts older pages before what is there', () => {
    const newest = loaded(fold.openRoom(empty, conversationId), page([5, 6], { hasOlder: true }));
    expect(seqsOf(loaded(newest, page([3, 4]), 'older'))).toEqual([3, 4, 5, 6]);
  });

  it('takes a change, and the quotes of what changed', () => {
    const replyTo = message(1);
    const state = events(roomUpTo(1), [added(2, { replyTo })]);
    const edited = message(1, { content: 'new words', editedAt: '2026-01-01T11:00:00.000Z' });
    const after = fold.foldEvent(state, entry(3, 'MESSAGE_EDITED', { message: edited as LogEntry['message'] }));
    expect(messageAt(after, 1)?.content).toBe('new words');
    expect(messageAt(after, 2)?.replyTo?.content).toBe('new words');
  });

  it('is not set back by a page that was asked for before a change', () => {
    const removed = message(1, { content: '', removedAt: '2026-01-01T11:00:00.000Z' });
    const state = events(roomUpTo(2), [entry(3, 'MESSAGE_REMOVED', { message: removed as LogEntry['message'] })]);
    expect(messageAt(loaded(state, page([1, 2], { asOf: 2 })), 1)?.removedAt).not.toBeNull();
  });

  it('keeps who reacted, which the feed does not tell', () => {
    const mine = message(1, { reactions: [{ emoji: '👍', count: 1, byMe: true }] });
    const state = fold.foldRoomRefreshed(roomUpTo(1), conversationId, [{ seq: 1, asOf: 1, message: mine }]);
    const told = message(1, { reactions: [{ emoji: '👍', count: 2 }] });
    const after = fold.foldEvent(state, entry(2, 'REACTION_CHANGED', { message: told as LogEntry['message'] }));
    expect(messageAt(after, 1)?.reactions).toEqual([{ emoji: '👍', count: 2, byMe: true }]);
  });

  it('shows a sent message before its entry comes, and once after', () => {
    const own = message(3, { from: ana, clientMessageId: 'x' });
    const sent = fold.foldRoomSent(roomUpTo(2), own);
    expect(seqsOf(sent)).toEqual([1, 2, 3]);
    expect(seqsOf(events(sent, [added(3, { from: ana, clientMessageId: 'x' })]))).toEqual([1, 2, 3]);
  });

  it('begins anew for who was removed and comes again', () => {
    const again = fold.foldRows(fold.foldLeft(roomUpTo(3), conversationId), [row(5, { firstSeq: 5 })]);
    expect(again.rooms.get(conversationId)).toMatchObject({ ending: undefined, members: new Map() });
    expect(seqsOf(loaded(again, page([5])))).toEqual([5]);
  });

  it('begins anew after a reset', () => {
    expect(seqsOf(fold.foldReset(roomUpTo(3), conversationId))).toEqual([]);
  });
});

describe('the list', () => {
  const rowAfter = (entries: readonly LogEntry[], start = row(2)) =>
    events(fold.foldRows(empty, [start]), entries).rows.get(conversationId);

  it('counts what others write, once', () => {
    expect(rowAfter([added(3), added(3), added(4, { from: ana })])).toMatchObject({ unreadCount: 1, lastSeq: 4 });
  });

  it('does not count what the row already tells', () => {
    expect(rowAfter([added(2)])?.unreadCount).toBe(0);
  });

  it('takes an older answer for the own marks only', () => {
    const state = events(fold.foldRows(empty, [row(2)]), [added(3)]);
    const after = fold.foldRows(state, [row(2, { isMuted: true })]).rows.get(conversationId);
    expect(after).toMatchObject({ lastSeq: 3, unreadCount: 1, isMuted: true });
  });

  it('follows members, roles and the title', () => {
    const changes = [
      entry(3, 'MEMBER_ADDED', { user: person('mia') }),
      entry(4, 'ADMIN_ADDED', { user: ana }),
      entry(5, 'CONVERSATION_CHANGED', { title: 'Another' }),
    ];
    expect(rowAfter(changes)).toMatchObject({ memberCount: 3, title: 'Another', me: { role: 'ADMIN' } });
  });

  it('has what it was told to have, and what a message or becoming a member leads to it', () => {
    const known = fold.foldRows(empty, [row(2)]);
    const isListed = (state: ChatState) => state.listed.has(conversationId);
    expect(isListed(known)).toBe(false);
    expect(isListed(fold.foldListed(known, [conversationId]))).toBe(true);
    expect(isListed(events(known, [entry(3, 'MEMBER_ADDED', { user: person('mia') })]))).toBe(false);
    expect(isListed(events(known, [entry(3, 'MEMBER_ADDED', { user: ana })]))).toBe(true);
    expect(isListed(events(known, [added(3)]))).toBe(true);
  });

  it('stays without a conversation that was put away, though its row is told again', () => {
    const removed = fold.foldRemoved(events(fold.foldRows(empty, [row(2)]), [added(3)]), conversationId);
    expect(fold.foldRows(removed, [row(3)]).listed.size).toBe(0);
  });

  it('loses a conversation that is left, and keeps one that is spam', () => {
    const spam = fold.foldRows(empty, [row(2, { isSpam: true })]);
    expect(fold.foldLeft(spam, conversationId).rows.size).toBe(1);
    const left = fold.foldLeft(roomUpTo(2), conversationId);
    expect([left.rows.size, left.rooms.get(conversationId)?.ending]).toEqual([
      0,
      { kind: 'removed', title: 'A group' },
    ]);
  });

  it('knows of a group that was deleted, though leaving it is told as well', () => {
    const deleted = events(roomUpTo(2), [entry(3, 'GROUP_DELETED')]);
    const left = fold.foldLeft(deleted, conversationId);
    expect(left.rooms.get(conversationId)?.ending).toEqual({ kind: 'deleted', title: 'A group' });
  });
});

describe('members', () => {
  const membersOf = (state: ChatState) =>
    [...(state.rooms.get(conversationId)?.members.values() ?? [])].map(({ user, role }) => `${user.id} ${role}`);
  const listed = [
    { ...row(1).me, user: leo, role: 'OWNER' as const },
    { ...row(1).me, user: ana, role: 'MEMBER' as const },
  ];

  it('are the list and what happened since, whichever came first', () => {
    const happened = [entry(2, 'MEMBER_ADDED', { user: person('mia') }), entry(3, 'ADMIN_ADDED', { user: ana })];
    const after = events(fold.foldRoomMembers(roomUpTo(1), conversationId, listed), happened);
    const before = fold.foldRoomMembers(events(roomUpTo(1), happened), conversationId, listed);
    expect(membersOf(after)).toEqual(['leo OWNER', 'ana ADMIN', 'mia MEMBER']);
    expect(membersOf(before)).toEqual(membersOf(after));
  });

  it('have marks that only move forward', () => {
    const state = fold.foldRoomMembers(roomUpTo(3), conversationId, listed);
    const mark = (readSeq: number) => ({ ...listed[0]!, readSeq, deliveredSeq: readSeq });
    const after = fold.foldReceipt(fold.foldReceipt(state, mark(3)), mark(2));
    expect(after.rooms.get(conversationId)?.members.get('leo')?.readSeq).toBe(3);
  });
});

describe('typing', () => {
  const sign = { user: leo, typing: true, now: 1_000 };

  it('ends with the message, and by itself', () => {
    const state = fold.foldTyping(roomUpTo(1), conversationId, sign);
    expect(state.typing.get(conversationId)).toHaveLength(1);
    expect(fold.foldEvent(state, added(2)).typing.get(conversationId)).toHaveLength(0);
    expect(fold.foldTime(state, 60_000).typing.get(conversationId)).toHaveLength(0);
  });

  it('ends at once when the person is removed, goes away or is blocked, and when the conversation is left or marked', () => {
    const state = fold.foldTyping(roomUpTo(1), conversationId, sign);
    const ends = [
      fold.foldEvent(state, entry(2, 'MEMBER_REMOVED', { actor: ana, user: leo })),
      fold.foldPresence(state, [{ id: leo.id, presence: 'OFFLINE' }]),
      fold.foldLeft(state, conversationId),
      fold.foldRemoved(state, conversationId),
      fold.foldRows(state, [row(1, { isSpam: true })]),
    ];
    for (const end of ends) expect(end.typing.get(conversationId) ?? []).toEqual([]);
  });

  it('is not told of oneself', () => {
    expect(fold.foldTyping(empty, conversationId, { ...sign, user: ana }).typing.size).toBe(0);
  });
});

describe('people', () => {
  it('are known as they were told of last', () => {
    const renamed = { ...leo, name: 'Leonardo', profileImage: 'data:image/webp;base64,AAAA' };
    const met = foldPeople(foldPeople(empty, [ana, leo]), [renamed]);
    expect([...met.people.values()]).toEqual([ana, renamed]);
  });

  it('stay as they changed when a list of before comes late, until the line is cut', () => {
    const changed = foldChanged(foldPeople(empty, [leo]), { ...leo, name: 'Leonardo' });
    expect(foldPeople(changed, [leo]).people.get(leo.id)?.name).toBe('Leonardo');
    expect(foldPeople(foldCut(changed), [leo]).people.get(leo.id)?.name).toBe(leo.name);
  });

  it('are the same state when nothing is new about them', () => {
    const met = foldPeople(empty, [ana, leo]);
    expect(foldPeople(met, [{ ...leo }])).toBe(met);
  });

  it('stay tombstones once they have gone, and are not there', () => {
    const gone = foldGone(fold.foldPresence(foldPeople(empty, [leo]), [{ id: leo.id, presence: 'ONLINE' }]), [leo.id]);
    const after = foldPeople(foldCut(foldChanged(gone, leo)), [leo]);
    const names = namesFrom({ aliases: new Map([[leo.id, 'Boss']]), people: after.people, deleted: 'Deleted account' });
    expect([names.nameOf(leo), names.handleOf(leo), names.isGone(leo)]).toEqual(['Deleted account', undefined, true]);
    expect(gone.presence.get(leo.id)).toBe('OFFLINE');
    expect(names.isGone(ana)).toBe(false);
  });

  it('are called as they are called last, whoever tells of them, and a tombstone stays one', () => {
    const people = new Map([[leo.id, { ...leo, name: 'Leonardo', profileImage: 'picture' }]]);
    const names = namesFrom({ aliases: new Map(), people, deleted: 'Deleted account' });
    expect([names.nameOf(leo), names.faceOf(leo)]).toEqual(['Leonardo', 'picture']);
    const tombstone = { ...leo, username: 'removed-0123abcd', name: null };
    expect([names.nameOf(tombstone), names.faceOf(tombstone)]).toEqual(['Deleted account', null]);
  });
});
