import { fuenteOvejuna } from '../../src/demo/fuente-ovejuna.js';

const { lines, speakers } = fuenteOvejuna;

describe('the scene of the demo', () => {
  it('has many lines of several speakers, each of whom speaks', () => {
    expect(lines.length).toBeGreaterThanOrEqual(40);
    expect(speakers.length).toBeGreaterThanOrEqual(6);
    expect(new Set(lines.map(({ speaker }) => speaker))).toEqual(new Set(speakers.map(({ username }) => username)));
  });

  it('has very long lines, lines of one word, and accents in texts and names', () => {
    expect(lines.some(({ text }) => text.length > 1_000)).toBe(true);
    expect(lines.filter(({ text }) => !/\s/.test(text)).length).toBeGreaterThanOrEqual(2);
    expect(lines.some(({ text }) => /[áéíóúñ¡¿]/.test(text))).toBe(true);
    expect(speakers.some(({ username }) => /[áéíóúñ]/.test(username))).toBe(true);
  });
});
