import { heirOf } from '../../src/web/chat/state/members.js';
import { person, row } from './log.js';

describe('a group whose owner leaves', () => {
  it('is inherited by the longest-serving admin, else the longest-serving member', () => {
    const member = (id: string, role: 'ADMIN' | 'MEMBER', joinedSeq: number) => ({
      ...row(1).me,
      user: person(id),
      role,
      joinedSeq,
    });
    const members = [member('mia', 'MEMBER', 5), member('leo', 'MEMBER', 2)];
    expect(heirOf(members)?.user.id).toBe('leo');
    expect(heirOf([...members, member('omar', 'ADMIN', 9), member('eva', 'ADMIN', 7)])?.user.id).toBe('eva');
    expect(heirOf([])).toBeUndefined();
  });
});
