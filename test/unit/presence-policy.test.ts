import { presenceAt } from '../../src/presence/presence.policy.js';

const patience = { awayAfterMs: 300_000, graceMs: 2_000 };

describe('presence', () => {
  it('is ONLINE with a socket open and something done lately', () => {
    expect(presenceAt(299_999, { openSockets: 1, lastActiveAt: 0, closedAt: 0 }, patience)).toBe('ONLINE');
  });

  it('is AWAY after five minutes without activity', () => {
    expect(presenceAt(300_000, { openSockets: 2, lastActiveAt: 0, closedAt: 0 }, patience)).toBe('AWAY');
  });

  it('outlives the last socket by the time that a page takes to load anew', () => {
    const left = { openSockets: 0, lastActiveAt: 9_000, closedAt: 10_000 };
    expect(presenceAt(11_999, left, patience)).toBe('ONLINE');
    expect(presenceAt(12_000, left, patience)).toBe('OFFLINE');
  });
});
