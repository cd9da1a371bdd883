import { isReserved, isUsername, normaliseUsername, tombstoneName } from '../../src/users/username.js';

describe('usernames', () => {
  it.each(['ana', 'Ana.López', 'a', '007', 'ana@example.org', 'a_b-c+d', 'Ñandú', '雪', 'x'.repeat(64)])(
    'can be %s',
    (name) => {
      expect(isUsername(name)).toBe(true);
    },
  );

  it.each(['', ' ', 'ana lopez', 'ana\n', 'ana\u0000', 'a/b', 'ana\u202e', '😀', '<b>', 'x'.repeat(65), '\ud800'])(
    'cannot be %j',
    (name) => {
      expect(isUsername(name)).toBe(false);
    },
  );

  it('are the same when they differ in case or in compatible characters only', () => {
    expect(normaliseUsername('ANA')).toBe('ana');
    expect(normaliseUsername('Ｌuis')).toBe('luis');
    expect(normaliseUsername('Jose\u0301')).toBe(normaliseUsername('jos\u00e9'));
  });

  it('of people who have gone can be taken by nobody', () => {
    expect(isReserved(tombstoneName('00c0ffee'))).toBe(true);
    expect(isReserved('REMOVED-x')).toBe(true);
    expect(isReserved('removed')).toBe(false);
  });
});
