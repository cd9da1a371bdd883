import { emptyState, foldListed, foldRows } from '../../src/web/chat/state/fold.js';
import { foldPassedOver } from '../../src/web/chat/state/passed-over.js';
import type { ChatState, Row } from '../../src/web/chat/state/types.js';
import { ana, row } from './log.js';

/** Conversations of which the latest letter had the latest activity. */
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id, hour) =>
  row(1, { id, updatedAt: `2026-01-01T1${hour}:00:00.000Z` }),
) as [Row, Row, Row, Row];

function listOf(...rows: readonly Row[]): ChatState {
  const ids = rows.map(({ id }) => id);
  return foldListed(foldRows(emptyState(ana.id), rows), ids);
}

/** What the list has after its pages. */
function after(
  state: ChatState,
  loaded: readonly Row[],
  more: { isAll?: boolean; isSpam?: boolean; now?: ChatState } = {},
) {
  const { isAll = true, isSpam = false, now = state } = more;
  return [...foldPassedOver(now, { asked: state.rows, loaded, isAll, isSpam }).listed].join('');
}

describe('the loaded pages of a list', () => {
  it('takes out what it passes over', () => {
    expect(after(listOf(a, b, c), [c, a])).toBe('ac');
    expect(after(listOf(a, b, c), [])).toBe('');
  });

  it('says nothing of what comes on later pages', () => {
    expect(after(listOf(a, b, c, d), [d, b], { isAll: false })).toBe('abd');
  });

  it('says nothing of what has changed since it was asked for', () => {
    const asked = listOf(a, b);
    const now = foldRows(asked, [row(2, { id: 'a', updatedAt: '2026-01-01T19:00:00.000Z' })]);
    expect(after(asked, [b], { now })).toBe('ab');
    expect(after(asked, [b], { now: foldListed(foldRows(asked, [c]), ['c']) })).toBe('bc');
  });

  it('says nothing of the spam folder, nor that of the list', () => {
    const spam = { ...a, isSpam: true };
    expect(after(listOf(spam, b), [b])).toBe('ab');
    expect(after(listOf(spam, b), [], { isSpam: true })).toBe('b');
  });

  it('is the same state when it passes over nothing', () => {
    const state = listOf(a, b);
    expect(foldPassedOver(state, { asked: state.rows, loaded: [b, a], isAll: true, isSpam: false })).toBe(state);
  });
});
