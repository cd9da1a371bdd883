import { Audience } from '../../src/feed/audience.js';

const about = { name: 'userChanged', payload: { userId: 'ana' }, subject: 'ana' } as const;

describe('the audience of a notice', () => {
  it('is who is addressed, in views of everything and in views of its subject', () => {
    const audience = new Audience({ ...about, to: ['luis'] });
    expect(audience.admits('luis', undefined)).toBe(true);
    expect(audience.admits('luis', 'ana')).toBe(true);
    expect(audience.admits('luis', 'eva')).toBe(false);
    expect(audience.admits('eva', undefined)).toBe(false);
    expect(audience.admits('eva', 'ana')).toBe(false);
  });

  it('also holds who may ask for the subject, but only in a view of it', () => {
    const audience = new Audience({ ...about, to: ['luis'], toNamed: ['eva'] });
    expect(audience.admits('eva', 'ana')).toBe(true);
    expect(audience.admits('eva', undefined)).toBe(false);
    expect([...(audience.candidates ?? [])]).toEqual(['luis', 'eva']);
  });

  it('can be everyone but some', () => {
    const audience = new Audience({ ...about, to: 'everyone', except: ['eva'] });
    expect(audience.candidates).toBeUndefined();
    expect(audience.admits('luis', undefined)).toBe(true);
    expect(audience.admits('eva', undefined)).toBe(false);
    expect(audience.admits('eva', 'ana')).toBe(false);
  });
});
