import { assertEachOnce } from '../../bench/support/send-load.js';

describe('the check of a load of sends', () => {
  it('passes when every acknowledged send is stored once, and others at most once', () => {
    expect(() => assertEachOnce(new Set(['a', 'b']), ['a', 'unacknowledged', 'b'])).not.toThrow();
  });

  it('fails when an acknowledged send is lost', () => {
    expect(() => assertEachOnce(new Set(['a', 'b']), ['b'])).toThrow('1 acknowledged sends are not in their');
  });

  it.each([[['a', 'a']], [['a', 'unacknowledged', 'unacknowledged']]])(
    'fails when a send is stored twice: %j',
    (stored) => {
      expect(() => assertEachOnce(new Set(['a']), stored)).toThrow('1 sends are stored twice');
    },
  );
});
